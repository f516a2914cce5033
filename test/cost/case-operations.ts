import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { readDue } from '../../functions/table/due.ts';
import type { Item } from '../../functions/table/entity.ts';
import { create, type Given, good, type Operation, say } from './operations.ts';
import { entryBytes, itemBytes, readUnits, writeUnits } from './size.ts';

/** What cases cost: opened, worked on, answered, overtaken by time and counted; and by what must be touched the least it can be. */
type Body = { id: string; customerId: string };

const call = async ({ world, ws }: Given, method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  good(await world.api(ws.keys.admin, method, path, body, headers)).body;

/** Around the clock: an urgent case is to be answered within an hour, and warned of after 45 minutes. */
const always = {
  calendars: [
    {
      ...{ key: 'always', name: 'Always', zone: 'UTC' },
      hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' })),
    },
  ],
  targets: ['normal', 'urgent'].map((priority) => ({ priority, calendar: 'always', firstResponseMinutes: 60, resolutionMinutes: 6_000 })),
};
const levelled = new WeakSet<object>();
const withLevels = async (given: Given) => {
  if (levelled.has(given.ws)) return;
  levelled.add(given.ws);
  await call(given, 'PATCH', '/v1/service-levels', always, { 'if-match': '"1"' });
};

const asked = ({ ws }: Given, customerId: string) => ({
  ...{ customerId, type: 'complaint', subject: 'It leaks', priority: 'urgent', ownerId: ws.members.admin.id },
  ...{ channel: 'call', body: 'It drips since Tuesday.' },
});
const customer = async (given: Given): Promise<string> => (await create(given)).id;
const open = async (given: Given, customerId?: string): Promise<Body> => {
  await withLevels(given);
  return call(given, 'POST', '/v1/cases', asked(given, customerId ?? (await customer(given))));
};

const rowsOf = ({ world, ws }: Given, pk: string) => world.rows(`T#${ws.tenant}#${pk}`) as Item[];
const caseRow = (given: Given, id: string) => rowsOf(given, `CASE#${id}`).find(({ sk }) => sk === '~') as Item;
const casesOf = (given: Given) => rowsOf(given, 'CASE#').filter(({ sk, gsi1pk }) => sk === '~' && gsi1pk);
const said = (given: Given, customerId: string) => rowsOf(given, `CUS#${customerId}`).filter(({ sk }) => sk.startsWith('TL#'));

const indexes = ['gsi1', 'gsi2', 'gsi3', 'gsi4', 'gsi5'];
const placeOf = (item: Item | undefined, index: string) =>
  item?.[`${index}pk`] ? `${item[`${index}pk`]}\n${item[`${index}sk`]}` : undefined;

/** Index entries that a change makes, removes, moves (both) or rewrites. */
export function entries(before: Item | undefined, after: Item): number {
  let units = 0;
  for (const index of indexes) {
    const [from, to] = [placeOf(before, index), placeOf(after, index)];
    if (from !== to) units += (from ? 1 : 0) + (to ? 1 : 0);
    else if (from && index !== 'gsi3' && index !== 'gsi5' && !isDeepStrictEqual(before?.d, after.d)) units += 1;
  }
  return units;
}
/** A row that is written over is as large as the larger of both. */
const row = (after: Item, before: Item = after) => writeUnits(Math.max(itemBytes(before), itemBytes(after)));
export const together = (after: Item, before: Item = after) => 2 * row(after, before);

/** A case, and the sweep's word that its moment has come; `minutes` pass before. */
async function overtaken(given: Given, id: string, minutes: number) {
  const { world } = given;
  world.advance(`PT${minutes}M`);
  const before = caseRow(given, id);
  const detail = readDue(String(before.gsi5sk));
  const event = { id: 'x', source: 'suki.work', 'detail-type': 'due.case', time: detail?.at, detail };
  return { before, step: () => world.invoke('caseWork', event) };
}

/** Workspace, case, its owner and what she wants to be told; the case, the notification with its two entries. */
const stepOptimum = (given: Given, id: string, before: Item) => {
  const after = caseRow(given, id);
  expect(Number(after.v)).toBe(Number(before.v) + 1);
  return { rru: 1 + 1 + 0.5 + 0.5, wru: together(after, before) + entries(before, after) + 2 + 2 };
};

const some = new WeakMap<object, Promise<unknown>>();
/** Sixty cases of ten customers, beside those of other operations. */
const sixty = (given: Given) => {
  const make = async () => {
    const customers = await Promise.all(Array.from({ length: 10 }, () => customer(given)));
    for (let at = 0; at < 60; at++) await open(given, customers[at % 10]);
  };
  const known = some.get(given.ws) ?? make();
  some.set(given.ws, known);
  return known;
};

const opening: Operation[] = [
  say('open a case, with the interaction it begins with', async (given) => {
    const customerId = await customer(given);
    await withLevels(given);
    let id = '';
    return {
      run: async () => {
        id = (await call(given, 'POST', '/v1/cases', asked(given, customerId))).id;
      },
      // Customer and service levels; the next number; case with its five entries and interaction in a transaction.
      optimum: async () => {
        const made = caseRow(given, id);
        return { rru: 1 + 0.5, wru: 1 + together(made) + entries(undefined, made) + together(said(given, customerId)[0] as Item) };
      },
    };
  }),
  say('a customer complains, and a rule opens a case in its own commit', async (given) => {
    const { world, ws } = given;
    await withLevels(given);
    const when = { kind: 'interaction.created', reason: 'complaint' };
    const does = [{ kind: 'case', type: 'complaint', priority: 'urgent', for: { to: 'owner' } }];
    const { id: rule } = await call(given, 'POST', '/v1/rules', { name: 'Complaints', when, does });
    await call(given, 'POST', `/v1/rules/${rule}/on`, {});
    const customerId = await customer(given);
    const interaction = { channel: 'call', direction: 'in', reason: 'complaint', subject: 'It leaks' };
    const { id: rowId } = await call(given, 'POST', `/v1/customers/${customerId}/interactions`, interaction);
    const at = new Date(world.now()).toISOString();
    const about = {
      id: `evt_${rowId.slice(4)}`,
      type: 'interaction.created',
      schema: 1,
      tenant: ws.tenant,
      at,
      rowId,
      version: 1,
      customerId,
    };
    const detail = { ...about, actorId: null, via: 'person', requestId: null, fields: [] };
    return {
      run: () => world.invoke('ruleWork', { id: 'e', source: 'suki', 'detail-type': about.type, time: at, detail }),
      optimum: async () => {
        await call(given, 'DELETE', `/v1/rules/${rule}`);
        const made = casesOf(given).find(({ gsi3pk }) => String(gsi3pk).endsWith(customerId)) as Item;
        const entry = said(given, customerId)[0] as Item;
        // The rules, workspace, rule, customer and interaction, owner and service levels. The next number; in a transaction the firing with
        // its entry, the count, the case with its entries, the interaction.
        return { rru: 1 + 1 + 3 + 0.5 + 0.5, wru: 1 + (2 + 1) + 2 + together(made) + entries(undefined, made) + together(entry) };
      },
    };
  }),
];

const working: Operation[] = [
  say('a case by id', async (given) => {
    const { id } = await open(given);
    return { run: () => call(given, 'GET', `/v1/cases/${id}`), optimum: async () => ({ rru: 1 + 1, wru: 0 }) };
  }),
  say('a case waits for its customer', async (given) => {
    const { id } = await open(given);
    await call(given, 'POST', `/v1/cases/${id}/state`, { state: 'open' });
    const before = caseRow(given, id);
    return {
      run: () => call(given, 'POST', `/v1/cases/${id}/state`, { state: 'waiting' }),
      // Case, customer and service levels; the case, its entries moved.
      optimum: async () => {
        const after = caseRow(given, id);
        return { rru: 1 + 1 + 0.5, wru: row(after, before) + entries(before, after) };
      },
    };
  }),
  say('a case is resolved', async (given) => {
    const { id } = await open(given);
    const before = caseRow(given, id);
    return {
      run: () => call(given, 'POST', `/v1/cases/${id}/state`, { state: 'resolved', resolution: 'A new seal.' }),
      optimum: async () => {
        const after = caseRow(given, id);
        return { rru: 1 + 1 + 0.5, wru: row(after, before) + entries(before, after) };
      },
    };
  }),
  say('note something on a case', async (given) => {
    const { id } = await open(given);
    return {
      run: () => call(given, 'POST', `/v1/cases/${id}/interactions`, { channel: 'note', direction: 'none', body: 'The seal is worn.' }),
      // Case and customer; the interaction.
      optimum: async () => ({ rru: 1 + 1, wru: 1 }),
    };
  }),
  say('write to a customer on a case', async (given) => {
    const { id, customerId } = await open(given);
    const body = { subject: 'Your cartridge', body: 'A new seal is on its way.', caseId: id };
    return {
      run: () => call(given, 'POST', `/v1/customers/${customerId}/messages`, body),
      // As to any customer; the case, and whether what is written can reach her: suppression and consent.
      optimum: async () => ({ rru: 2 + 1 + 2, wru: 2 + 2 + 1 }),
    };
  }),
  say('send what was written on a case, its first answer', async (given) => {
    const { world, ws } = given;
    const { id, customerId } = await open(given);
    const body = { subject: 'Your cartridge', body: 'A new seal is on its way.', caseId: id };
    const message = await call(given, 'POST', `/v1/customers/${customerId}/messages`, body);
    const detail = { at: message.sendAt, tenant: ws.tenant, kind: 'message', id: `${customerId}#${message.id.slice(4)}` };
    const before = caseRow(given, id);
    return {
      run: async () => {
        world.advance('PT1M');
        await world.invoke('messageWork', { id: '1', source: 'suki.work', 'detail-type': 'due.message', time: message.sendAt, detail });
        expect(said(given, customerId)).toHaveLength(2);
      },
      // As any message; the case and the service levels, and the case in the commit that puts it onto the timeline.
      optimum: async () => {
        const after = caseRow(given, id);
        return { rru: 7.5 + 1 + 0.5, wru: 15 + together(after, before) + entries(before, after) };
      },
    };
  }),
];

const counting: Operation[] = [
  say('50 open cases, by when they are due', async (given) => {
    await sixty(given);
    return {
      run: async () => expect((await call(given, 'GET', '/v1/cases?limit=50')).data).toHaveLength(50),
      // Of each of three states what a page could need of it; the customers.
      optimum: async () => {
        const byState = Map.groupBy(casesOf(given), ({ gsi1pk }) => String(gsi1pk));
        const pages = ['new', 'open', 'waiting'].map((state) => {
          const rows = (byState.get(`T#${given.ws.tenant}#CASE#${state}`) ?? []).sort((a, b) =>
            String(a.gsi1sk) < String(b.gsi1sk) ? -1 : 1,
          );
          return readUnits(rows.slice(0, 52).reduce((sum, row) => sum + entryBytes(row, 'gsi1'), 0)) || 0.5;
        });
        const shown = (await call(given, 'GET', '/v1/cases?limit=50')).data as Body[];
        return { rru: pages.reduce((sum, one) => sum + one, 0) + new Set(shown.map(({ customerId }) => customerId)).size * 0.5, wru: 0 };
      },
    };
  }),
  say('what the cases of a month come to, 60 and some', async (given) => {
    await sixty(given);
    const month = new Date(given.world.now()).toISOString().slice(0, 7);
    const from = `${month}-01T00:00:00Z`;
    const to = new Date(given.world.now()).toISOString();
    return {
      run: async () => expect((await call(given, 'GET', `/v1/case-report?from=${from}&to=${to}`)).examined).toBeGreaterThan(60),
      optimum: async () => {
        const rows = casesOf(given).filter(({ gsi4pk }) => String(gsi4pk).endsWith(month));
        return { rru: readUnits(rows.reduce((sum, row) => sum + entryBytes(row, 'gsi4'), 0)), wru: 0 };
      },
    };
  }),
];

const overtaking: Operation[] = [
  say('a case’s clock: its time is nearly over, and its owner is warned', async (given) => {
    const { id } = await open(given);
    const { before, step } = await overtaken(given, id, 46);
    return { run: step, optimum: async () => stepOptimum(given, id, before) };
  }),
  say('a case’s clock: its time is over', async (given) => {
    const { id } = await open(given);
    await (await overtaken(given, id, 46)).step();
    const { before, step } = await overtaken(given, id, 16);
    return { run: step, optimum: async () => stepOptimum(given, id, before) };
  }),
];

export const caseOperations: Operation[] = [...opening, ...working, ...counting, ...overtaking];
