import { unsubscribeUrl } from '../../functions/preferences/links.ts';
import { takeMail } from '../../local/mail-in.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import type { World } from '../_util/world.ts';

/** Whom messages come from: a domain is claimed, proved, tried and given back. */
export async function tourOfSenders({ api, loopback }: World, ws: SeededWorkspace): Promise<void> {
  const admin = ws.keys.admin;
  const input = { kind: 'domain', name: 'Tour', address: 'hello@tour.example' };
  const path = `/v1/senders/${(await api(admin, 'POST', '/v1/senders', input)).body.id}`;
  loopback.identities.verify('tour.example');
  await api(admin, 'POST', `${path}/check`);
  await api(admin, 'POST', `${path}/test`);
  await api(admin, 'GET', '/v1/senders');
  await api(admin, 'DELETE', path);
}

/** What may be written to, and what is written: the part of the tour that goes through suppression, unsubscribing and mail. */
export async function tourOfMail(world: World, ws: SeededWorkspace): Promise<void> {
  const { api } = world;
  const admin = ws.keys.admin;
  const { body: made } = await api(
    admin,
    'POST',
    '/v1/suppressions',
    { address: 'ana@other.example' },
    { 'idempotency-key': 'tour-sup-1' },
  );
  const path = `/v1/suppressions/email/${made.id}`;
  await api(admin, 'POST', '/v1/suppressions/lookup', { address: 'ana@other.example' });
  await api(admin, 'GET', '/v1/suppressions');
  await api(admin, 'POST', `${path}/lift`, { reason: 'She signed up again' });
  const ana = { kind: 'person', name: 'Ana', emails: [{ address: 'ana@links.example' }] };
  const { id } = (await api(admin, 'POST', '/v1/customers', ana)).body;
  const link = { customerId: id, channel: 'email', address: 'ana@links.example', topic: 'news', send: null } as const;
  const token = (await unsubscribeUrl(ws, link)).split('/p/u/')[1];
  await api(undefined, 'POST', `/p/api/unsubscribe/${token}`, 'List-Unsubscribe=One-Click', {
    'content-type': 'application/x-www-form-urlencoded',
  });
  await messages(world, { admin, id });
  await api(undefined, 'PUT', `/p/api/preferences/${token}`, { nothing: true, language: 'th', topics: [{ topic: 'news', wanted: true }] });
}

async function messages(world: World, { admin, id }: { admin: string; id: string }): Promise<void> {
  const { api, loopback } = world;
  const file = { name: 'a.txt', bytes: 3, type: 'text/plain' };
  const form = (await api(admin, 'POST', `/v1/customers/${id}/attachments`, file)).body;
  const body = new FormData();
  for (const [name, value] of Object.entries(form.fields)) body.append(name, String(value));
  body.append('file', new Blob(['abc']));
  await fetch(form.url, { method: 'POST', body });
  const said = { subject: 'Tour', body: 'Dear {{customer.name}}', attachments: [{ id: form.id, ...file }] };
  await api(admin, 'POST', `/v1/customers/${id}/messages`, said, { 'idempotency-key': 'tour-msg-1' });
  await api(admin, 'POST', '/v1/message-templates', { name: 'Tour', texts: { en: { subject: 'Tour', body: 'Hello' } } });
  await api(admin, 'GET', '/v1/message-templates');
  await api(admin, 'GET', `/v1/customers/${id}/messages`);
  world.advance('PT1M');
  await world.drain({ allowFailures: true });
  const tenant = (await api(admin, 'GET', '/v1/workspace')).body.id;
  for (const from of ['ana@links.example', 'stranger@links.example'])
    await takeMail(loopback, { from, to: [`${tenant}@mail.suki.example`], raw: Buffer.from(`From: ${from}\r\nSubject: x\r\n\r\nHello`) });
  await world.drain({ allowFailures: true });
  const { data } = (await api(admin, 'GET', '/v1/mails')).body;
  await api(admin, 'GET', `/v1/mails/${data[0]?.id}/text`);
  await api(admin, 'POST', `/v1/mails/${data[0]?.id}/attach`, { customerId: id });
}
