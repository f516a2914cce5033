import { followUpIdOf } from '../../functions/followups/follow-up.entity.ts';
import type { Item } from '../../functions/table/entity.ts';
import type { ApiAnswer } from '../_util/world.ts';
import type { Given, Operation } from './operations.ts';
import { entryBytes, itemBytes, readUnits, writeUnits } from './size.ts';

const good = (answer: ApiAnswer): ApiAnswer => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
};
const call = async ({ world, ws }: Given, method: string, path: string, body?: unknown) =>
  good(await world.api(ws.keys.manager, method, path, body)).body;

const soon = ({ world }: Given, minutes: number) => {
  const at = new Date(world.now() + minutes * 60_000).toISOString();
  return { on: at.slice(0, 10), at: at.slice(11, 16), zone: 'UTC' };
};
const customer = async (given: Given): Promise<string> =>
  (await call(given, 'POST', '/v1/customers', { kind: 'person', name: 'Anita Trujillo', ownerId: given.ws.members.manager.id })).id;
const planned = async (given: Given, customerId: string, minutes: number): Promise<string> =>
  (
    await call(given, 'POST', '/v1/follow-ups', {
      title: 'Call about the new cartridge',
      customerId,
      channel: 'call',
      due: soon(given, minutes),
    })
  ).id;

const rowsOf = ({ world, ws }: Given, pk: string) => world.rows(`T#${ws.tenant}#${pk}`) as Item[];
const followUpOf = (given: Given, id: string) => rowsOf(given, `FUP#${id}`).find(({ sk }) => sk === '~')!;
const entries = (item: Item) => ['gsi1pk', 'gsi2pk', 'gsi3pk', 'gsi5pk'].filter((name) => item[name]).length;

/** Nobody owns anything before: what other operations left is not read with these. */
const cleared = async (given: Given) => {
  const open = rowsOf(given, 'FUP#').filter(
    ({ st, d, e }) => e === 'followUp' && (d as { st?: string })?.st === 'open' && st === undefined,
  );
  for (const row of open) await call(given, 'DELETE', `/v1/follow-ups/${followUpIdOf(row)}`);
};

export const followUpOperations: Operation[] = [
  {
    name: 'plan a follow-up with a customer',
    prepare: async (given) => {
      const customerId = await customer(given);
      let id = '';
      return {
        key: given.ws.keys.manager,
        run: async () => {
          id = await planned(given, customerId, 60);
        },
        // The customer whom it is about, the row, and an entry in each of the four orders in which it is found.
        optimum: async () => ({ rru: 1, wru: writeUnits(itemBytes(followUpOf(given, id))) + entries(followUpOf(given, id)) }),
      };
    },
  },
  {
    name: 'follow-up done, with the interaction it becomes',
    prepare: async (given) => {
      const id = await planned(given, await customer(given), 60);
      return {
        key: given.ws.keys.manager,
        run: () => call(given, 'POST', `/v1/follow-ups/${id}/done`, { outcome: 'answered', interaction: { body: 'She takes two.' } }),
        // Both rows in a transaction; three entries move from open to done, that of the due index goes.
        optimum: async () => ({ rru: 2, wru: 2 * writeUnits(itemBytes(followUpOf(given, id))) + 2 + 3 * 2 + 1 }),
      };
    },
  },
  {
    name: 'follow-up put off',
    prepare: async (given) => {
      const id = await planned(given, await customer(given), 60);
      return {
        key: given.ws.keys.manager,
        run: () => call(given, 'POST', `/v1/follow-ups/${id}/snooze`, { until: new Date(given.world.now() + 86_400_000).toISOString() }),
        // The row, what two orders show of it, and its entry in the due index, moved.
        optimum: async () => ({ rru: 1, wru: writeUnits(itemBytes(followUpOf(given, id))) + 2 + 2 }),
      };
    },
  },
  {
    name: 'remind of a follow-up that is due',
    prepare: async (given) => {
      const { world, ws } = given;
      const id = await planned(given, await customer(given), 2);
      const detail = { at: String(followUpOf(given, id).ra), tenant: ws.tenant, kind: 'followUp', id };
      world.advance('PT2M');
      return {
        key: ws.keys.manager,
        run: () => world.invoke('followUpsDue', { id: 'e', source: 'suki.work', 'detail-type': 'due.followUp', time: detail.at, detail }),
        // Workspace and row, what the owner wants to be told; the row, its entry gone, the notification and its two entries.
        optimum: async () => ({ rru: 2.5, wru: 2 + 1 + 2 + 2 }),
      };
    },
  },
  {
    name: 'today, ten follow-ups and two who wait',
    prepare: async (given) => {
      await cleared(given);
      const ids = await Promise.all(Array.from({ length: 12 }, () => customer(given)));
      for (const id of ids.slice(0, 10)) await planned(given, id, -60);
      for (const id of ids.slice(10)) await call(given, 'POST', `/v1/customers/${id}/interactions`, { channel: 'email', direction: 'in' });
      await given.world.drain();
      return {
        key: given.ws.keys.manager,
        run: () => call(given, 'GET', '/v1/today'),
        optimum: async () => {
          const shown = rowsOf(given, 'FUP#').filter(({ gsi2pk }) => String(gsi2pk).includes('FUP#open'));
          const bytes = shown.reduce((sum, row) => sum + entryBytes(row, 'gsi2'), 0);
          // What is pinned; who waits of mine and of nobody's; cases of both in each of two states in which clocks run; each customer and her activity.
          return { rru: readUnits(bytes) + 0.5 + 2 * 0.5 + 4 * 0.5 + 12 * 0.5 + 12 * 0.5, wru: 0 };
        },
      };
    },
  },
  {
    name: 'a customer’s open follow-ups, three',
    prepare: async (given) => {
      const id = await customer(given);
      for (const minutes of [10, 20, 30]) await planned(given, id, minutes);
      return {
        key: given.ws.keys.manager,
        run: () => call(given, 'GET', `/v1/follow-ups?customerId=${id}&scope=all`),
        optimum: async () => ({ rru: 1 + 0.5 + 3 * 0.5 + 0.5, wru: 0 }),
      };
    },
  },
  {
    name: 'derived from what came in: the same, and what waits',
    prepare: async (given) => {
      const id = await customer(given);
      await given.world.drain();
      await call(given, 'POST', `/v1/customers/${id}/interactions`, { channel: 'email', direction: 'in', subject: 'Hello' });
      return {
        run: () => given.world.drain(),
        // As of any interaction; then whether something waited, the customer, her newest interactions and answers, the row and its entry.
        optimum: async () => ({ rru: 1 + 4, wru: 2 + 1 + 2 + 2 + 2 + 2 }),
      };
    },
  },
];
