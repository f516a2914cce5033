import { expect } from 'vitest';
import { triggerActions } from '../../functions/campaigns/trigger.entity.ts';
import { isoOf } from '../../functions/kernel/clock.ts';
import { timeOf } from '../../functions/kernel/ids.ts';
import { readDue } from '../../functions/table/due.ts';
import type { Item } from '../../functions/table/entity.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import { campaignIn, peopleIn, runOf } from '../_util/campaign.ts';
import { firstCustomers, type Given, good, type Operation, say } from './operations.ts';
import { entryBytes, itemBytes, readUnits, strongReadUnits, writeUnits } from './size.ts';

/** What a campaign costs beside its messages: to plan, to try, to begin, to enter and to report; and by what must be touched the least. */
const sum = (rows: readonly Item[], of: (row: Item) => number) => rows.reduce((total, row) => total + of(row), 0);
const keyBytes = ({ pk, sk, gsi3pk, gsi3sk }: Item) => itemBytes({ pk, sk, gsi3pk, gsi3sk });
const post = async ({ world, ws }: Given, path: string, body: unknown = {}) =>
  good(await world.api(ws.keys.admin, 'POST', path, body)).body;

const text = { subject: 'News for {{customer.name}}', body: 'Dear {{customer.name}}\n\nThere is news.' };
const content = { topic: 'transactional', fallbackLanguage: 'en', variants: [{ key: 'A', texts: { en: text } }] };
const metric = { kind: 'replied', channel: null } as const;
const goal = { metric, target: 10, deadline: '2099-01-01T00:00:00Z', withinDays: 14, worth: null, group: null };
const budget = { planned: { amount: '100000', currency: 'PHP' }, manualCosts: [] };

/** The first thousand customers of a workspace, whatever came later. */
const firstThousand = (given: Given) => {
  const last = firstCustomers(given)[999];
  return { where: { field: 'createdAt', op: 'lte', value: isoOf(timeOf(String(last?.gsi3sk))) } } as const;
};
const input = (given: Given) => ({
  name: 'Cost',
  goal,
  budget,
  content,
  audience: { include: [firstThousand(given)], exclude: [], holdoutPercent: 20 },
  schedule: { kind: 'once', at: isoOf(given.world.now() + 7 * 86_400_000), zone: 'UTC' },
});
const rowOf = ({ world, ws }: Given, id: string) => (world.rows(`T#${ws.tenant}#CMP#${id}`) as Item[]).find(({ sk }) => sk === '~') as Item;
const entries = (row: Item) => ['gsi1', 'gsi5'].filter((index) => row[`${index}pk`]);
const put = (row: Item) =>
  writeUnits(itemBytes(row)) + entries(row).reduce((total, index) => total + writeUnits(entryBytes(row, index)), 0);

/** A campaign that waits for its events, and somebody to whom one of them happens. */
async function waitingFor(given: Given) {
  const { world, ws } = given;
  const place = { tenant: ws.tenant, now: world.now() };
  const [first = '', second = ''] = await peopleIn(place, 2, { addressOf: (n) => `enters${n}.${place.now}@people.example` });
  const campaign = await campaignIn(place, 'Enter', { schedule: { kind: 'triggered', event: 'consent.created' }, reentry: 'always' });
  const table = tableOf(ws.tenant, world.now());
  await table.commit(triggerActions(ws.tenant, { from: { ...campaign, state: 'draft' }, to: campaign, at: isoOf(world.now()) }));
  const happens = (customerId: string) => {
    const at = isoOf(world.now());
    const about = { id: `evt_${customerId.slice(4)}`, type: 'consent.created', schema: 1, tenant: ws.tenant, at, rowId: customerId };
    const detail = { ...about, version: 1, customerId, actorId: null, via: 'person', requestId: null, fields: [] };
    return world.invoke('ruleWork', { id: 'e', source: 'suki', 'detail-type': about.type, time: at, detail });
  };
  const enter = (customerId: string) => {
    const row = (world.rows(`T#${ws.tenant}#CUS#${customerId}`) as Item[]).find(({ sk }) => sk.startsWith('ENTER#'));
    const detail = readDue(String(row?.gsi5sk));
    return world.invoke('runWork', { id: 'e', source: 'suki.work', 'detail-type': 'due.entry', time: detail?.at, detail });
  };
  const over = async () => {
    await table.commit(triggerActions(ws.tenant, { from: campaign, to: { ...campaign, state: 'ended' }, at: isoOf(world.now()) }));
    await world.drain();
  };
  return { first, second, happens, enter, over };
}

