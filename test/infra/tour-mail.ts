import type { World } from '../_util/world.ts';

/** What may be written to, and what is written: the part of the tour that goes through suppression, unsubscribing and mail. */
export async function tourOfMail({ api }: World, { admin }: { admin: string }): Promise<void> {
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
}
