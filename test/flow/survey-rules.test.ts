import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Item } from '../../functions/table/entity.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { surveyIn } from '../_util/survey.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;
let count = 0;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

const api = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  world.api(ws.keys.admin, method, path, body, headers);
const post = async (path: string, body?: unknown) => {
  const answer = await api('POST', path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
};
const ruleOn = async (rule: object) => {
  const made = await post('/v1/rules', { name: `Rule ${++count}`, ...rule });
  await post(`/v1/rules/${made.id}/on`, {});
  return made;
};
const minutes = async (many: number) => {
  for (let minute = 0; minute < many; minute++) {
    world.advance('PT1M');
    await world.drain();
  }
};
const customer = async () =>
  post('/v1/customers', {
    kind: 'person',
    name: `Ana ${++count}`,
    ownerId: ws.members.sales.id,
    emails: [{ address: `ana${count}@people.example` }],
  });
const asking = async () =>
  (
    await post('/v1/message-templates', {
      name: `Ask ${++count}`,
      texts: { en: { subject: 'A question', body: 'Say it here: {{links.survey}}' } },
    })
  ).id;
const mailsTo = (address: string) => world.loopback.mailbox.list(2_000).filter(({ to }) => to.includes(address));
const tokenIn = (text: string | undefined) => /\/p\/s\/([\w.-]+)/.exec(text ?? '')?.[1];
const handIn = (token: string | undefined, recommend: number) =>
  world.api(undefined, 'POST', `/p/api/s/${token}/complete`, { rev: 0, language: 'en', answers: { recommend } });
const invited = async (customerId: string, surveyId: string) =>
  (await post(`/v1/customers/${customerId}/survey-links`, { surveyId })).url.split('/p/s/')[1] as string;

describeWorld('an answer to a survey', () => {
  it('that is unhappy leads to a follow-up of the owner and to a second question after 30 days, and the report shows the movement', async () => {
    ws = await world.workspace();
    const survey = await surveyIn({ tenant: ws.tenant, now: world.now() });
    const again = { kind: 'message', templateId: await asking(), surveyId: survey.id, inDays: 30 };
    const call = { kind: 'followUp', title: 'Call back', for: { to: 'owner' } };
    await ruleOn({ when: { kind: 'response.completed', band: 'detractor' }, does: [call, again] });
    const her = await customer();
    const happy = await customer();
    await handIn(await invited(her.id, survey.id), 2);
    await handIn(await invited(happy.id, survey.id), 10);
    await world.drain();
    const followUps = (await api('GET', '/v1/follow-ups?scope=all')).body.data;
    expect(followUps).toMatchObject([{ title: 'Call back', customerId: her.id, ownerId: ws.members.sales.id }]);
    expect(mailsTo(her.emails[0].address)).toEqual([]);
    world.advance('P30D');
    await minutes(2);
    const [mail] = mailsTo(her.emails[0].address);
    expect((await handIn(tokenIn(mail?.text), 9)).status).toBe(200);
    await world.drain();
    const told = (await api('GET', `/v1/customers/${her.id}/responses`)).body.data;
    expect(told.map(({ score, source }: { score: { value: number }; source: { kind: string } }) => [score.value, source.kind])).toEqual([
      [9, 'rule'],
      [2, 'member'],
    ]);
    const results = (await api('GET', `/v1/surveys/${survey.id}/results`)).body;
    expect(results.responseRate).toEqual({ count: 1, of: 1 });
    expect(results.completed).toBe(3);
  });

  it('is not asked for by a rule once the survey is closed, once she has answered, or too soon after another', async () => {
    ws = await world.workspace();
    const survey = await surveyIn({ tenant: ws.tenant, now: world.now() }, { coolDownDays: 30 });
    const templateId = await asking();
    const rule = await ruleOn({
      when: { kind: 'interaction.created', reason: 'service' },
      does: [{ kind: 'message', templateId, surveyId: survey.id, inDays: 1 }],
    });
    const visited = (id: string) => post(`/v1/customers/${id}/interactions`, { channel: 'visit', direction: 'none', reason: 'service' });
    const [first, second] = [await customer(), await customer()];
    await visited(first.id);
    await world.drain();
    await visited(first.id);
    await visited(second.id);
    await world.drain();
    const firings = (await api('GET', `/v1/rules/${rule.id}/firings`)).body.data as {
      customerId: string;
      outcome: string;
      reason: string;
    }[];
    const of = (id: string) => firings.filter(({ customerId }) => customerId === id).map(({ outcome, reason }) => reason ?? outcome);
    expect(of(first.id).sort()).toEqual(['cool_down', 'done']);
    expect(of(second.id)).toEqual(['done']);
    await post(`/v1/surveys/${survey.id}/close`);
    world.advance('P1D');
    await minutes(2);
    const sends = (world.rows(`T#${ws.tenant}#MSG#`) as Item[]).filter(({ sk }) => sk.startsWith('TO#'));
    expect(sends.map(({ st, r }) => [st, r])).toEqual([
      ['skipped', 'survey_closed'],
      ['skipped', 'survey_closed'],
    ]);
    await post(`/v1/surveys/${survey.id}/reopen`);
  });

  it('sets off the rules of its own survey and score alone', async () => {
    ws = await world.workspace();
    const [survey, other] = [
      await surveyIn({ tenant: ws.tenant, now: world.now() }),
      await surveyIn({ tenant: ws.tenant, now: world.now() + 1 }),
    ];
    const tag = (add: string) => [{ kind: 'tag', add: [add] }];
    await ruleOn({ when: { kind: 'response.completed', surveyId: survey.id, atMost: 6 }, does: tag('low') });
    await ruleOn({ when: { kind: 'response.completed', surveyId: survey.id, atLeast: 9 }, does: tag('high') });
    await ruleOn({ when: { kind: 'response.completed', band: 'promoter' }, does: tag('promoter') });
    const people = [];
    for (const [asked, recommend] of [
      [survey, 3],
      [survey, 9],
      [other, 10],
      [other, 1],
    ] as const) {
      const her = await customer();
      await handIn(await invited(her.id, asked.id), recommend);
      people.push(her.id);
    }
    await world.drain();
    const tags = await Promise.all(people.map(async (id) => (await api('GET', `/v1/customers/${id}`)).body.tags.sort()));
    expect(tags).toEqual([['low'], ['high', 'promoter'], ['promoter'], []]);
    const refused = await api('POST', '/v1/rules', {
      name: 'Gone',
      when: { kind: 'response.completed', surveyId: 'svy_01J9Z3T8Q4V6N2K7M5R0B1C2D3' },
      does: tag('x'),
    });
    expect(refused.body.errors).toMatchObject([{ pointer: '/when/surveyId', code: 'no_such_survey' }]);
  });
});
