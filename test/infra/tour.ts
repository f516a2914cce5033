import type { OpsRequest } from '../../functions/workflows/ops.ts';
import { workers } from '../../lib/services.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import type { World } from '../_util/world.ts';
import { tourOfCases } from './tour-cases.ts';
import { tourOfForms } from './tour-forms.ts';
import { tourOfMail, tourOfSenders } from './tour-mail.ts';
import { tourOfSurveys } from './tour-surveys.ts';
import { tourOfWorkflows } from './tour-workflows.ts';

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
    { channel: 'call', direction: 'in', reason: 'complaint', subject: 'Leak', body: `Ask @[Sales](${ws.members.sales.id}).` },
    { 'idempotency-key': 'tour-3' },
  );
  await world.drain({ allowFailures: true });
  for (const read of ['', '/overview', '/history', '/consents', '/interactions']) await api(admin, 'GET', path + read);
  for (const list of ['', '?scope=own', '?sort=-createdAt', '?include=activity', '?lifecycle=active', '?scope=team', '?count=estimate'])
    for (const key of [admin, ws.keys.sales]) await api(key, 'GET', `/v1/customers${list}`);
  await api(admin, 'POST', '/v1/customers/find', { text: 'trujillo' });
  await api(admin, 'POST', '/v1/customers/lookup', { email: 'ana@other.example' });
  await api(admin, 'PATCH', `${path}/interactions/${logged.body.id}`, { outcome: 'resolved' }, { 'if-match': '"1"' });
  await attachments(world, { admin, path });
  await api(admin, 'DELETE', path);
  await api(admin, 'POST', `${path}/restore`);
  await api(undefined, 'GET', '/healthz');
  await api(undefined, 'GET', '/nowhere');
  await tourOfMail(world, ws);
  await tourOfSenders(world, ws);
  await todos(world, ws, path);
  await staff(world, ws);
  await files(world, admin);
  await operator(world);
  await tourOfSurveys(world, ws);
  await tourOfCases(world, ws);
  await tourOfForms(world, ws);
  await tourOfWorkflows(world, ws);
  await world.drain({ allowFailures: true });
  for (const [name, { trigger }] of Object.entries(workers)) if (trigger.kind === 'schedule') await world.invoke(name, {});
}

/** Follow-ups, the day that they make, and what the team did. */
async function todos({ api, drain, advance, now }: World, { keys: { admin } }: SeededWorkspace, customer: string): Promise<void> {
  const customerId = customer.split('/').at(-1);
  const at = new Date(now() + 120_000).toISOString();
  const due = { on: at.slice(0, 10), at: at.slice(11, 16), zone: 'UTC' };
  const plan = async (more = {}) => (await api(admin, 'POST', '/v1/follow-ups', { title: 'Call', customerId, due, ...more })).body.id;
  const [first, second] = [await plan({ recurrence: { every: 'day' } }), await plan()];
  await api(admin, 'PATCH', `/v1/follow-ups/${second}`, { title: 'Write' }, { 'if-match': '"1"' });
  await api(admin, 'POST', `/v1/follow-ups/${first}/done`, { outcome: 'answered' });
  await api(admin, 'POST', `/v1/follow-ups/${first}/reopen`);
  await api(admin, 'DELETE', `/v1/follow-ups/${first}`);
  for (const scope of ['own', 'team', 'all']) await api(admin, 'GET', `/v1/follow-ups?scope=${scope}`);
  await api(admin, 'GET', `/v1/follow-ups?customerId=${customerId}`);
  await api(admin, 'POST', '/v1/team-activity/recount');
  advance('PT3M');
  await drain({ allowFailures: true });
  for (const path of ['/v1/today', '/v1/team-activity']) await api(admin, 'GET', path);
}

async function attachments({ api }: World, { admin, path }: { admin: string; path: string }): Promise<void> {
  const photo = { name: 'leak.jpg', bytes: 5, type: 'image/jpeg' };
  const form = (await api(admin, 'POST', `${path}/attachments`, photo)).body;
  const body = new FormData();
  for (const [name, value] of Object.entries(form.fields ?? {})) body.append(name, String(value));
  body.append('file', new Blob(['water']));
  await fetch(form.url, { method: 'POST', body });
  const logged = (
    await api(admin, 'POST', `${path}/interactions`, { channel: 'visit', direction: 'in', attachments: [{ id: form.id, ...photo }] })
  ).body;
  await api(admin, 'GET', `${path}/interactions/${logged.id}/attachments/${form.id}`);
  await api(admin, 'DELETE', `${path}/interactions/${logged.id}`);
}

