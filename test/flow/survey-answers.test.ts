import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;
let count = 0;

const asked = (text: string) => ({ en: { title: text }, fr: { title: `${text} (fr)` } });
const definition = {
  sections: [
    {
      key: 'main',
      questions: [
        { key: 'recommend', kind: 'nps', required: true, texts: asked('Would you recommend us, {{customer.givenName | friend}}?') },
        {
          key: 'why',
          kind: 'text',
          showIf: { question: 'recommend', is: 'atMost', value: 6 },
          requiredIf: { question: 'recommend', is: 'atMost', value: 2 },
          texts: asked('What went wrong?'),
        },
      ],
    },
    {
      key: 'more',
      showIf: { question: 'recommend', is: 'atLeast', value: 9 },
      questions: [
        {
          key: 'liked',
          kind: 'multiple',
          texts: asked('What did you like?'),
          options: [
            { key: 'price', texts: asked('The price') },
            { key: 'people', texts: asked('The people') },
          ],
        },
      ],
    },
  ],
  thanks: { texts: { en: { title: 'Thank you, {{customer.givenName | friend}}' } } },
};

const as = (role: keyof SeededWorkspace['keys'], method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  world.api(ws.keys[role], method, path, body, headers);

async function survey(said: Record<string, unknown> = {}): Promise<string> {
  const input = { name: `Survey ${++count}`, languages: ['en', 'fr'], fallbackLanguage: 'en', definition, ...said };
  const made = await as('admin', 'POST', '/v1/surveys', input);
  expect(made.status).toBe(201);
  expect((await as('admin', 'POST', `/v1/surveys/${made.body.id}/publish`)).body).toMatchObject({
    state: 'published',
    publishedVersion: 1,
  });
  return made.body.id;
}

async function invited(surveyId: string): Promise<{ customerId: string; token: string }> {
  const { body } = await as('admin', 'POST', '/v1/customers', { kind: 'person', name: `Ana ${++count}`, givenName: 'Ana' });
  const link = await as('service', 'POST', `/v1/customers/${body.id}/survey-links`, { surveyId });
  expect(link.status).toBe(201);
  return { customerId: body.id, token: link.body.url.split('/p/s/')[1] };
}
const look = (token: string, query = '') => world.api(undefined, 'GET', `/p/api/s/${token}${query}`);
const say = (token: string, rev: number, answers: unknown, shown: string[] = []) =>
  world.api(undefined, 'PUT', `/p/api/s/${token}/answers`, { rev, language: 'en', answers, shown });
const handIn = (token: string, rev: number, answers: unknown) =>
  world.api(undefined, 'POST', `/p/api/s/${token}/complete`, { rev, language: 'en', answers });

/** Of an answer all that a stranger sees, but for what names the request. */
const seen = ({ status, headers, body }: { status: number; headers: Record<string, string>; body: Record<string, unknown> }) => {
  const { requestId: _, instance: __, ...rest } = body;
  const { 'x-request-id': ___, 'content-length': ____, ...said } = headers;
  return { status, said, rest };
};

describeWorld('a survey', () => {
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
  });
  afterAll(() => world?.stop());

  describe('by an identified link', () => {
    it('is asked in the language wanted, with her name set in', async () => {
      const { token } = await invited(await survey());
      const { status, body } = await look(token);
      expect(status).toBe(200);
      expect(body).toMatchObject({ token, rev: 0, state: 'new', answers: {}, survey: { language: 'en', languages: ['en', 'fr'] } });
      const [question] = body.survey.definition.sections[0].questions;
      expect(question.texts).toEqual({ en: { title: 'Would you recommend us, Ana?', help: null } });
      const french = (await look(token, '?language=fr-CA')).body.survey;
      expect(french.definition.sections[0].questions[0].texts).toEqual({ fr: { title: 'Would you recommend us, Ana? (fr)', help: null } });
    });

    it('keeps what was said so far, and goes on where she left', async () => {
      const { token } = await invited(await survey());
      expect((await say(token, 0, { recommend: 3 }, ['recommend'])).body).toEqual({ answers: { recommend: 3 }, rev: 1, state: 'started' });
      expect((await look(token)).body).toMatchObject({ answers: { recommend: 3 }, rev: 1, state: 'started' });
      expect((await say(token, 1, { recommend: 3, why: 'Cold soup' })).body.rev).toBe(2);
      // The answer to this was lost on the way: the same again is kept already.
      expect((await say(token, 1, { recommend: 3, why: 'Cold soup' })).body.rev).toBe(2);
      const late = await say(token, 1, { recommend: 9 });
      expect(late).toMatchObject({ status: 409, body: { code: 'conflict', rev: 2, answers: { recommend: 3, why: 'Cold soup' } } });
    });

    it('is handed in once: the same again is thanked for, anything else finds nothing', async () => {
      const { token } = await invited(await survey());
      const thanked = await handIn(token, 0, { recommend: 10, liked: ['people'] });
      expect(thanked).toMatchObject({ status: 200, body: { title: 'Thank you, Ana', redirectUrl: null } });
      expect(await handIn(token, 0, { recommend: 10, liked: ['people'] })).toMatchObject({
        status: 200,
        body: { title: 'Thank you, Ana' },
      });
      for (const again of [await look(token), await say(token, 1, { recommend: 1 }), await handIn(token, 0, { recommend: 1 })])
        expect(again).toMatchObject({ status: 404, body: { code: 'not_found' } });
    });

    it('takes no answer to a question that was not shown, and none that does not fit', async () => {
      const { token } = await invited(await survey());
      const hidden = await handIn(token, 0, { recommend: 9, why: 'You did not ask' });
      expect(hidden).toMatchObject({ status: 422, body: { errors: [{ pointer: '/answers/why', code: 'not_shown' }] } });
      expect((await say(token, 0, { recommend: 11 })).body.errors).toMatchObject([{ pointer: '/answers/recommend', code: 'out_of_range' }]);
      expect((await say(token, 0, { nothing: 1 })).body.errors).toMatchObject([{ pointer: '/answers/nothing', code: 'unknown_question' }]);
      expect((await handIn(token, 0, {})).body.errors).toMatchObject([{ pointer: '/answers/recommend', code: 'required' }]);
      expect((await handIn(token, 0, { recommend: 2 })).body.errors).toMatchObject([{ pointer: '/answers/why', code: 'required' }]);
      expect((await say(token, 0, { recommend: 9, liked: ['colour'] })).body.errors).toMatchObject([{ code: 'unknown_option' }]);
      expect((await look(token)).body.rev).toBe(0);
    });

    it('says that it is closed to whoever holds a link, and is open again afterwards', async () => {
      const id = await survey();
      const { token } = await invited(id);
      await as('manager', 'POST', `/v1/surveys/${id}/close`);
      for (const closed of [await look(token), await say(token, 0, { recommend: 5 }), await handIn(token, 0, { recommend: 9 })])
        expect(closed).toMatchObject({ status: 409, body: { code: 'survey_closed' } });
      await as('manager', 'POST', `/v1/surveys/${id}/reopen`);
      expect((await handIn(token, 0, { recommend: 9 })).status).toBe(200);
    });

    it('goes on in the version that she was asked in, whatever was published since', async () => {
      const id = await survey();
      const { token } = await invited(id);
      const fewer = { ...definition, sections: [{ key: 'other', questions: [{ key: 'stars', kind: 'rating', texts: asked('Stars?') }] }] };
      await as('admin', 'PATCH', `/v1/surveys/${id}`, { definition: fewer }, { 'if-match': '"2"' });
      expect((await as('admin', 'GET', `/v1/surveys/${id}`)).body).toMatchObject({ unpublished: true, publishedVersion: 1 });
      expect((await as('admin', 'POST', `/v1/surveys/${id}/publish`)).body).toMatchObject({ unpublished: false, publishedVersion: 2 });
      expect((await handIn(token, 0, { recommend: 9 })).status).toBe(200);
      const next = await invited(id);
      expect((await handIn(next.token, 0, { stars: 4 })).status).toBe(200);
    });

    it('answers wrong, used and expired links alike', async () => {
      const id = await survey({ linkDays: 1 });
      const [used, expired] = [await invited(id), await invited(id)];
      await handIn(used.token, 0, { recommend: 9 });
      world.advance('P2D');
      const other = await world.workspace();
      const wrong = [
        used.token,
        expired.token,
        `${ws.tenant}.${'A'.repeat(26)}`,
        `${expired.token}.1.${'A'.repeat(22)}`,
        `${other.tenant}.${expired.token.split('.')[1]}`,
        `zzzzzzzz.${'A'.repeat(26)}`,
        'nothing',
      ];
      const answers = await Promise.all(wrong.map(async (token) => [seen(await look(token)), seen(await say(token, 0, { recommend: 1 }))]));
      for (const [looked, said] of answers) {
        expect(looked).toEqual(answers[0]?.[0]);
        expect(said).toEqual(answers[0]?.[1]);
      }
      expect(answers[0]?.[0]).toMatchObject({ status: 404, rest: { code: 'not_found' } });
    });
  });

  describe('that cannot be answered', () => {
    const section = (key: string) => ({ key, questions: [{ key: `in-${key}`, kind: 'nps', texts: asked('?') }] });
    const refused = async (said: unknown) => {
      const input = { name: 'Refused', languages: ['en', 'fr'], fallbackLanguage: 'en', definition: said };
      const { status, body } = await as('admin', 'POST', '/v1/surveys', input);
      expect(status).toBe(422);
      return body.errors as { pointer: string; code: string; detail: string }[];
    };

    it('is refused with its way where its logic leads in a circle', async () => {
      const jumps = [{ after: 'in-b', when: { question: 'in-b', is: 'atMost', value: 6 }, to: 'a' }];
      const errors = await refused({ sections: [section('a'), section('b'), section('c')], jumps });
      expect(errors).toEqual([{ pointer: '/definition/jumps', code: 'survey_loop', detail: 'this way leads in a circle: a → b → a' }]);
    });

    it('is refused where no way leads to a section', async () => {
      const jumps = [{ after: 'in-a', when: { all: [] }, to: 'c' }];
      const errors = await refused({ sections: [section('a'), section('b'), section('c')], jumps });
      expect(errors).toMatchObject([{ pointer: '/definition/sections/1', code: 'survey_unreachable' }]);
    });

    it('is refused where it asks what comes later, or leads where nobody may be led', async () => {
      const [first, second] = [section('a'), section('b')];
      const early = { ...first, showIf: { question: 'in-b', is: 'answered', value: true } };
      expect(await refused({ sections: [early, second] })).toMatchObject([{ code: 'later_question' }]);
      const away = { sections: [first], thanks: { redirectUrl: 'https://evil.example/x' } };
      expect(await refused(away)).toMatchObject([{ pointer: '/definition/thanks/redirectUrl', code: 'not_allowed' }]);
    });
  });
});
