import { activityKey } from '../../functions/customers/customer.entity.ts';
import { readDue } from '../../functions/table/due.ts';
import type { Item } from '../../functions/table/entity.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import type { ApiAnswer } from '../_util/world.ts';
import type { Given, Operation } from './operations.ts';

const good = (answer: ApiAnswer): ApiAnswer => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
};
const call = async ({ world, ws }: Given, method: string, path: string, body?: unknown) =>
  good(await world.api(ws.keys.admin, method, path, body)).body;

const customer = async (given: Given): Promise<string> =>
  (await call(given, 'POST', '/v1/customers', { kind: 'person', name: 'Anita Trujillo', ownerId: given.ws.members.sales.id })).id;
const ruleOn = async (given: Given, when: object, effect: object): Promise<string> => {
  const { id } = await call(given, 'POST', '/v1/rules', { name: 'Cost', when, does: [effect] });
  await call(given, 'POST', `/v1/rules/${id}/on`, {});
  return id;
};
const off = (given: Given, id: string) => call(given, 'DELETE', `/v1/rules/${id}`);
const followUp = { kind: 'followUp', title: 'Call', for: { to: 'owner' } };

/** A customer who was made just now, and the event that tells of her. */
async function madeNow(given: Given) {
  const { world, ws } = given;
  const id = await customer(given);
  const at = new Date(world.now()).toISOString();
  const detail = {
    id: `evt_${id.slice(4)}`,
    type: 'customer.created',
    schema: 1,
    tenant: ws.tenant,
    at,
    rowId: id,
    version: 1,
    customerId: id,
    actorId: null,
    via: 'person',
    requestId: null,
    fields: [],
  };
  return { id, event: { id: 'e', source: 'suki', 'detail-type': detail.type, time: at, detail } };
}

/** A customer for whom a rule waits, and the hint that her moment has come. */
async function waiting(given: Given, later = 'P31D') {
  const { world, ws } = given;
  const rule = await ruleOn(given, { kind: 'silence', days: 30 }, followUp);
  const { id, event } = await madeNow(given);
  await world.invoke('ruleWork', event);
  const row = (world.rows(`T#${ws.tenant}#CUS#${id}`) as Item[]).find(({ sk }) => sk.startsWith('DUE#'))!;
  const detail = readDue(String(row.gsi5sk))!;
  world.advance(later);
  return { rule, id, hint: { id: 'e', source: 'suki.work', 'detail-type': 'due.rule', time: detail.at, detail } };
}

export const ruleOperations: Operation[] = [
  {
    name: 'a moment has come, and a rule plans a follow-up',
    prepare: async (given) => {
      const { rule, hint } = await waiting(given);
      return {
        run: () => given.world.invoke('ruleWork', hint),
        optimum: async () => {
          await off(given, rule);
          // Workspace, waiting row, rule and customer, her activity, the staff. In a transaction the waiting row with its entry moved, the
          // firing with its entry, the count, the follow-up with three entries.
          return { rru: 1 + 3 + 0.5 + 0.5, wru: 2 + 2 + (2 + 1) + 2 + (2 + 3) };
        },
      };
    },
  },
  {
    name: 'a moment has come, and there was an interaction since',
    prepare: async (given) => {
      const { rule, id, hint } = await waiting(given, 'P10D');
      // As the stream counts an interaction. Were it worked off here, the new rule would walk all customers first.
      const { ws, world } = given;
      await tableOf(ws.tenant, world.now()).writeMany([{ put: { ...activityKey(ws.tenant, id), n: 1, l: world.now(), v: 1 } }]);
      given.world.advance('P22D');
      return {
        run: () => given.world.invoke('ruleWork', hint),
        optimum: async () => {
          await off(given, rule);
          // Workspace, waiting row, rule and customer, her activity; the waiting row, its entry moved.
          return { rru: 1 + 3 + 0.5, wru: 1 + 2 };
        },
      };
    },
  },
  {
    name: 'something happened, and a rule tags the customer',
    prepare: async (given) => {
      const { world } = given;
      const rule = await ruleOn(given, { kind: 'customer.created' }, { kind: 'tag', add: ['new'] });
      const { event } = await madeNow(given);
      return {
        run: () => world.invoke('ruleWork', event),
        optimum: async () => {
          await off(given, rule);
          // The rules, the workspace, rule and customer. In a transaction the customer with two entries rewritten, firing and count.
          return { rru: 1 + 1 + 2, wru: 2 + 2 + (2 + 1) + 2 };
        },
      };
    },
  },
];
