import { afterAll, beforeAll, expect, it } from 'vitest';
import { noSending } from '../../functions/admin/sending.ts';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import { triggerActions } from '../../functions/campaigns/trigger.entity.ts';
import { customerEntity } from '../../functions/customers/customer.entity.ts';
import { CustomerInput } from '../../functions/customers/customer.ts';
import { newCustomer } from '../../functions/customers/make.ts';
import { isoOf } from '../../functions/kernel/clock.ts';
import { idFrom, idMaker } from '../../functions/kernel/ids.ts';
import { readDue } from '../../functions/table/due.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import { campaignIn, peopleIn } from '../_util/campaign.ts';
import { dyingAt } from '../_util/dying.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;

const fresh = async (settings: object = {}) => {
  if (ws) world.end(ws.tenant);
  ws = await world.workspace({ ...settings });
  await world.drain();
};
const post = async (path: string, body: unknown = {}) => {
  const answer = await world.api(ws.keys.admin, 'POST', path, body);
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};

/** An active campaign that is entered by an event, or by rules alone; what a customer needs to hear is needed by everybody. */
async function triggered(event: string | null, said: Partial<Campaign> = {}): Promise<Campaign> {
  const place = { tenant: ws.tenant, now: world.now() };
  const text = { subject: 'Welcome', body: 'Dear {{customer.name}}' };
  const content = {
    senderId: null,
    surveyId: null,
    topic: 'transactional',
    fallbackLanguage: 'en',
    variants: [{ key: 'A', weight: 1, texts: { en: text } }],
  };
  const schedule = { kind: 'triggered', event } as Campaign['schedule'];
  const campaign = await campaignIn(place, 'Welcome', { schedule, reentry: 'always', content, ...said });
  const actions = triggerActions(ws.tenant, { from: { ...campaign, state: 'draft' }, to: campaign, at: isoOf(world.now()) });
  await tableOf(ws.tenant, world.now()).commit(actions);
  return campaign;
}

const goal: Campaign['goal'] = {
  ...{ metric: { kind: 'clicked' }, target: 1, deadline: '2099-01-01T00:00:00.000Z' },
  ...{ withinDays: 14, worth: null, group: null },
};

let made = 0;
const address = () => `person${++made}@people.example`;
const customer = async (more: object = {}): Promise<string> =>
  (await post('/v1/customers', { kind: 'person', name: `Person ${made}`, emails: [{ address: address() }], ...more })).id;
const mails = () => world.loopback.mailbox.list(2_000).filter(({ tags }) => tags.tenant === ws.tenant);
const waiting = () => world.rows(`T#${ws.tenant}#CUS#`).filter(({ sk }) => String(sk).startsWith('ENTER#'));
const minutes = async (many: number) => {
  for (let minute = 0; minute < many; minute++) {
    world.advance('PT1M');
    await world.drain();
  }
};

const newId = idMaker(() => world.now());
/** A customer made as another way than a person's hand makes her. */
async function byWay(via: string): Promise<void> {
  const input = CustomerInput.parse({ kind: 'person', name: `By ${via}`, emails: [{ address: address() }] });
  const row = newCustomer(input, { id: newId('cus'), via: 'import', country: 'FR', now: isoOf(world.now()) });
  const stamp = { by: null, via, requestId: null, now: world.now() };
  await tableOf(ws.tenant, world.now()).commit(customerEntity.create(ws.tenant, row.id, row, stamp));
  await world.drain();
}

const eventAbout = (customerId: string, at: string, type = 'customer.created') => {
  const rest = { schema: 1, tenant: ws.tenant, rowId: customerId, version: 1, customerId, actorId: null };
  const detail = { id: idFrom('evt', customerId, at), type, at, via: 'person', requestId: null, fields: [], ...rest };
  return { id: 'x', source: 'suki', 'detail-type': type, time: at, detail };
};
/** The sweep's word for the one who waits to enter. */
const dueEntry = () => {
  const detail = readDue(String(waiting()[0]?.gsi5sk));
  return { id: 'x', source: 'suki.work', 'detail-type': 'due.entry', time: detail?.at, detail };
};

