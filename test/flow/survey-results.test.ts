import { afterAll, beforeAll, expect, it } from 'vitest';
import { isoOf } from '../../functions/kernel/clock.ts';
import { idMaker } from '../../functions/kernel/ids.ts';
import { partialResponseEntity, responseEntity, responseIdOf } from '../../functions/responses/response.entity.ts';
import { completed, Response } from '../../functions/responses/response.ts';
import { SurveyDefinition } from '../../functions/surveys/definition.ts';
import type { Item } from '../../functions/table/entity.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import { campaignIn, peopleIn, runOf } from '../_util/campaign.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { oneQuestion, surveyIn } from '../_util/survey.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;
beforeAll(async () => {
  world = await startWorld();
  ws = await world.workspace();
});
afterAll(() => world?.stop());

const api = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  world.api(ws.keys.admin, method, path, body, headers);
const place = () => ({ tenant: ws.tenant, now: world.now() });
const results = async (id: string, query = '') => (await api('GET', `/v1/surveys/${id}/results${query}`)).body;

/** Numbers that follow from a seed, so that a failure can be looked at again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

/** What is in the table, counted another way: the raw rows of the survey. */
function recount(surveyId: string) {
  const rows = (world.rows(`T#${ws.tenant}#SURVEY#${surveyId}#`) as Item[]).filter(({ sk, a }) => !sk.startsWith('H#') && a === undefined);
  const done = rows.filter(({ co }) => co !== undefined);
  const given = done.flatMap(({ an }) => (an as { recommend?: number } | undefined)?.recommend ?? []);
  const share = (test: (one: number) => boolean) => given.filter(test).length / given.length;
  const [promoters, detractors] = [share((one) => one >= 9), share((one) => one <= 6)];
  const balance = promoters - detractors;
  return {
    started: rows.length,
    completed: done.length,
    n: given.length,
    value: 100 * balance,
    margin: 196 * Math.sqrt(Math.max(0, promoters + detractors - balance ** 2) / given.length),
    why: done.filter(({ an }) => (an as { why?: string } | undefined)?.why !== undefined).length,
  };
}