export const campaignOperations: Operation[] = [
  say('make a campaign', async (given) => {
    const body = input(given);
    let id = '';
    return {
      run: async () => {
        id = (await post(given, '/v1/campaigns', body)).id;
      },
      // The row and its entry in the list.
      optimum: async () => ({ rru: 0, wru: put(rowOf(given, id)) }),
    };
  }),
  say('a campaign’s dry run, 1,000 customers', async (given) => {
    const { id } = await post(given, '/v1/campaigns', input(given));
    return {
      run: async () => expect(await post(given, `/v1/campaigns/${id}/dry-run`)).toMatchObject({ size: 1_000, done: true }),
      // The campaign; the audience's keys in two pages and their rows; of each what a claim must know, control included: customer, consent,
      // suppression, cap, last message and whether she was kept from one. What it came to, within 1 KiB.
      optimum: async () => {
        const page = readUnits(sum(firstCustomers(given).slice(0, 500), keyBytes));
        return { rru: 1 + 2 * page + 500 + 6 * 1_000, wru: 1 };
      },
    };
  }),
  say('start a campaign that was tried', async (given) => {
    const { id } = await post(given, '/v1/campaigns', input(given));
    await post(given, `/v1/campaigns/${id}/dry-run`);
    return {
      run: async () => expect(await post(given, `/v1/campaigns/${id}/start`)).toMatchObject({ state: 'active' }),
      // Workspace, campaign, sender, dry run; the row, its entry in the list rewritten, one in the due index made.
      optimum: async () => {
        const wru = put(rowOf(given, id));
        await post(given, `/v1/campaigns/${id}/end`);
        return { rru: 1 + 1 + 1 + 1, wru };
      },
    };
  }),
  say('begin a campaign’s run', async (given) => {
    const { world, ws } = given;
    const { id } = await post(given, '/v1/campaigns', input(given));
    await post(given, `/v1/campaigns/${id}/dry-run`);
    const { nextAt } = await post(given, `/v1/campaigns/${id}/start`);
    // The workspaces of other tests have nothing to do in that week.
    world.advance('P7D');
    const detail = { at: nextAt, tenant: ws.tenant, kind: 'campaign', id };
    return {
      run: () => world.invoke('onCampaigns', { id: 'e', source: 'suki.work', 'detail-type': 'due.campaign', time: nextAt, detail }),
      optimum: async () => {
        const rows = (world.rows(`T#${ws.tenant}#RUN#${id}#`) as Item[]).filter(({ sk }) => ['META', 'PLAN', 'PROGRESS'].includes(sk));
        expect(rows).toHaveLength(3);
        // Workspace, campaign, its earlier runs. Run, plan and progress together, each of the first and last with an entry; the campaign with
        // its entry in the list rewritten, that in the due index gone.
        const together = 2 * sum(rows, (row) => writeUnits(itemBytes(row))) + 2;
        const wru = together + put(rowOf(given, id)) + 1;
        await post(given, `/v1/campaigns/${id}/end`);
        return { rru: 1 + 1 + 0.5, wru };
      },
    };
  }),
  say('count what a run of 100 came to', async (given) => {
    const { world, ws } = given;
    const place = { tenant: ws.tenant, now: world.now() };
    const many = 100;
    const ids = await peopleIn(place, many, { addressOf: (n) => `counted${n}.${place.now}@people.example` });
    const times = ids.map((one) => isoOf(timeOf(one)));
    const among = (op: 'gte' | 'lte', value = '') => ({ field: 'createdAt', op, value });
    const where = { and: [among('gte', times[0]), among('lte', times.at(-1))] };
    const campaign = await campaignIn(place, 'Counted', { goal, audience: { include: [{ where }], exclude: [], holdoutPercent: 20 } });
    const { occurrence } = await runOf(place, campaign);
    await world.drain();
    for (let minute = 0; minute < 2; minute++) {
      world.advance('PT1M');
      await world.drain();
    }
    const path = `/v1/campaigns/${campaign.id}/runs/${occurrence}/report/count`;
    return {
      run: async () => {
        const { total } = await post(given, path);
        expect(total.accepted + total.control).toBe(many);
      },
      optimum: async () => {
        const rows = world.rows(`T#${ws.tenant}#RUN#${campaign.id}#${occurrence}`) as Item[];
        const sends = rows.filter(({ sk }) => sk.startsWith('TO#'));
        const plan = rows.find(({ sk }) => sk === 'PLAN') as Item;
        // Campaign, run and plan; the messages, which say language and part of the audience; what each customer did lately. What was counted is
        // written and read, with the run's own counts.
        return {
          rru: 1 + 1 + strongReadUnits(itemBytes(plan)) + readUnits(sum(sends, itemBytes)) + many * 0.5 + 0.5 + 0.5,
          wru: 1,
        };
      },
    };
  }),
  say('something happened, by which a customer is to enter a campaign', async (given) => {
    const { first, happens, over } = await waitingFor(given);
    return {
      run: () => happens(first),
      optimum: async () => {
        await over();
        // Rules and triggers, the workspace, whether she waits already; the entry, due.
        return { rru: 1 + 1 + 1, wru: 1 + 1 };
      },
    };
  }),
  say('a customer enters a campaign', async (given) => {
    const { first, second, happens, enter, over } = await waitingFor(given);
    // The first one of the day opens the run.
    await happens(first);
    await enter(first);
    await given.world.drain();
    await happens(second);
    return {
      run: () => enter(second),
      optimum: async () => {
        await over();
        // Workspace, entry, campaign, customer, run, plan, shard. Her send; the shard woken, due; the entry gone, and what made it due.
        return { rru: 7, wru: 1 + (1 + 1) + (1 + 1) };
      },
    };
  }),
];