describeWorld('a campaign that runs when something happens', () => {
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());

  it('writes to a new customer, and to nobody twice', async () => {
    await fresh();
    await triggered('customer.created');
    await customer();
    await customer();
    await world.drain();
    await minutes(3);
    expect(new Set(mails().map(({ to }) => to[0])).size).toBe(2);
    expect([mails().length, waiting()]).toEqual([2, []]);
  });

  it('writes once a day at most, however often it happens', async () => {
    await fresh();
    await triggered('interaction.created');
    const id = await customer();
    for (let time = 0; time < 5; time++) {
      await post(`/v1/customers/${id}/interactions`, { channel: 'call', direction: 'in' });
      await minutes(2);
    }
    expect(mails()).toHaveLength(1);
    world.advance('P1D');
    await post(`/v1/customers/${id}/interactions`, { channel: 'call', direction: 'in' });
    await minutes(3);
    expect(mails()).toHaveLength(2);
  });

  it('leaves alone what came by an import, an undo, a redrive or a restore, and what is two days old', async () => {
    await fresh();
    await triggered('customer.created');
    for (const via of ['import', 'undo', 'redrive', 'restore']) await byWay(via);
    const [id = ''] = await peopleIn({ tenant: ws.tenant, now: world.now() }, 1);
    world.advance('PT49H');
    await world.invoke('ruleWork', eventAbout(id, isoOf(world.now() - 48.5 * 3_600_000)));
    await minutes(2);
    expect([mails(), waiting()]).toEqual([[], []]);
  });

  it('lets nobody enter again when an event is told again on the next day', async () => {
    await fresh();
    await triggered('customer.created');
    const id = await customer();
    const event = eventAbout(id, isoOf(world.now()));
    await world.drain();
    await minutes(3);
    world.advance('PT24H');
    await world.invoke('ruleWork', event);
    await minutes(3);
    expect([mails().length, waiting()]).toEqual([1, []]);
  });

  it('writes only to its audience', async () => {
    await fresh();
    const where = { field: 'tags', op: 'eq', value: 'vip' } as const;
    await triggered('customer.created', { audience: { include: [{ where }], exclude: [], holdoutPercent: 0 } });
    await customer({ tags: ['vip'] });
    await customer();
    await world.drain();
    await minutes(3);
    expect([mails().length, waiting()]).toEqual([1, []]);
  });

  it('lets a customer enter by a rule, which may name an active one of its kind alone', async () => {
    await fresh();
    const campaign = await triggered(null);
    const place = { tenant: ws.tenant, now: world.now() };
    const once = await campaignIn(place, 'Once');
    const paused = await campaignIn(place, 'Paused', { state: 'paused', schedule: { kind: 'triggered', event: null } });
    const rule = (campaignId: string) => ({
      name: 'Welcome',
      when: { kind: 'customer.created' },
      does: [{ kind: 'campaign', campaignId }],
    });
    for (const [id, code] of [
      [once.id, 'not_triggered'],
      [paused.id, 'not_active'],
      [idFrom('cmp', 'nobody'), 'no_such_campaign'],
    ] as const) {
      const refused = await world.api(ws.keys.admin, 'POST', '/v1/rules', rule(id));
      expect([refused.status, refused.body.errors?.[0]]).toMatchObject([422, { pointer: '/does/0/campaignId', code }]);
    }
    const { id } = await post('/v1/rules', rule(campaign.id));
    await post(`/v1/rules/${id}/on`);
    await customer();
    await byWay('import');
    await world.drain();
    await minutes(3);
    const { data } = (await world.api(ws.keys.admin, 'GET', `/v1/rules/${id}/firings`)).body;
    expect([mails().length, waiting()]).toEqual([1, []]);
    expect(data).toMatchObject([{ outcome: 'done', made: [{ kind: 'campaign', id: campaign.id }] }]);
  });

  it('stops hearing of events when it is paused, and hears of them again when it goes on', async () => {
    await fresh();
    const campaign = await triggered('customer.created', { goal });
    const path = `/v1/campaigns/${campaign.id}`;
    await post(`${path}/pause`);
    await customer();
    await world.drain();
    await minutes(2);
    expect([mails(), waiting()]).toEqual([[], []]);
    await post(`${path}/resume`);
    await world.drain();
    world.advance('PT1S');
    await customer();
    await world.drain();
    await minutes(3);
    expect(mails()).toHaveLength(1);
  });

  it('goes no further than its budget when many join within a minute; the rest waits until there is more of it', async () => {
    await fresh({ sending: { ...noSending, unitPrices: { email: '10', sms: '0', call: '0', letter: '0' } } });
    const planned = (amount: string) => ({ planned: { amount, currency: 'PHP' }, manualCosts: [] });
    const campaign = await triggered('customer.created', { budget: planned('100'), goal });
    await Promise.all(Array.from({ length: 50 }, () => customer()));
    await world.drain();
    await minutes(3);
    expect(mails()).toHaveLength(10);
    const path = `/v1/campaigns/${campaign.id}`;
    const shown = (await world.api(ws.keys.admin, 'GET', path)).body;
    expect(shown).toMatchObject({ state: 'paused', pausedBecause: 'budget' });
    const more = await world.api(ws.keys.admin, 'PATCH', path, { budget: planned('500') }, { 'if-match': `"${shown.version}"` });
    expect(more.status).toBe(200);
    await post(`${path}/resume`);
    await world.drain();
    await minutes(3);
    expect(new Set(mails().map(({ to }) => to[0])).size).toBe(50);
    expect(mails()).toHaveLength(50);
  });

  it('counts what the last moments of a day have cost before the next day spends anything', async () => {
    await fresh({ sending: { ...noSending, unitPrices: { email: '10', sms: '0', call: '0', letter: '0' } } });
    const day = 86_400_000;
    world.advance(`PT${Math.ceil((day - (world.now() % day)) / 1_000) - 30}S`);
    await world.drain();
    const budget = { planned: { amount: '120', currency: 'PHP' }, manualCosts: [] };
    const campaign = await triggered('interaction.created', { budget, goal });
    const ids = await peopleIn({ tenant: ws.tenant, now: world.now() }, 15);
    const join = async (some: string[]) => {
      for (const id of some) {
        await world.invoke('ruleWork', eventAbout(id, isoOf(world.now()), 'interaction.created'));
        await world.invoke('runWork', dueEntry());
      }
    };
    await join(ids.slice(0, 3));
    // They are written to, and nobody counts it before midnight.
    for (const { body } of world.loopback.queues.receive('on-runWork', { atMost: 100, all: true }))
      if (body.includes('work.shard')) await world.invoke('runWork', JSON.parse(body));
    expect(mails()).toHaveLength(3);
    world.advance('PT40S');
    await join(ids.slice(3));
    await world.drain();
    await minutes(6);
    expect(mails()).toHaveLength(12);
    const shown = (await world.api(ws.keys.admin, 'GET', `/v1/campaigns/${campaign.id}`)).body;
    expect(shown).toMatchObject({ state: 'paused', pausedBecause: 'budget' });
  });

  it('loses nobody and writes to nobody twice when a worker dies at any call to the database', { timeout: 120_000 }, async () => {
    let deaths = 0;
    // After a call is before the next one, but where a message goes between them.
    for (const [worker, times] of [
      ['ruleWork', ['before']],
      ['runWork', ['before', 'after']],
    ] as const)
      for (const when of times)
        for (let call = 1; ; call++) {
          await fresh();
          const [id = ''] = await peopleIn({ tenant: ws.tenant, now: world.now() }, 1);
          await triggered('interaction.created');
          const event = eventAbout(id, isoOf(world.now()), 'interaction.created');
          if (worker === 'runWork') await world.invoke('ruleWork', event);
          const told = () => (worker === 'ruleWork' ? event : dueEntry());
          const first = told();
          const { died } = await dyingAt(call, when, () => world.invoke(worker, first));
          for (let again = 0; again < 2; again++) await world.invoke('ruleWork', event);
          await minutes(3);
          expect([mails().length, waiting()], `${worker} died ${when} call ${call}`).toEqual([1, []]);
          if (!died) break;
          deaths += 1;
        }
    expect(deaths).toBeGreaterThan(30);
  });
});
