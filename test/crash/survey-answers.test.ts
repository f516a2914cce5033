import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Item } from '../../functions/table/entity.ts';
import { chanceOf, full, seed, told } from '../_util/battery.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { surveyIn } from '../_util/survey.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';
import { Injector, within } from './injector.ts';

/** One invitation, sixteen who hand it in at once, and functions that die on the way. */
const invitations = full ? 400 : 20;
const abreast = 16;

describeWorld('an invitation that sixteen answer at once', { timeout: 600_000 }, () => {
  let world: World;
  let ws: SeededWorkspace;
  const injector = new Injector();
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
    await injector.install();
  });
  afterAll(() => world?.stop());

  it('is answered once, whoever dies when; who was thanked is who was heard', async () => {
    const chance = chanceOf(seed);
    const survey = await surveyIn({ tenant: ws.tenant, now: world.now() });
    const her = (await world.api(ws.keys.admin, 'POST', '/v1/customers', { kind: 'person', name: 'Ana' })).body;
    let thanked = 0;
    const wrong: string[] = [];
    for (let n = 0; n < invitations; n++) {
      const link = await world.api(ws.keys.admin, 'POST', `/v1/customers/${her.id}/survey-links`, { surveyId: survey.id });
      const path = `/p/api/s/${link.body.url.split('/p/s/')[1]}`;
      const before = new Set(responses(world, ws).map(({ sk }) => sk));
      const partly = chance.oneIn(2);
      const begun = { rev: 0, language: 'en', answers: { recommend: 5 } };
      if (partly) await world.api(undefined, 'PUT', `${path}/answers`, begun);
      /** Sends one form until somebody says how it ended; a function that died says nothing. */
      const handIn = async (recommend: number) => {
        const said = { rev: partly ? 1 : 0, language: 'en', answers: { recommend } };
        for (let attempt = 0; attempt < 12; attempt++) {
          const dies = chance.oneIn(2);
          const invocation = {
            ...{ chance, name: 'responses', dieAt: dies ? 1 + chance.below(9) : 0, after: chance.oneIn(2), sleepAt: 0 },
            ...{ sleep: async () => {}, faultsOneIn: 20, calls: 0, dead: false },
          };
          const { status, body } = await within(invocation, () => world.api(undefined, 'POST', `${path}/complete`, said));
          if (status < 500 && !(status === 409 && body.rev === undefined)) return { recommend, status };
        }
        return { recommend, status: 0 };
      };
      // Some say the same, some another thing.
      const ended = await Promise.all(Array.from({ length: abreast }, (_, at) => handIn(at % 11)));
      const done = responses(world, ws).filter(({ sk, co }) => co !== undefined && !before.has(sk));
      const heard = (done[0]?.an as { recommend: number } | undefined)?.recommend;
      if (done.length !== 1) wrong.push(`${done.length} responses`);
      for (const { recommend, status } of ended) {
        if (status === 200) thanked++;
        if (status === 200 && recommend !== heard) wrong.push(`thanked for ${recommend}, heard ${heard}`);
        if (status !== 200 && status !== 404) wrong.push(`ended with ${status}`);
      }
    }
    await world.drain();
    const completions = (world.rows(`T#${ws.tenant}#SURVEY#`) as Item[]).filter(({ sk, ac }) => sk.startsWith('H#') && ac === 'created');
    told('answers under crashes', { invitations, crashes: injector.crashes, thanked, faults: injector.faults.size });
    expect(wrong).toEqual([]);
    expect(completions).toHaveLength(invitations);
    expect(injector.crashes).toBeGreaterThan(invitations);
    const { body } = await world.api(ws.keys.admin, 'GET', `/v1/surveys/${survey.id}/results`);
    expect([body.started, body.completed]).toEqual([invitations, invitations]);
  });
});

const responses = (world: World, { tenant }: SeededWorkspace) =>
  (world.rows(`T#${tenant}#SURVEY#`) as Item[]).filter(({ sk }) => sk.startsWith('I#'));
