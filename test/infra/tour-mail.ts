import { unsubscribeUrl } from '../../functions/preferences/links.ts';
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
export async function tourOfMail({ api }: World, ws: SeededWorkspace): Promise<void> {
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
  await api(undefined, 'PUT', `/p/api/preferences/${token}`, { nothing: true, language: 'th', topics: [{ topic: 'news', wanted: true }] });
}
