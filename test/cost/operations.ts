import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { CustomerInput } from '../../functions/customers/customer.ts';
import type { Item } from '../../functions/table/entity.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import type { ApiAnswer, World } from '../_util/world.ts';
import { followUpOperations } from './follow-up-operations.ts';
import { ruleOperations } from './rule-operations.ts';
import { entryBytes, itemBytes, readUnits, strongReadUnits, writeUnits } from './size.ts';

type Units = { rru: number; wru: number };
export type Given = { world: World; ws: SeededWorkspace; found: Item[]; sample: (at: number, name?: string) => CustomerInput };
type Prepared = { key?: string; run: () => Promise<unknown>; optimum: () => Promise<Units> };
/** An operation, and by what it must touch the least it can cost. Together doubles: a transaction writes each row twice over. */
export type Operation = { name: string; prepare: (given: Given) => Promise<Prepared> };

let made = 20_000_000;
const next = () => ++made;
export const good = (answer: ApiAnswer): ApiAnswer => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
};

/** What a caller may say of a customer who has an owner, and so all three index entries. */
const owned = (ws: SeededWorkspace, input: ReturnType<Given['sample']>) => ({
  ...input,
  emails: input.emails.map(({ address, label, primary }) => ({ address, label, primary })),
  phones: input.phones.map(({ number, type, primary }) => ({ number, type, primary })),
  ownerId: ws.members.admin.id,
});

export const create = async ({ world, ws, sample }: Given, headers = {}) =>
  good(await world.api(ws.keys.admin, 'POST', '/v1/customers', owned(ws, sample(next())), headers)).body as {
    id: string;
    version: number;
    name: string;
  };

const rowOf = ({ world, ws }: Given, id: string) => world.rows(`T#${ws.tenant}#CUS#${id}`) as Item[];
const profileOf = (given: Given, id: string) => rowOf(given, id).find(({ sk }) => sk === '~')!;
/** The first thousand customers of a workspace, in the order in which they were made; more only where the workspace has more. */
export const firstCustomers = ({ world, ws }: Given) =>
  (world.rows(`T#${ws.tenant}#CUS#`, 2_000) as Item[]).filter(({ sk, gsi3pk }) => sk === '~' && gsi3pk);
const indexesOf = (item: Item) => ['gsi1pk', 'gsi2pk', 'gsi3pk'].filter((name) => item[name]).length;

/** Logs `many` interactions of about 600 bytes, and waits for what follows from them. */
async function talkative(given: Given, many: number): Promise<string> {
  const { world, ws } = given;
  const { id } = await create(given);
  const body = 'x'.repeat(400);
  const operations = Array.from({ length: many }, (_, at) => ({
    customerId: id,
    body: {
      channel: 'call',
      direction: 'in',
      reason: 'service',
      subject: `Visit ${at}`,
      body,
      occurredAt: new Date(world.now() - (at + 1) * 60_000).toISOString(),
    },
  }));
  good(await world.api(ws.keys.admin, 'POST', '/v1/interactions/batch', { operations }));
  return id;
}

const listing = (
  name: string,
  { path, key = 'admin', index = 'gsi1', extra = 0 }: { path: string; key?: 'admin' | 'sales'; index?: string; extra?: number },
) =>
  say(name, async (given) => {
    const { world, ws } = given;
    let shown: { id: string }[] = [];
    return {
      key: ws.keys[key],
      run: async () => {
        shown = good(await world.api(ws.keys[key], 'GET', path)).body.data;
      },
      optimum: async () => {
        const bytes = shown.reduce((sum, { id }) => sum + entryBytes(profileOf(given, id), index), 0);
        return { rru: readUnits(bytes) + extra * shown.length, wru: 0 };
      },
    };
  });

export const say = (name: string, prepare: Operation['prepare']): Operation => ({ name, prepare });

