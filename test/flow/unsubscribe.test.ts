import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preferencesUrl, unsubscribeHeaders, unsubscribeUrl } from '../../functions/preferences/links.ts';
import { addressHash } from '../../functions/suppressions/suppression.entity.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;
let count = 0;

const send = { run: 'cmp_01J9Z3T8Q4V6N2K7M5R0B1C2D3-20261130T0400Z', shard: '0', send: 'email-abc' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const oneClick = 'List-Unsubscribe=One-Click';

interface Her {
  id: string;
  address: string;
  token: string;
}

/** Somebody who takes the news, and the link in what she got. */
async function reader(topic: string | null = 'news'): Promise<Her> {
  const address = `reader${++count}@example.com`;
  const { body } = await world.api(ws.keys.admin, 'POST', '/v1/customers', {
    kind: 'person',
    name: `Reader ${count}`,
    emails: [{ address }],
  });
  for (const each of ['news', 'service'])
    await world.api(ws.keys.admin, 'PUT', `/v1/customers/${body.id}/consents/email/${each}`, { status: 'granted', source: 'counter' });
  const link = { customerId: body.id, channel: 'email', address, send } as const;
  const url = topic === null ? await preferencesUrl(ws, link) : await unsubscribeUrl(ws, { ...link, topic });
  return { id: body.id, address, token: url.split('/p/u/')[1]! };
}
const consentsOf = async (id: string) =>
  Object.fromEntries(
    (await world.api(ws.keys.admin, 'GET', `/v1/customers/${id}/consents`)).body.data.map((one: { topic: string; status: string }) => [
      one.topic,
      one.status,
    ]),
  );
const click = (token: string, body: string | Buffer = oneClick, headers: Record<string, string> = form) =>
  world.api(undefined, 'POST', `/p/api/unsubscribe/${token}`, body, headers);
const wishes = (token: string) => world.api(undefined, 'GET', `/p/api/preferences/${token}`);
const say = (token: string, body: unknown) => world.api(undefined, 'PUT', `/p/api/preferences/${token}`, body);

describeWorld('whoever gets a message', () => {
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
  });
  afterAll(() => world?.stop());

  describe('and unsubscribes with one click', () => {
    it('has taken back her consent to that topic, with the message as evidence, and to no other', async () => {
      const her = await reader();
      expect((await click(her.token)).body).toEqual({ unsubscribed: true });
      expect(await consentsOf(her.id)).toEqual({ news: 'withdrawn', service: 'granted' });
      const { body } = await world.api(ws.keys.admin, 'GET', `/v1/customers/${her.id}/consents`);
      expect(body.data.find(({ topic }: { topic: string }) => topic === 'news')).toMatchObject({
        source: 'unsubscribe link',
        evidence: `${send.run} ${send.send}`,
      });
    });

    it('may click as often as she likes: nothing more is written', async () => {
      const her = await reader();
      await click(her.token);
      const before = world.storeHash(ws.tenant);
      for (let again = 0; again < 3; again++) expect((await click(her.token)).status).toBe(200);
      expect(world.storeHash(ws.tenant)).toBe(before);
    });

    it('is understood in both forms that mail programs send', async () => {
      const her = await reader();
      const body = `--xyz\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--xyz--\r\n`;
      expect((await click(her.token, body, { 'content-type': 'multipart/form-data; boundary=xyz' })).status).toBe(200);
      expect(await consentsOf(her.id)).toMatchObject({ news: 'withdrawn' });
    });

    it('is not unsubscribed by whoever only looks at the link: a scanner, a preview, a mail program of old', async () => {
      const her = await reader();
      const before = world.storeHash();
      const page = await world.api(undefined, 'GET', `/p/api/unsubscribe/${her.token}`);
      expect([page.body.page, page.headers.refresh]).toEqual([`/p/u/${her.token}`, `0; url=/p/u/${her.token}`]);
      expect((await wishes(her.token)).status).toBe(200);
      for (const body of ['', 'List-Unsubscribe=Two-Clicks', 'a=b', '{}']) expect((await click(her.token, body)).status, body).toBe(422);
      expect((await click(her.token, '{"List-Unsubscribe":"One-Click"}', { 'content-type': 'application/json' })).body.code).toBe(
        'unsupported_media_type',
      );
      expect(world.storeHash()).toBe(before);
    });

    it('is never written to again where the message was about nothing in particular', async () => {
      const her = await reader(null);
      await click(her.token);
      const found = await world.api(ws.keys.admin, 'POST', '/v1/suppressions/lookup', { address: her.address });
      expect(found.body.data).toMatchObject([{ channel: 'email', reason: 'unsubscribe_all' }]);
      await click(her.token);
      expect((await world.api(ws.keys.admin, 'POST', '/v1/suppressions/lookup', { address: her.address })).body.data[0].version).toBe(1);
    });

    it('is heard even when her record is gone: the address is barred', async () => {
      const link = {
        customerId: 'cus_01J9Z3T8Q4V6N2K7M5R0B1C2D3',
        channel: 'email',
        address: 'gone@example.com',
        topic: 'news',
        send,
      } as const;
      const [list] = await unsubscribeHeaders(ws, link);
      expect((await click(list!.value.slice(1, -1).split('/unsubscribe/')[1]!)).status).toBe(200);
      const id = `sup_${addressHash('email', link.address)}`;
      expect((await world.api(ws.keys.admin, 'GET', `/v1/suppressions/email/${id}`)).body).toMatchObject({
        reason: 'unsubscribe_all',
        hint: '…',
      });
    });

    it('is told in the history as her own doing', async () => {
      const her = await reader();
      await click(her.token);
      await world.drain();
      const entries = (await world.api(ws.keys.admin, 'GET', '/v1/audit-events?limit=200&entity=consent')).body.data;
      const hers = entries.filter((entry: { rowId: string; action: string }) => entry.rowId === her.id && entry.action === 'changed');
      expect(hers).toMatchObject([{ actorId: null, via: 'link' }]);
    });
  });

  describe('and opens the page of her link', () => {
    it('sees what she takes, to a hint of her address, and nothing else of herself', async () => {
      const her = await reader();
      expect((await wishes(her.token)).body).toEqual({
        workspace: `Workspace ${ws.tenant}`,
        channel: 'email',
        address: 'r…@example.com',
        topic: 'news',
        topics: [
          { topic: 'service', wanted: true },
          { topic: 'news', wanted: true },
        ],
        nothing: false,
        locked: false,
        language: null,
        pausedUntil: null,
      });
    });

    it('chooses topics, her language and a pause, and can take all of it back', async () => {
      const her = await reader();
      const said = await say(her.token, { topics: [{ topic: 'service', wanted: false }], language: 'ur', pauseDays: 30 });
      expect(said.body).toMatchObject({
        language: 'ur',
        topics: [
          { topic: 'service', wanted: false },
          { topic: 'news', wanted: true },
        ],
      });
      const days = (Date.parse(said.body.pausedUntil) - world.now()) / 86_400_000;
      expect(days).toBeGreaterThan(29.9);
      const { preferences } = (await world.api(ws.keys.admin, 'GET', `/v1/customers/${her.id}`)).body;
      expect(preferences).toMatchObject({ language: 'ur', pausedUntil: said.body.pausedUntil });
      const back = await say(her.token, { topics: [{ topic: 'service', wanted: true }], pauseDays: 0 });
      expect(back.body).toMatchObject({ pausedUntil: null, language: 'ur', topics: [{ wanted: true }, { wanted: true }] });
    });

    it('wants nothing at all, and later something again', async () => {
      const her = await reader();
      expect((await say(her.token, { nothing: true })).body).toMatchObject({ nothing: true, locked: false });
      expect((await say(her.token, { nothing: false })).body).toMatchObject({ nothing: false });
      const [entry] = (await world.api(ws.keys.admin, 'GET', `/v1/suppressions/email/sup_${addressHash('email', her.address)}`)).body
        .liftReason
        ? ['lifted']
        : [];
      expect(entry).toBe('lifted');
    });

    it('cannot undo what others barred', async () => {
      const her = await reader();
      await world.api(ws.keys.admin, 'POST', '/v1/suppressions', { address: her.address });
      expect((await say(her.token, { nothing: false })).body).toMatchObject({ nothing: true, locked: true });
    });

    it('cannot ask for a topic that the workspace does not have', async () => {
      const her = await reader();
      const refused = await say(her.token, { topics: [{ topic: 'lottery', wanted: true }] });
      expect(refused.body.errors).toMatchObject([{ pointer: '/topics/0/topic', code: 'unknown_topic' }]);
    });
  });

  it('gets the same answer to every link that is not ours, and nothing is written', async () => {
    const her = await reader();
    const other = await world.workspace();
    const before = world.storeHash();
    const wrong = [
      'x',
      her.token.slice(0, -1),
      `${her.token}A`,
      other.tenant + her.token.slice(8),
      `zzzzzzzz${her.token.slice(8)}`,
      'a'.repeat(3_000),
      encodeURIComponent('../../v1/me'),
      '%00',
    ];
    const answers = new Set<string>();
    const bare = ({ status, body }: { status: number; body: Record<string, unknown> }) =>
      JSON.stringify([status, { ...body, requestId: '', instance: '' }]);
    for (const token of wrong)
      for (const asked of [await wishes(token), await say(token, {}), await click(token)]) answers.add(bare(asked));
    expect([...answers]).toHaveLength(1);
    expect([...answers][0]).toContain('"not_found"');
    expect(world.storeHash()).toBe(before);
  });
});