async function staff({ api, drain }: World, { keys, members }: SeededWorkspace): Promise<void> {
  const admin = keys.admin;
  const reads = [
    '/v1/me',
    '/v1/workspace',
    '/v1/fields',
    '/v1/members',
    `/v1/members/${members.sales.id}`,
    '/v1/teams',
    '/v1/api-keys',
    '/v1/audit-events',
    '/v1/jobs',
  ];
  for (const path of [...reads, '/v1/members?limit=2', '/v1/jobs?limit=1']) await api(admin, 'GET', path);
  const team = (await api(admin, 'POST', '/v1/teams', { name: 'Tour' }, { 'idempotency-key': 'tour-team' })).body;
  await api(admin, 'PATCH', `/v1/teams/${team.id}`, { name: 'Tours' }, { 'if-match': '"1"' });
  const invited = (
    await api(admin, 'POST', '/v1/members', {
      name: 'New',
      email: 'new@tour.example',
      role: 'sales',
      teams: [team.id],
      language: null,
      timeZone: null,
    })
  ).body;
  await api(admin, 'POST', '/v1/members', {
    name: 'New',
    email: 'new@tour.example',
    role: 'sales',
    teams: [],
    language: null,
    timeZone: null,
  });
  await api(admin, 'PATCH', `/v1/members/${invited.id}`, { role: 'service' }, { 'if-match': '"1"' });
  await api(admin, 'POST', `/v1/members/${invited.id}/sign-out`);
  await api(admin, 'DELETE', `/v1/teams/${team.id}`);
  const key = (await api(admin, 'POST', '/v1/api-keys', { name: 'tour' })).body;
  await api(admin, 'DELETE', `/v1/api-keys/${key.id}`);
  await api(admin, 'POST', '/v1/customers', { kind: 'company', name: 'Of sales', ownerId: members.sales.id });
  const handed = (await api(admin, 'POST', `/v1/members/${members.sales.id}/hand-over`, { toMemberId: members.manager.id, disable: false }))
    .body;
  await drain({ allowFailures: true });
  await api(admin, 'GET', `/v1/jobs/${handed.id}`);
  await api(admin, 'POST', `/v1/jobs/${handed.id}/undo`);
  await drain({ allowFailures: true });
}

/** An import from pasted cells to its undo, and an export. */
async function files({ api, drain }: World, admin: string): Promise<void> {
  const made = (
    await api(admin, 'POST', '/v1/imports', {
      target: 'customers',
      name: 'tour.csv',
      text: 'name,email\nFrom a file,file@tour.example\n,\n',
    })
  ).body;
  const path = `/v1/imports/${made.id}`;
  const upload = (await api(admin, 'POST', '/v1/imports', { target: 'customers', name: 'other.csv' })).body;
  await api(admin, 'POST', `/v1/imports/${upload.id}/inspect`, {});
  for (const step of ['inspect', 'dry-run', 'start', 'undo']) {
    await api(admin, 'POST', `${path}/${step}`, {});
    await drain({ allowFailures: true });
    for (const read of ['', '/errors']) await api(admin, 'GET', path + read);
  }
  await api(admin, 'GET', '/v1/imports');
  for (const target of ['customers', 'interactions']) {
    const asked = (await api(admin, 'POST', '/v1/exports', { target, format: 'csv' })).body;
    await drain({ allowFailures: true });
    await api(admin, 'GET', `/v1/exports/${asked.id}`);
  }
}

async function operator({ invoke, token, api, rows }: World): Promise<void> {
  const ops = (request: OpsRequest) => invoke('ops', request);
  const grace = { name: 'Grace', email: 'grace@tour.example', language: 'en', timeZone: null };
  await ops({ do: 'createWorkspace', id: 'tour0001', name: 'Tour', teams: ['Manila'], admin: grace });
  await ops({ do: 'createWorkspace', id: 'tour0002', name: 'Tour 2', admin: grace });
  await ops({ do: 'createApiKey', tenant: 'tour0001', email: grace.email, name: 'tour' });
  await ops({ do: 'listWorkspaces' });
  const sub = String(rows('T#tour0001#MEM')[0]?.sub);
  const request = { userAttributes: { sub } };
  for (const triggerSource of ['TokenGeneration_HostedAuth', 'TokenGeneration_RefreshTokens'])
    await invoke('preToken', { triggerSource, userName: sub, request, response: {} });
  const me = await token({ sub, tenant: 'tour0001' });
  await api(me, 'GET', '/v1/me');
  await api(me, 'POST', '/v1/me/workspace', { id: 'tour0002' });
  await api(me, 'POST', '/v1/me/sign-out');
}