export const operations: Operation[] = [
  ...[false, true].map((keyed) =>
    say(keyed ? 'create customer, one e-mail, with Idempotency-Key' : 'create customer, one e-mail', async (given) => {
      const { world, ws, sample } = given;
      let id = '';
      return {
        // Soft duplicates are looked for after the commit; the two reads are part of what is measured.
        run: async () => {
          const answer = good(
            await world.api(
              ws.keys.admin,
              'POST',
              '/v1/customers',
              owned(ws, sample(next())),
              keyed ? { 'idempotency-key': `cost-${made}` } : {},
            ),
          );
          id = answer.body.id;
        },
        optimum: async () => {
          const row = profileOf(given, id);
          // The claim and the record are less than 1 KiB each.
          return { rru: 1, wru: 2 * writeUnits(itemBytes(row)) + 2 + (keyed ? 2 : 0) + indexesOf(row) };
        },
      };
    }),
  ),
  say('get by id', async (given) => {
    const { id } = await create(given);
    return {
      run: async () => good(await given.world.api(given.ws.keys.admin, 'GET', `/v1/customers/${id}`)),
      optimum: async () => ({ rru: strongReadUnits(itemBytes(profileOf(given, id))), wru: 0 }),
    };
  }),
  say('get by e-mail', async (given) => {
    const { id } = await create(given);
    const row = profileOf(given, id);
    const address = (row.em as { ea: string }[])[0]!.ea;
    return {
      run: async () =>
        expect(
          good(await given.world.api(given.ws.keys.admin, 'POST', '/v1/customers/lookup', { email: address, kind: 'person' })).body.data,
        ).toHaveLength(1),
      optimum: async () => ({ rru: 1 + strongReadUnits(itemBytes(row)), wru: 0 }),
    };
  }),
  ...[false, true].map((keyed) =>
    say(keyed ? 'log an interaction, with Idempotency-Key' : 'log an interaction', async (given) => {
      const { id } = await create(given);
      const body = {
        channel: 'call',
        direction: 'in',
        reason: 'complaint',
        subject: 'Leaking cartridge',
        body: 'It drips since Tuesday. '.repeat(10),
      };
      const headers: Record<string, string> = keyed ? { 'idempotency-key': `log-${id}` } : {};
      return {
        run: async () => good(await given.world.api(given.ws.keys.admin, 'POST', `/v1/customers/${id}/interactions`, body, headers)),
        optimum: async () => {
          const row = rowOf(given, id).find(({ sk }) => sk.startsWith('TL#'))!;
          return { rru: 1, wru: keyed ? 2 * writeUnits(itemBytes(row)) + 2 : writeUnits(itemBytes(row)) };
        },
      };
    }),
  ),
  say('360: profile, newest 24, activity', async (given) => {
    const id = await talkative(given, 30);
    await given.world.drain();
    return {
      run: async () =>
        expect(good(await given.world.api(given.ws.keys.admin, 'GET', `/v1/customers/${id}/overview`)).body.timeline.data).toHaveLength(24),
      optimum: async () => {
        const rows = rowOf(given, id);
        const shown = [profileOf(given, id), ...rows.filter(({ sk }) => sk.startsWith('TL#')).slice(-24)];
        return { rru: readUnits(shown.reduce((sum, row) => sum + itemBytes(row), 0)) + 0.5, wru: 0 };
      },
    };
  }),
  say('timeline, a page of 50', async (given) => {
    const id = await talkative(given, 60);
    return {
      run: async () =>
        expect(good(await given.world.api(given.ws.keys.admin, 'GET', `/v1/customers/${id}/interactions`)).body.data).toHaveLength(50),
      optimum: async () => {
        const rows = rowOf(given, id).filter(({ sk }) => sk.startsWith('TL#'));
        // The customer, whose permission her interactions follow, is read too.
        return { rru: readUnits(rows.slice(-50).reduce((sum, row) => sum + itemBytes(row), 0)) + 0.5 + 1, wru: 0 };
      },
    };
  }),
  listing('list 50 by name', { path: '/v1/customers' }),
  say('list 50 by name, the third page', async (given) => {
    const { world, ws } = given;
    let cursor = '';
    for (let page = 0; page < 2; page++)
      cursor = good(await world.api(ws.keys.admin, 'GET', `/v1/customers${cursor && `?cursor=${cursor}`}`)).body.page.nextCursor;
    return listing('', { path: `/v1/customers?cursor=${cursor}` }).prepare(given);
  }),
  listing('list own, by name', { path: '/v1/customers?scope=own&limit=10', key: 'sales', index: 'gsi2' }),
  listing('list 50 with activity', { path: '/v1/customers?include=activity', extra: 0.5 }),
  say('list 50 by creation', async (given) => {
    const { world, ws } = given;
    return {
      run: async () => expect(good(await world.api(ws.keys.admin, 'GET', '/v1/customers?sort=-createdAt')).body.data).toHaveLength(50),
      optimum: async () => ({ rru: 25 + 1, wru: 0 }),
    };
  }),
  say('list with a filter that examines 1,000 rows', async (given) => {
    const { world, ws } = given;
    return {
      run: async () => expect(good(await world.api(ws.keys.admin, 'GET', '/v1/customers?city=Nowhere')).body.page.examined).toBe(1_000),
      optimum: async () => {
        const rows = (world.rows(`T#${ws.tenant}#CUS#`) as Item[])
          .filter(({ sk, gsi1pk }) => sk === '~' && gsi1pk)
          .sort((a, b) => (String(a.gsi1sk) < String(b.gsi1sk) ? -1 : 1));
        return { rru: readUnits(rows.slice(0, 1_000).reduce((sum, row) => sum + entryBytes(row, 'gsi1'), 0)), wru: 0 };
      },
    };
  }),
  say('search by prefix, 10 hits', async (given) => {
    const { world, ws, found } = given;
    return {
      run: async () =>
        expect(good(await world.api(ws.keys.admin, 'POST', '/v1/customers/find', { text: 'quezonw' })).body.data).toHaveLength(10),
      optimum: async () => ({ rru: readUnits(found.reduce((sum, row) => sum + itemBytes(row), 0)), wru: 0 }),
    };
  }),
  ...(
    [
      ['change an un-indexed field', { salutation: 'Mme' }, 'PATCH'],
      ['change a name', { name: 'Anita Trujillo' }, 'PATCH'],
      ['archive a customer', undefined, 'DELETE'],
    ] as const
  ).map(([name, body, method]) =>
    say(name, async (given) => {
      const { world, ws } = given;
      const { id } = await create(given);
      const before = profileOf(given, id);
      return {
        run: async () =>
          good(await world.api(ws.keys.admin, method, `/v1/customers/${id}`, body, method === 'PATCH' ? { 'if-match': '"1"' } : {})),
        optimum: async () => {
          const after = profileOf(given, id);
          return { rru: 1, wru: writeUnits(itemBytes(after)) + movedEntries(before, after) };
        },
      };
    }),
  ),
  say('derived from a new customer: history, counters, search words', async (given) => {
    await given.world.drain();
    const { id } = await create(given);
    return {
      run: () => given.world.drain(),
      optimum: async () => {
        const rows = given.world.rows(`T#${given.ws.tenant}#W#`) as Item[];
        const words = rows.filter(({ sk }) => sk.endsWith(id)).length;
        // In one transaction the history row and the counter; the audit entry; then a word each.
        return { rru: 0, wru: 2 + 1 + 2 + words };
      },
    };
  }),
  say('derived from an interaction: history, activity, counters', async (given) => {
    const { id } = await create(given);
    await given.world.drain();
    good(await given.world.api(given.ws.keys.admin, 'POST', `/v1/customers/${id}/interactions`, { channel: 'call', subject: 'Hello' }));
    return {
      run: () => given.world.drain(), // History and its entry, activity, the workspace's counters and the member's week.
      optimum: async () => ({ rru: 1, wru: 2 + 1 + 2 + 2 + 2 }),
    };
  }),
  ...followUpOperations,
  ...ruleOperations,
];

/** Index entries that a change makes, removes, moves (both) or rewrites. */
function movedEntries(before: Item, after: Item): number {
  let units = 0;
  for (const index of ['gsi1', 'gsi2', 'gsi3']) {
    const [from, to] = [before, after].map((item) => (item[`${index}pk`] ? `${item[`${index}pk`]}\n${item[`${index}sk`]}` : undefined));
    if (from !== to) units += (from ? 1 : 0) + (to ? 1 : 0);
    else if (from && index !== 'gsi3' && !isDeepStrictEqual(before.d, after.d)) units += 1;
  }
  return units;
}
