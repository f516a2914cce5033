import { afterAll, beforeAll, expect, it } from 'vitest';
import { full, told } from '../_util/battery.ts';
import { answersIn, surveyIn } from '../_util/survey.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';
import { consumedBy } from './measure.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

const sizes = full ? [1_000, 10_000, 50_000] : [1_000];

describeWorld('the results of a survey', () => {
  it('cost half a read unit each ten answers, and are those of all of them', { timeout: 300_000 }, async () => {
    for (const many of sizes) {
      const ws = await world.workspace();
      const { id } = await surveyIn({ tenant: ws.tenant, now: world.now() });
      await answersIn({ tenant: ws.tenant, now: world.now() }, id, many);
      const ask = async () => (await world.api(ws.keys.admin, 'GET', `/v1/surveys/${id}/results`)).body;
      await ask();
      let shown: { completed?: number; complete?: boolean } = {};
      const began = performance.now();
      const { rru } = await consumedBy(async () => {
        shown = await ask();
      });
      told('the results of a survey', { answers: many, rru, ms: Math.round(performance.now() - began) });
      expect(shown).toMatchObject({ completed: many, complete: true });
      expect(rru).toBeLessThan(11 + many * 0.06);
    }
  });
});
