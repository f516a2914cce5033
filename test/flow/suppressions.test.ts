import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentIn } from '../../functions/agent.ts';
import { openLink, preferencesUrl, unsubscribeHeaders, unsubscribeUrl } from '../../functions/preferences/links.ts';
import { suppressAddress } from '../../functions/suppressions/holders.ts';
import { addressHash, isSuppressed, suppressionKey } from '../../functions/suppressions/suppression.entity.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;
let made = 0;

const agent = async () => (await agentIn(ws.tenant, { now: world.now(), requestId: `test-${++made}` }))!;
const holds = async (address: string) =>
  isSuppressed(await (await agent()).table.get(suppressionKey(ws.tenant, 'email', addressHash('email', address))));

describeWorld('what may be written to', () => {
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
  });
  afterAll(() => world?.stop());

  describe('suppressed addresses', () => {
    it('bar the address and tell whoever holds it that her mail comes back', async () => {
      const emails = [{ address: 'Bounced@Example.com' }, { address: 'fine@example.com' }];
      const { body: person } = await world.api(ws.keys.admin, 'POST', '/v1/customers', { kind: 'person', name: 'Bo', emails });
      const { body: company } = await world.api(ws.keys.admin, 'POST', '/v1/customers', {
        kind: 'company',
        name: 'Bo Ltd',
        emails: [emails[0]],
      });
      await suppressAddress(await agent(), { channel: 'email', address: 'bounced@example.com', reason: 'hard_bounce' });
      expect(await holds('BOUNCED@example.com')).toBe(true);
      const statesOf = async (id: string) =>
        (await world.api(ws.keys.admin, 'GET', `/v1/customers/${id}`)).body.emails.map(({ state }: { state: string }) => state);
      expect(await statesOf(person.id)).toEqual(['bounced', 'ok']);
      expect(await statesOf(company.id)).toEqual(['bounced']);
    });

    it('are told twice and stay one, with both words in the audit', async () => {
      await suppressAddress(await agent(), { channel: 'email', address: 'twice@example.com', reason: 'hard_bounce' });
      await suppressAddress(await agent(), { channel: 'email', address: 'twice@example.com', reason: 'complaint' });
      await world.drain();
      const rows = world.rows(`T#${ws.tenant}#SUP#${addressHash('email', 'twice@example.com')}`);
      expect(rows.filter(({ e }) => e === 'suppression')).toMatchObject([{ v: 2, r: 'complaint' }]);
      expect(rows.filter(({ ac }) => ac !== undefined).map(({ ac }) => ac)).toEqual(['created', 'changed']);
    });

    it('are added by hand once, lifted with a reason, and then her e-mail counts as good again', async () => {
      const { body: her } = await world.api(ws.keys.admin, 'POST', '/v1/customers', {
        kind: 'person',
        name: 'Cy',
        emails: [{ address: 'cy@example.com' }],
      });
      await suppressAddress(await agent(), { channel: 'email', address: 'cy@example.com', reason: 'complaint' });
      const added = await world.api(ws.keys.marketing, 'POST', '/v1/suppressions', { address: 'CY@example.com' });
      expect([added.status, added.body.reason]).toEqual([200, 'complaint']);
      const path = `/v1/suppressions/email/${added.body.id}/lift`;
      expect((await world.api(ws.keys.manager, 'POST', path, { reason: 'She asked' })).status).toBe(403);
      const free = await world.api(ws.keys.admin, 'POST', path, { reason: 'She asked for it by phone' });
      expect(free.body).toMatchObject({ liftReason: 'She asked for it by phone', version: 2 });
      expect(await holds('cy@example.com')).toBe(false);
      expect((await world.api(ws.keys.admin, 'GET', `/v1/customers/${her.id}`)).body.emails[0].state).toBe('ok');
      expect((await world.api(ws.keys.admin, 'POST', path, { reason: 'Again' })).body.code).toBe('wrong_state');
      expect((await world.api(ws.keys.marketing, 'POST', '/v1/suppressions', { address: 'cy@example.com' })).body).toMatchObject({
        reason: 'by_hand',
        liftedAt: null,
        version: 3,
      });
    });

    it('come by list, newest first and page by page, without those that were lifted', async () => {
      const other = await world.workspace();
      const operations = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ address: `${name}@list.example`, reason: 'import' }));
      const batch = await world.api(other.keys.admin, 'POST', '/v1/suppressions/batch', {
        operations: [...operations, { address: 'nonsense' }],
      });
      expect(batch.body.summary).toEqual({ succeeded: 5, failed: 1 });
      await world.api(other.keys.admin, 'POST', `/v1/suppressions/email/${batch.body.data[1].id}/lift`, { reason: 'No longer' });
      const first = await world.api(other.keys.sales, 'GET', '/v1/suppressions?limit=3');
      const rest = await world.api(other.keys.sales, 'GET', `/v1/suppressions?limit=3&cursor=${first.body.page.nextCursor}`);
      const hints = [...first.body.data, ...rest.body.data].map(({ hint }: { hint: string }) => hint);
      expect(hints.toSorted()).toEqual(['a…@list.example', 'c…@list.example', 'd…@list.example', 'e…@list.example']);
      expect(rest.body.page.hasMore).toBe(false);
    });

    it('are looked up by the very address, a number in any of its spellings', async () => {
      await world.api(ws.keys.admin, 'POST', '/v1/suppressions', { channel: 'sms', address: '0917 555 0100' });
      const found = await world.api(ws.keys.service, 'POST', '/v1/suppressions/lookup', { address: '+63 917 5550100' });
      expect(found.body.data).toMatchObject([{ channel: 'sms', reason: 'by_hand', hint: '…0100' }]);
      expect((await world.api(ws.keys.service, 'POST', '/v1/suppressions/lookup', { address: '+639175550101' })).body.data).toEqual([]);
    });
  });

  describe('the links of a message', () => {
    const link = {
      customerId: 'cus_01J9Z3T8Q4V6N2K7M5R0B1C2D3',
      channel: 'email' as const,
      address: 'Ana@example.com',
      topic: 'news',
      send: { run: 'a', shard: '0', send: 'email-b' },
    };
    const tokenOf = (url: string) => url.slice(url.lastIndexOf('/') + 1);

    it('say whose wish it is, on which channel and topic, and name no address', async () => {
      const url = await unsubscribeUrl(ws, link);
      expect(Buffer.from(tokenOf(url).slice(31), 'base64url').toString()).not.toMatch(/ana@/i);
      const { address, ...rest } = link;
      expect(await openLink(tokenOf(url))).toEqual({ tenant: ws.tenant, ...rest, addressHash: addressHash('email', address) });
      expect(await openLink(tokenOf(await preferencesUrl(ws, link)))).toMatchObject({ topic: null, customerId: link.customerId });
    });

    it('are the same whenever they are made, so that a crash between two makings changes nothing', async () => {
      expect(await unsubscribeUrl(ws, link)).toBe(await unsubscribeUrl(ws, link));
    });

    it('open for nobody who changed one character, nor in another workspace', async () => {
      const token = tokenOf(await unsubscribeUrl(ws, link));
      for (const at of [0, 9, 20, 31, 40, token.length - 1]) {
        const other = token[at] === 'A' ? 'B' : 'A';
        expect(await openLink(token.slice(0, at) + other + token.slice(at + 1)), `character ${at}`).toBeUndefined();
      }
      for (const forged of ['', token.slice(0, 31), `${token}A`, token.toUpperCase(), `${token}\n`])
        expect(await openLink(forged)).toBeUndefined();
      const other = await world.workspace();
      expect(await openLink(`${other.tenant}${token.slice(8)}`)).toBeUndefined();
    });

    it('go into the two headers of one-click unsubscribing', async () => {
      const [list, post] = await unsubscribeHeaders(ws, link);
      expect(list?.value).toMatch(/^<https?:\/\/[^/]+\/p\/api\/unsubscribe\/[a-z0-9]{8}\.[\w-]+>$/);
      expect(post).toEqual({ name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' });
    });
  });
});
