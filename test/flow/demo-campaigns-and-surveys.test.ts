import { afterAll, beforeAll, expect, it } from 'vitest';
import { isControl } from '../../functions/campaigns/campaign.ts';
import { interactionEntity } from '../../functions/interactions/interaction.entity.ts';
import { liftOf } from '../../functions/reports/lift.ts';
import { sendEntity } from '../../functions/runs/send.entity.ts';
import { count1, noCounts } from '../../functions/runs/shard.ts';
import type { Item } from '../../functions/table/entity.ts';
import { campaignNames } from '../../local/demo/campaigns.ts';
import { type FillOptions, fillDemo, refreshDemo } from '../../local/demo/fill.ts';
import { type Story, story } from '../../local/demo/story.ts';
import { quarters, type SurveyKey, surveyNames } from '../../local/demo/surveys.ts';
import { demoProduct } from '../_util/demo-product.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

/** Everybody and what they permit; of the year no more than half a year's visits and six weeks: campaigns and surveys ask for no more. */
function lately(seed: string, start: Date): Story {
  const whole = story(seed, start);
  const since = { visit: start.getTime() - 190 * 86_400_000, other: start.getTime() - 42 * 86_400_000 };
  const interactions = whole.interactions.filter(
    ({ occurredAt, channel }) => Date.parse(occurredAt) > (channel === 'visit' ? since.visit : since.other),
  );
  return { ...whole, interactions, followUps: [] };
}

/** The same with every third customer: what is told anew follows from what was put away, not from how much of it there is. */
function fewOf(whole: Story): Story {
  const customers = whole.customers.filter(({ told }, at) => told || at % 3 === 0);
  const keys = new Set(customers.map(({ key }) => key));
  const theirs = <T extends { customerKey: string }>(list: T[]) => list.filter(({ customerKey }) => keys.has(customerKey));
  return { ...whole, customers, interactions: theirs(whole.interactions), consents: theirs(whole.consents) };
}

