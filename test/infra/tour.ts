import type { OpsRequest } from '../../functions/workflows/ops.ts';
import { workers } from '../../lib/services.ts';
import type { World } from '../_util/world.ts';

const ana = {
  kind: 'person',
  name: 'Ana Trujillo',
  emails: [{ address: 'ana@trujillo.example' }],
  phones: [{ number: '0917 555 0123', type: 'mobile' }],
  externalKeys: [{ source: 'northwind', id: 'ANATR' }],
};

/** Walks once through what the product can do, for what its functions ask AWS on the way. What an answer says is other tests' business. */
export async function tour(world: World): Promise<void> {
  const ws = await world.workspace();
  const { api } = world;
  const admin = ws.keys.admin;
  const key = { 'idempotency-key': 'tour-1' };
  const made = (await api(admin, 'POST', '/v1/customers', ana, key)).body;
  await api(admin, 'POST', '/v1/customers', ana, key);
  await api(admin, 'POST', '/v1/customers', { ...ana, name: 'Another' });
  const path = `/v1/customers/${made.id}`;
  await api(admin, 'PATCH', path, { name: 'Ana Trujillo Emparedados', emails: [{ address: 'ana@other.example' }] }, { 'if-match': '"1"' });
  await api(admin, 'POST', `${path}/lifecycle`, { lifecycle: 'active' });
  await api(admin, 'PUT', '/v1/customers/by/northwind/BOLID', { kind: 'company', name: 'Bólido' });
  await api(
    admin,
    'POST',
    '/v1/customers/batch',
    { operations: [{ op: 'create', body: { kind: 'company', name: 'Batch' } }] },
    { 'idempotency-key': 'tour-2' },
  );
  const logged = await api(
    admin,
    'POST',
    `${path}/interactions`,
    { channel: 'call', direction: 'in', reason: 'complaint', subject: 'Leak' },
    { 'idempotency-key': 'tour-3' },
  );
  await world.drain({ allowFailures: true });
  for (const read of ['', '/overview', '/history', '/consents', '/interactions']) await api(admin, 'GET', path + read);
  for (const list of ['', '?scope=own', '?sort=-createdAt', '?include=activity', '?lifecycle=active', '?scope=team', '?count=estimate'])
    await api(ws.keys.sales, 'GET', `/v1/customers${list}`);
  await api(admin, 'POST', '/v1/customers/find', { text: 'trujillo' });
  await api(admin, 'POST', '/v1/customers/lookup', { email: 'ana@other.example' });
  await attachments(world, { admin, path, interaction: logged.body });
  await api(admin, 'DELETE', path);
  await api(admin, 'POST', `${path}/restore`);
  await api(undefined, 'GET', '/healthz');
  await operator(world);
  await world.drain({ allowFailures: true });
  for (const [name, { trigger }] of Object.entries(workers)) if (trigger.kind === 'schedule') await world.invoke(name, {});
}

async function attachments(
  { api }: World,
  { admin, path, interaction }: { admin: string; path: string; interaction: { id: string } },
): Promise<void> {
  const started = await api(admin, 'POST', `${path}/interactions/attachments`, { name: 'photo.jpg', type: 'image/jpeg', bytes: 10 });
  const attachment = started.body.attachment ?? started.body;
  await api(admin, 'PATCH', `${path}/interactions/${interaction.id}`, { attachments: [attachment] }, { 'if-match': '"1"' });
  await api(admin, 'GET', `${path}/interactions/${interaction.id}/attachments/${attachment.id}`);
}

async function operator({ invoke, token, api }: World): Promise<void> {
  const ops = (request: OpsRequest) => invoke('ops', request);
  const grace = { name: 'Grace', email: 'grace@tour.example', language: 'en', timeZone: null };
  await ops({ do: 'createWorkspace', id: 'tour0001', name: 'Tour', teams: ['Manila'], admin: grace });
  await ops({ do: 'createWorkspace', id: 'tour0002', name: 'Tour 2', admin: grace });
  await ops({ do: 'createApiKey', tenant: 'tour0001', email: grace.email, name: 'tour' });
  await ops({ do: 'listWorkspaces' });
  await api(await token({ sub: 'somebody', tenant: 'tour0001' }), 'GET', '/v1/customers');
}
