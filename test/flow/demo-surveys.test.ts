import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FillOptions, fillDemo, refreshDemo } from '../../local/demo/fill.ts';
import { type Story, story } from '../../local/demo/story.ts';
import { quarters, type SurveyKey, surveyNames } from '../../local/demo/surveys.ts';
import { demoProduct } from '../_util/demo-product.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

/** Everybody and what they permit; of the year no more than visits and the last weeks: surveys ask for no more. */
function lately(seed: string, start: Date): Story {
  const whole = story(seed, start);
  const since = start.getTime() - 30 * 86_400_000;
  const interactions = whole.interactions.filter(({ occurredAt, channel }) => channel === 'visit' || Date.parse(occurredAt) > since);
  return { ...whole, interactions, followUps: [] };
}

describeWorld('the surveys of the demo', { timeout: 240_000 }, () => {
  let world: World;
  let product: { options: FillOptions; close(): void };
  const ask = async (path: string) => (await world.api(product.options.keys.batis, 'GET', path)).body;
  const idOf = async (key: SurveyKey) =>
    (await ask('/v1/surveys?limit=100')).data.find(({ name }: { name: string }) => name === surveyNames[key]).id;
  type Wave = { name: string; completed: number; responseRate: { count: number; of: number }; score: { value: number; margin: number } };
  const waves = async (): Promise<Wave[]> => (await ask(`/v1/surveys/${await idOf('relationship')}/results?by=wave`)).groups;

  beforeAll(async () => {
    world = await startWorld();
    product = await demoProduct(world);
    product.options.tell = lately;
    const report = await fillDemo(product.options);
    expect(report!.failed).toEqual([]);
    await world.drain();
  }, 240_000);
  afterAll(async () => {
    product?.close();
    await world?.stop();
  });

  it('have a score that goes from 31 to 44 over four quarters, each with its margin and its response rate', async () => {
    const told = await waves();
    expect(told.map(({ score }) => Math.round(score.value))).toEqual(quarters.map(({ nps }) => nps));
    for (const { completed, responseRate, score } of told) {
      expect(completed).toBeGreaterThanOrEqual(70);
      expect(responseRate.count).toBe(completed);
      expect(responseRate.of).toBeGreaterThan(completed);
      expect(score.margin).toBeGreaterThan(5);
    }
  });

  it('know how satisfied customers are after a visit', async () => {
    const { main, score, started, completed } = await ask(`/v1/surveys/${await idOf('visit')}/results`);
    expect(main.kind).toBe('csat');
    expect(completed).toBe(started);
    expect(completed).toBeGreaterThanOrEqual(60);
    expect(score.value).toBeGreaterThan(65);
    expect(score.value).toBeLessThan(92);
  });

  it('stand on the timelines of those who answered, and in their own lists', async () => {
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

  it('say no sentence twice on one timeline', async () => {
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

  it('are told anew once, and not beside the old ones', async () => {
    await refreshDemo(product.options);
    await world.drain();
    expect((await waves()).map(({ score }) => Math.round(score.value))).toEqual(quarters.map(({ nps }) => nps));
  });
});