describeWorld('the campaigns and surveys of the demo', { timeout: 240_000 }, () => {
  let world: World;
  let product: { options: FillOptions; close(): void };
  type Row = { id: string; name: string; state: string; pausedBecause: string | null; nextAt: string | null };
  let campaigns: Map<string, Row>;
  /** The report before the product has worked through the year. */
  let shown: object;

  const ask = async (path: string, method = 'GET') => (await world.api(product.options.keys.batis, method, path)).body;
  const named = (key: keyof typeof campaignNames) => campaigns.get(campaignNames[key])!;
  const runOf = async (key: keyof typeof campaignNames) => (await ask(`/v1/campaigns/${named(key).id}/runs`)).data[0];
  const sendsOf = (key: keyof typeof campaignNames) =>
    (world.rows(`T#batis001#RUN#${named(key).id}#`) as Item[])
      .filter(({ sk }) => sk.startsWith('TO#'))
      .map((row) => sendEntity.decode(row));
  const read = async () => {
    campaigns = new Map((await ask('/v1/campaigns?limit=100')).data.map((one: Row) => [one.name, one]));
  };

  const idOf = async (key: SurveyKey) =>
    (await ask('/v1/surveys?limit=100')).data.find(({ name }: { name: string }) => name === surveyNames[key]).id;
  type Wave = {
    key: string;
    name: string;
    completed: number;
    responseRate: { count: number; of: number };
    score: { value: number; margin: number };
  };
  const asked = async (): Promise<Wave[]> => (await ask(`/v1/surveys/${await idOf('relationship')}/results?by=wave`)).groups;
  /** Those of the campaign; the rule that asks again has one of its own. */
  const waves = async (): Promise<Wave[]> => (await asked()).filter(({ key }) => key.startsWith('cmp_'));

  beforeAll(async () => {
    world = await startWorld();
    product = await demoProduct(world);
    product.options.tell = lately;
    const report = await fillDemo(product.options);
    expect(report!.failed).toEqual([]);
    await read();
    shown = await ask(`/v1/campaigns/${named('completed').id}/report`);
    await world.drain();
  }, 240_000);
  afterAll(async () => {
    product?.close();
    await world?.stop();
  });

  const all = [...Object.values(campaignNames), surveyNames.relationship].sort();
  it('are four, and one that asks', () => {
    expect([...campaigns.keys()].sort()).toEqual(all);
  });

  it('have one that is due tomorrow at nine in Manila', () => {
    const { state, nextAt } = named('scheduled');
    const day = (time: number) => new Date(time).toLocaleDateString('en-CA', { timeZone: 'Asia/Manila' });
    expect(state).toBe('active');
    expect(new Date(nextAt!).toLocaleTimeString('en-GB', { timeZone: 'Asia/Manila' })).toBe('09:00:00');
    expect(day(Date.parse(nextAt!))).toBe(day(world.now() + 86_400_000));
  });

  it('have one that is completed, with a control and a lift that is worth telling', async () => {
    const { id, state } = named('completed');
    const campaign = await ask(`/v1/campaigns/${id}`);
    const run = await runOf('completed');
    const sends = sendsOf('completed');
    expect([state, run.state, run.counts.states.pending ?? 0]).toEqual(['ended', 'completed', 0]);
    const control = sends.filter(({ reason }) => reason === 'control');
    expect(control.every(({ customerId }) => isControl(campaign, customerId))).toBe(true);
    expect(control.length).toBeGreaterThanOrEqual(30);
    const report = await ask(`/v1/campaigns/${id}/report`);
    expect(report.lift.low).toBeGreaterThan(0);
    expect(report.returned.value).toBeGreaterThan(0);
    // A recount, here and by the product, comes to the same.
    const orders = (world.rows('T#batis001#CUS#') as Item[])
      .filter(({ e, o, r }) => e === 'interaction' && o === 'resolved' && r === 'order')
      .map((row) => interactionEntity.decode(row));
    const after = (customerId: string, from: string) =>
      orders.some((one) => {
        const days = (Date.parse(one.occurredAt) - Date.parse(from)) / 86_400_000;
        return one.customerId === customerId && days >= 0 && days <= 10;
      });
    const treated = sends.filter(({ sentAt }) => sentAt !== null);
    const [mine, theirs] = [
      treated.filter(({ customerId, sentAt }) => after(customerId, sentAt!)).length,
      control.filter(({ customerId, skippedAt }) => after(customerId, skippedAt!)).length,
    ];
    expect(report.total).toMatchObject({ accepted: treated.length, converted: mine, control: control.length, controlConverted: theirs });
    expect(report.lift).toEqual(liftOf({ conversions: mine, of: treated.length }, { conversions: theirs, of: control.length }));
    const again = await ask(`/v1/campaigns/${id}/report/count`, 'POST');
    expect({ ...again, asOf: '' }).toEqual({ ...shown, asOf: '' });
  });

  it.each(['completed', 'running', 'bounced'] as const)('say of %s what a recount of its messages says', async (key) => {
    const counts = structuredClone(noCounts);
    for (const send of sendsOf(key)) count1(counts, send);
    const run = await runOf(key);
    expect(run.counts).toEqual(counts);
    expect(run.recipients).toBe(counts.total);
  });

  it('have one that stands still because more than one in twenty came back', async () => {
    expect(named('bounced')).toMatchObject({ state: 'paused', pausedBecause: 'bounces' });
    const run = await runOf('bounced');
    expect(run).toMatchObject({ state: 'paused', pausedFor: 'bounces' });
    expect(run.counts.accepted).toBeGreaterThanOrEqual(100);
    expect(run.counts.bounced * 20).toBeGreaterThan(run.counts.accepted);
    expect(run.counts.states.pending).toBeGreaterThan(0);
  });

  it('have a survey whose score goes from 31 to 44 over four quarters, each with its margin and its response rate', async () => {
    const told = await waves();
    expect(told.map(({ score }) => Math.round(score.value))).toEqual(quarters.map(({ nps }) => nps));
    for (const { completed, responseRate, score } of told) {
      expect(completed).toBeGreaterThanOrEqual(70);
      expect(responseRate.count).toBe(completed);
      expect(responseRate.of).toBeGreaterThan(completed);
      expect(score.margin).toBeGreaterThan(5);
    }
  });

  it('have asked those who were unhappy once more, and what has moved is told of them and in all', async () => {
    const again = (await asked()).at(-1);
    expect(again?.key).toMatch(/^rul_/);
    expect(again?.responseRate).toEqual({ count: again?.completed, of: expect.any(Number) });
    expect(again?.score.value).toBeGreaterThan(10);
    const { data } = await ask(`/v1/surveys/${await idOf('relationship')}/responses?wave=${again?.key}&limit=20`);
    const [{ customer, score }] = data;
    const hers: { score: { value: number } }[] = (await ask(`/v1/customers/${customer.id}/responses`)).data;
    expect(hers[0]?.score.value).toBe(score.value);
    expect(hers[1]?.score.value).toBeLessThan(7);
  });

  it('tell how satisfied customers are after a case, on the case and in the report of cases', async () => {
    const { data } = await ask('/v1/cases?state=closed&limit=200');
    const values: number[] = data.flatMap(({ satisfied }: { satisfied: number | null }) => satisfied ?? []);
    expect(values.length).toBeGreaterThanOrEqual(10);
    const from = new Date(world.now() - 400 * 86_400_000).toISOString();
    const { satisfaction } = await ask(`/v1/case-report?from=${from}&to=${new Date(world.now()).toISOString()}`);
    expect(satisfaction.n).toBe(values.length);
    expect(satisfaction.value).toBeCloseTo((100 * values.filter((value) => value >= 4).length) / values.length, 9);
  });

  it('tell how satisfied customers are after a visit', async () => {
    const { main, score, started, completed } = await ask(`/v1/surveys/${await idOf('visit')}/results`);
    expect(main.kind).toBe('csat');
    expect(completed).toBe(started);
    expect(completed).toBeGreaterThanOrEqual(60);
    expect(score.value).toBeGreaterThan(65);
    expect(score.value).toBeLessThan(92);
  });

  it('have answers on the timelines of those who gave them, and in their own lists', async () => {
    const { data } = await ask(`/v1/surveys/${await idOf('relationship')}/responses?limit=20`);
    for (const { customer, score } of data.slice(0, 5)) {
      const hers = (await ask(`/v1/customers/${customer.id}/responses`)).data;
      expect(hers.some((one: { score: { value: number } }) => one.score.value === score.value)).toBe(true);
      const timeline = (await ask(`/v1/customers/${customer.id}/interactions?limit=100`)).data;
      expect(
        timeline.some(({ reason, responseId }: { reason: string; responseId: string | null }) => reason === 'feedback' && responseId),
      ).toBe(true);
    }
  });

  it('put what several said under a theme each, cases beside answers', async () => {
    const themes: { name: string; cases: number; responses: number; customers: number }[] = (await ask('/v1/themes')).data;
    expect(themes).toHaveLength(3);
    for (const { name, cases, responses, customers } of themes) {
      expect(responses, name).toBeGreaterThan(2);
      expect(cases, name).toBeGreaterThan(0);
      expect(customers, name).toBeLessThanOrEqual(cases + responses);
    }
  });

  it('have no answer that says the same sentence twice of one customer', async () => {
    const said = new Map<string, string[]>();
    const id = await idOf('relationship');
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { data: { customerId: string; answers: { q2?: string } }[]; page: { nextCursor: string | null } } = await ask(
        `/v1/surveys/${id}/responses?limit=100${cursor && `&cursor=${cursor}`}`,
      );
      for (const { customerId, answers } of page.data) if (answers.q2) said.set(customerId, [...(said.get(customerId) ?? []), answers.q2]);
      cursor = page.page.nextCursor;
    }
    const twice = [...said.values()].filter((sentences) => new Set(sentences).size < sentences.length);
    expect(twice).toEqual([]);
    expect(said.size).toBeGreaterThan(50);
  });

  it('have one that is running by each recipient’s clock, and goes on by itself', async () => {
    const before = await runOf('running');
    expect([named('running').state, before.state]).toEqual(['active', 'running']);
    expect(before.counts.accepted).toBeGreaterThan(20);
    expect(before.counts.states.pending).toBeGreaterThan(60);
    const dueAt = sendsOf('running').flatMap(({ dueAt: at }) => at ?? []);
    expect(before.finishesAt).toBe(dueAt.sort().at(-1));
    const mails = () => world.loopback.mailbox.list(1_000).filter(({ tags }) => tags.run?.startsWith(named('running').id)).length;
    for (let hours = 0; hours < 27; hours++) {
      world.advance('PT1H');
      await world.drain();
    }
    for (let minute = 0; minute < 3; minute++) {
      world.advance('PT1M');
      await world.drain();
    }
    expect(await runOf('running')).toMatchObject({ state: 'completed' });
    expect(mails()).toBe(before.counts.states.pending);
    await read();
    expect(named('running').state).toBe('ended');
  });

  it('are put away and made anew with the story', async () => {
    const old = named('completed').id;
    world.advance('P30D');
    const anew = new Date(world.now()).toISOString();
    product.options.tell = (seed, start) => (start.toISOString() < anew ? lately(seed, start) : fewOf(lately(seed, start)));
    expect((await refreshDemo(product.options)).failed).toEqual([]);
    await read();
    expect([...campaigns.keys()].sort()).toEqual(all);
    expect(named('completed').id).not.toBe(old);
    expect((await ask(`/v1/campaigns/${old}`)).archivedAt).not.toBeNull();
    expect((await runOf('running')).state).toBe('running');
    await world.drain();
    const told = await waves();
    expect(told).toHaveLength(quarters.length);
    for (const { completed, score } of told) expect([completed > 20, score.value > 20]).toEqual([true, true]);
  });
});
