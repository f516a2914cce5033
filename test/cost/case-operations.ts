import { readDue } from '../../functions/table/due.ts';
import type { Item } from '../../functions/table/entity.ts';
import type { ApiAnswer } from '../_util/world.ts';
import type { Given, Operation } from './operations.ts';
import { itemBytes, writeUnits } from './size.ts';

const good = (answer: ApiAnswer): ApiAnswer => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
};
const call = async ({ world, ws }: Given, method: string, path: string, body?: unknown) =>
  good(await world.api(ws.keys.manager, method, path, body)).body;

const customer = async (given: Given): Promise<string> =>
  (await call(given, 'POST', '/v1/customers', { kind: 'person', name: 'Anita Trujillo', ownerId: given.ws.members.manager.id })).id;
const opened = async (given: Given, customerId: string): Promise<string> =>
  (
    await call(given, 'POST', '/v1/cases', {
      customerId,
      type: 'complaint',
      subject: 'The cartridge leaks',
      priority: 'urgent',
      ownerId: given.ws.members.manager.id,
    })
  ).id;
const caseOf = ({ world, ws }: Given, id: string) => world.rows(`T#${ws.tenant}#CASE#${id}`).find(({ sk }) => sk === '~') as Item;
const entries = (item: Item) => ['gsi1pk', 'gsi2pk', 'gsi3pk', 'gsi4pk', 'gsi5pk'].filter((name) => item[name]).length;

/** What reading the whole staff costs. */
const staff = ({ world, ws }: Given) => {
  const bytes = world.rows(`T#${ws.tenant}#MEM`).reduce((sum, row) => sum + itemBytes(row as Item), 0);
  return Math.ceil(bytes / 4_096) / 2;
};

export const caseOperations: Operation[] = [
  {
    name: 'open a case, with what it begins with',
    prepare: async (given) => {
      const customerId = await customer(given);
      let id = '';
      return {
        key: given.ws.keys.manager,
        run: async () => {
          id = await opened(given, customerId);
        },
        // Customer and service levels; the number by itself, then case and interaction in a transaction, and the five entries.
        optimum: async () => ({ rru: 1.5, wru: 1 + 2 * writeUnits(itemBytes(caseOf(given, id))) + 2 + entries(caseOf(given, id)) }),
      };
    },
  },
  {
    name: 'a case, by its id',
    prepare: async (given) => {
      const id = await opened(given, await customer(given));
      return {
        key: given.ws.keys.manager,
        run: () => call(given, 'GET', `/v1/cases/${id}`),
        optimum: async () => ({ rru: 2, wru: 0 }),
      };
    },
  },
  {
    name: 'a clock step: a case is warned of',
    prepare: async (given) => {
      const { world, ws } = given;
      const id = await opened(given, await customer(given));
      const detail = readDue(String(caseOf(given, id).gsi5sk));
      world.advance(`PT${Math.ceil((Date.parse(String(detail?.at)) - world.now()) / 1_000) + 1}S`);
      return {
        key: ws.keys.manager,
        run: async () => {
          await world.invoke('caseWork', { id: 'x', source: 'suki.work', 'detail-type': 'due.case', time: detail?.at, detail });
        },
        // Workspace, case, the staff and what the owner wants to be told; the case with its due entry moved, the notice with two entries.
        optimum: async () => ({ rru: 2.5 + staff(given), wru: 2 * writeUnits(itemBytes(caseOf(given, id))) + 2 + 2 + 2 }),
      };
    },
  },
];
