import { expect } from 'vitest';
import { agentIn } from '../../functions/agent.ts';
import { audiencePages } from '../../functions/segments/audience.ts';
import type { Audience } from '../../functions/segments/segment.ts';
import { firstCustomers, type Given, good, type Operation, say } from './operations.ts';
import { itemBytes, readUnits } from './size.ts';

/** What segments, lists and audiences cost, and by what they must touch the least it can be. */
/** Keys of the by-creation index, so many of them. */
const keyUnits = (given: Given, many: number) => {
  const [row] = firstCustomers(given);
  const bytes = itemBytes({ pk: row?.pk, sk: row?.sk, gsi3pk: row?.gsi3pk, gsi3sk: row?.gsi3sk });
  return readUnits(bytes * many);
};
const post = async ({ world, ws }: Given, path: string, body: unknown) => good(await world.api(ws.keys.admin, 'POST', path, body)).body;

const inPhilippines = { field: 'country', op: 'eq', value: 'PH' } as const;
const silent = { not: { field: 'lastInteractionAt', op: 'withinLast', value: 'P90D' } } as const;

const estimate = (name: string, where: unknown, beside: number) =>
  say(name, async (given) => {
    const ask = () => post(given, '/v1/segments/estimate', { where });
    // Landmarks are set once, 100,000 customers at a time, and stated apart.
    for (let times = 0; times < 11 && (await ask()).examined < 480; times++);
    return {
      run: async () => expect(await ask()).toMatchObject({ exact: false, examined: 480 }),
      // 641 keys show that it is no small workspace; counter and landmarks; 40 clusters of 12 keys; their rows.
      optimum: async () => ({ rru: keyUnits(given, 641) + 1 + 40 * keyUnits(given, 12) + 480 * 0.5 * (1 + beside), wru: 0 }),
    };
  });

const list = async (given: Given): Promise<string> => (await post(given, '/v1/lists', { name: 'Fair' })).id;
const pasted = (given: Given, many: number) =>
  firstCustomers(given)
    .filter(({ em }) => em)
    .slice(0, many)
    .map(({ em }) => (em as { ea: string }[])[0]?.ea)
    .join('\n');

export const segmentOperations: Operation[] = [
  estimate('estimate a segment', inPhilippines, 0),
  estimate('estimate a segment by silence', silent, 1),
  say('a page of 500 of an audience', async (given) => {
    const audience: Audience = { include: [{ where: inPhilippines }], exclude: [] };
    return {
      run: async () => {
        const reader = (await agentIn(given.ws.tenant, { now: given.world.now(), requestId: 'cost' }))!;
        const { value } = await audiencePages(reader, audience, { pageSize: 500 }).next();
        expect(value).toMatchObject({ examined: 500 });
      },
      // The workspace, its keys, their rows.
      optimum: async () => ({ rru: 1 + keyUnits(given, 500) + 250, wru: 0 }),
    };
  }),
  say('put 40 customers on a list', async (given) => {
    const id = await list(given);
    const customerIds = firstCustomers(given)
      .slice(0, 40)
      .map(({ gsi3sk }) => gsi3sk);
    return {
      run: async () => expect(await post(given, `/v1/lists/${id}/members`, { customerIds })).toMatchObject({ added: 40 }),
      // The list, who they are, who is on it; each membership with its entry, and the count, in one transaction.
      optimum: async () => ({ rru: 1 + 40 * 0.5 * 2, wru: 40 * 3 + 2 }),
    };
  }),
  say('paste 100 e-mails on a list', async (given) => {
    const id = await list(given);
    const text = pasted(given, 100);
    return {
      run: async () =>
        expect(await post(given, `/v1/lists/${id}/members`, { text, kind: 'person' })).toMatchObject({ added: 100, misses: [] }),
      // The list, claims, customers, memberships; each membership with its entry, and the count.
      optimum: async () => ({ rru: 1 + 100 * 0.5 * 3, wru: 100 * 2 + 1 }),
    };
  }),
  say('a list, a page of 50', async (given) => {
    const id = await list(given);
    await post(given, `/v1/lists/${id}/members`, { text: pasted(given, 60) });
    const read = () => given.world.api(given.ws.keys.admin, 'GET', `/v1/lists/${id}/members`);
    return {
      run: async () => expect(good(await read()).body.data).toHaveLength(50),
      // The list and its count, the keys, customers and memberships.
      optimum: async () => ({ rru: 1 + 0.5 + keyUnits(given, 50) + 50 * 0.5 * 2, wru: 0 }),
    };
  }),
];