describeWorld('the results of a survey', () => {
  it('equal a recount after any sequence of answers, tags, archives and returns', async () => {
    const next = random(7);
    const survey = await surveyIn(place());
    const tokens: { token: string; rev: number }[] = [];
    for (let n = 0; n < 40; n++) {
      const { body } = await api('POST', '/v1/customers', { kind: 'person', name: `Somebody ${n}` });
      const link = await api('POST', `/v1/customers/${body.id}/survey-links`, { surveyId: survey.id });
      tokens.push({ token: link.body.url.split('/p/s/')[1], rev: 0 });
    }
    for (let step = 0; step < 240; step++) {
      const [one, dice] = [tokens[next(tokens.length)] as { token: string; rev: number }, next(10)];
      const answers = { recommend: next(11), ...(next(2) === 0 && { why: `Because ${step}` }) };
      const said = { rev: one.rev, language: 'en', answers, shown: ['recommend', 'why'].slice(0, 1 + next(2)) };
      if (dice < 3) {
        const kept = await world.api(undefined, 'PUT', `/p/api/s/${one.token}/answers`, said);
        if (kept.status === 200) one.rev = kept.body.rev;
      } else if (dice < 7) await world.api(undefined, 'POST', `/p/api/s/${one.token}/complete`, said);
      else {
        await world.drain();
        const archived = dice === 9;
        const listed = (await api('GET', `/v1/surveys/${survey.id}/responses?archived=${archived}`)).body.data as {
          id: string;
          version: number;
        }[];
        const response = listed[next(Math.max(1, listed.length))];
        if (!response) continue;
        const path = `/v1/surveys/${survey.id}/responses/${response.id}`;
        if (dice === 7) await api('PATCH', path, { tags: [`tag ${step}`] }, { 'if-match': `"${response.version}"` });
        if (dice === 8) await api('DELETE', path);
        if (dice === 9) await api('POST', `${path}/restore`);
      }
      if (step % 20 !== 19) continue;
      const [found, counted] = [await results(survey.id), recount(survey.id)];
      expect([found.started, found.completed]).toEqual([counted.started, counted.completed]);
      expect(found.questions[1].answered).toBe(counted.why);
      expect(found.score.n).toBe(counted.n);
      if (counted.n < 5) expect(found.score).toMatchObject({ hidden: true, value: null, counts: null });
      else {
        expect(found.score.value).toBeCloseTo(counted.value, 9);
        expect(found.score.margin).toBeCloseTo(counted.margin, 9);
      }
    }
    expect(recount(survey.id).completed).toBeGreaterThan(10);
  });

  it('tell what was left, by language, owner, version and month, and open the rows of each number', async () => {
    const survey = await surveyIn(place());
    const table = tableOf(ws.tenant, world.now());
    const [newId, asked] = [idMaker(() => world.now()), { surveyId: survey.id, surveyVersion: 1 }];
    const stamp = { by: null, via: 'link', requestId: null, now: world.now() };
    const definition = SurveyDefinition.parse(oneQuestion);
    for (let n = 0; n < 40; n++) {
      const base = Response.parse({
        ...{ id: responseIdOf(asked, newId('inv')), ...asked, channel: 'link', version: 1 },
        ...{ source: { kind: 'member', memberId: ws.members.sales.id }, language: n % 4 === 0 ? 'fr' : 'en' },
        ...{ answers: { recommend: n % 11 }, shown: n % 10 === 9 ? ['recommend', 'why'] : ['recommend'] },
        startedAt: isoOf(world.now() - (n % 3) * 31 * 86_400_000),
      });
      const done = completed(base, definition, { at: base.startedAt, ownerId: n < 20 ? ws.members.sales.id : null });
      const [entity, row] = n % 10 === 9 ? [partialResponseEntity, base] : [responseEntity, done];
      await table.commit(entity.create(ws.tenant, row.id, row as Response, stamp));
    }
    await world.drain();
    const all = await results(survey.id);
    expect(all).toMatchObject({
      started: 40,
      completed: 36,
      completionRate: { count: 36, of: 40 },
      main: { key: 'recommend', kind: 'nps' },
    });
    expect(all.questions).toMatchObject([
      { key: 'recommend', shown: 40, answered: 36, left: 0 },
      { key: 'why', shown: 4, answered: 0, left: 4 },
    ]);
    const languages = (await results(survey.id, '?by=language')).groups;
    expect(languages.map(({ key, completed: count }: { key: string; completed: number }) => [key, count])).toEqual([
      ['en', 26],
      ['fr', 10],
    ]);
    const french = await api('GET', `/v1/surveys/${survey.id}/responses?language=fr&limit=200`);
    expect(french.body.data).toHaveLength(10);
    const owners = (await results(survey.id, '?by=owner')).groups;
    expect(owners.find(({ key }: { key: string }) => key === ws.members.sales.id)).toMatchObject({
      completed: 18,
      name: expect.any(String),
    });
    expect(all.trend.reduce((sum: number, { completed: count }: { completed: number }) => sum + count, 0)).toBe(36);
    const detractors = await api('GET', `/v1/surveys/${survey.id}/responses?band=detractor&limit=200`);
    expect(detractors.body.data).toHaveLength(all.score.counts.slice(0, 7).reduce((sum: number, one: number) => sum + one, 0));
    const nines = await api('GET', `/v1/surveys/${survey.id}/responses?question=recommend&value=9&limit=200`);
    expect(nines.body.data).toHaveLength(all.score.counts[9]);
  });

  it('say how many of those who were reached have answered, by each wave, and whither it moved', async () => {
    const own = await world.workspace();
    const survey = await surveyIn({ tenant: own.tenant, now: world.now() });
    await peopleIn({ tenant: own.tenant, now: world.now() }, 12);
    const text = { subject: 'A question', body: '[Answer]({{links.survey}})' };
    const variants = [{ key: 'A', weight: 1, texts: { en: text } }];
    const content = { senderId: null, topic: 'news', fallbackLanguage: 'en', surveyId: survey.id, variants };
    const campaign = await campaignIn({ tenant: own.tenant, now: world.now() }, 'twice', { content, reentry: 'always' });
    for (const [turn, score] of [3, 10].entries()) {
      world.advance('P1D');
      const run = await runOf({ tenant: own.tenant, now: world.now() }, campaign);
      await world.drain();
      for (let minute = 0; minute < 3; minute++) {
        world.advance('PT1M');
        await world.drain();
      }
      const mails = world.loopback.mailbox
        .list(2_000)
        .filter(({ tags }) => tags.tenant === own.tenant && tags.run?.includes(run.occurrence));
      expect(mails).toHaveLength(12);
      for (const { text: mail } of mails.slice(0, 6 + turn))
        await world.api(undefined, 'POST', `/p/api/s/${/\/p\/s\/([\w.-]+)/.exec(mail ?? '')?.[1]}/complete`, {
          rev: 0,
          language: 'en',
          answers: { recommend: score },
        });
    }
    world.advance('PT1M');
    await world.drain();
    const { body } = await world.api(own.keys.admin, 'GET', `/v1/surveys/${survey.id}/results?by=wave`);
    expect(body.responseRate).toEqual({ count: 13, of: 24 });
    expect(body.groups).toMatchObject([
      { name: 'twice', completed: 6, responseRate: { count: 6, of: 12 }, score: { value: -100 }, movement: null },
      { name: 'twice', completed: 7, responseRate: { count: 7, of: 12 }, score: { value: 100 }, movement: { value: 200 } },
    ]);
  });
});
