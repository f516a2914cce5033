import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SeededWorkspace } from '../_util/seed.ts';
import { surveyIn } from '../_util/survey.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;
beforeAll(async () => {
  world = await startWorld();
  ws = await world.workspace();
});
afterAll(() => world?.stop());

const api = (method: string, path: string, body?: unknown) => world.api(ws.keys.admin, method, path, body);
const page = (token: string) => world.api(undefined, 'GET', `/p/api/s/${token}`);
const said = (rev: number, answers: unknown) => ({ rev, language: 'en', answers });

describeWorld('a link that anybody may answer by', () => {
  it('gives each visitor answers of her own, which nobody else sees', async () => {
    const survey = await surveyIn({ tenant: ws.tenant, now: world.now() });
    const link = (await api('POST', `/v1/surveys/${survey.id}/links`, { name: 'Counter' })).body;
    expect(link).toMatchObject({ name: 'Counter', closedAt: null, url: expect.stringMatching(/\/p\/s\/[a-z0-9]{8}\.[\w-]{26}$/) });
    expect(link.qr).toMatch(/^<svg [^>]*viewBox="0 0 \d+ \d+"/);
    const open = link.url.split('/p/s/')[1];
    const visitors = await Promise.all([page(open), page(open)]);
    const [one = '', two = ''] = visitors.map(({ body }) => body.token as string);
    expect(one).not.toBe(two);
    await world.api(undefined, 'PUT', `/p/api/s/${one}/answers`, said(0, { recommend: 4 }));
    expect((await page(one)).body).toMatchObject({ rev: 1, answers: { recommend: 4 } });
    expect((await page(two)).body).toMatchObject({ rev: 0, answers: {} });
    for (const [token, recommend, rev] of [
      [one, 4, 1],
      [two, 10, 0],
    ] as const)
      expect((await world.api(undefined, 'POST', `/p/api/s/${token}/complete`, said(rev, { recommend }))).status).toBe(200);
    expect((await page(one)).status).toBe(404);
    await world.drain();
    const { body } = await api('GET', `/v1/surveys/${survey.id}/responses`);
    expect(body.data).toHaveLength(2);
    expect(body.data[0]).toMatchObject({
      channel: 'open',
      customerId: null,
      customer: null,
      source: { kind: 'open', openLinkId: link.id },
    });
    // The link itself takes no answer: what comes by it comes by a visit.
    expect((await world.api(undefined, 'PUT', `/p/api/s/${open}/answers`, said(0, { recommend: 4 }))).status).toBe(404);
    const closed = await api('POST', `/v1/surveys/${survey.id}/links/${link.id}/close`);
    expect(closed.body.closedAt).not.toBeNull();
    for (const token of [open, one, (visitors[0] as { body: { token: string } }).body.token]) expect((await page(token)).status).toBe(404);
  });

  it('asks the version that was out when it was opened', async () => {
    const survey = await surveyIn({ tenant: ws.tenant, now: world.now() });
    const link = (await api('POST', `/v1/surveys/${survey.id}/links`, { name: 'Site' })).body;
    const open = link.url.split('/p/s/')[1];
    const before = (await page(open)).body.token;
    const stars = { key: 'stars', kind: 'rating', texts: { en: { title: 'Stars?' } } };
    const changed = { definition: { sections: [{ key: 'main', questions: [stars] }] } };
    expect((await world.api(ws.keys.admin, 'PATCH', `/v1/surveys/${survey.id}`, changed, { 'if-match': '"2"' })).status).toBe(200);
    await api('POST', `/v1/surveys/${survey.id}/publish`);
    const after = (await page(open)).body;
    expect(after.survey.definition.sections[0].questions[0].key).toBe('stars');
    expect((await world.api(undefined, 'POST', `/p/api/s/${before}/complete`, said(0, { recommend: 9 }))).status).toBe(200);
    expect((await world.api(undefined, 'POST', `/p/api/s/${after.token}/complete`, said(0, { stars: 5 }))).status).toBe(200);
    await world.drain();
    const versions = (await api('GET', `/v1/surveys/${survey.id}/results?by=version`)).body.groups;
    expect(versions.map(({ key, completed }: { key: string; completed: number }) => [key, completed])).toEqual([
      ['1', 1],
      ['2', 1],
    ]);
  });
});

describeWorld('a template of a survey', () => {
  it('can be published as it is, and speaks five languages throughout', async () => {
    const templates = (await api('GET', '/v1/survey-templates')).body.data;
    expect(templates.map(({ key }: { key: string }) => key)).toEqual(['afterVisit', 'afterCase', 'relationship', 'product', 'whyUs']);
    for (const { key, names, ...survey } of templates) {
      expect(Object.keys(names).sort()).toEqual(['en', 'fil', 'fr', 'th', 'ur']);
      const { body, status } = await api('POST', '/v1/surveys', { ...survey, name: names.en });
      expect([key, status]).toEqual([key, 201]);
      expect((await api('POST', `/v1/surveys/${body.id}/publish`)).body.state).toBe('published');
      for (const { questions } of body.definition.sections)
        for (const { texts, options } of questions)
          for (const said of [texts, ...options.map((option: { texts: object }) => option.texts)]) {
            expect(Object.keys(said).sort()).toEqual(['en', 'fil', 'fr', 'th', 'ur']);
            expect(new Set(Object.values(said as Record<string, { title: string }>).map(({ title }) => title)).size).toBe(5);
          }
    }
  });
});
