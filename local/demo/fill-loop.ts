import { type Agent, agentIn } from '../../functions/agent.ts';
import { idFrom, memberIdOf } from '../../functions/kernel/ids.ts';
import { askedInAll } from '../../functions/responses/asking.entity.ts';
import { readResponses, versionsOf } from '../../functions/responses/read-responses.ts';
import { readySurveyId } from '../../functions/rules/ready-texts.ts';
import { occurrenceAt } from '../../functions/runs/run.ts';
import { surveyEntity } from '../../functions/surveys/survey.entity.ts';
import { surveyTemplates } from '../../functions/surveys/templates.ts';
import { caseIdOf, plannedOf } from './fill-cases.ts';
import { askedAt, dropAnswers, languageOf, type Said, surveyOf, writeResponses } from './fill-surveys.ts';
import type { Shelf, Work } from './fill-work.ts';
import { dayMs } from './hours.ts';
import { subOf } from './people.ts';
import { randomOf } from './random.ts';
import { quarters, surveyInput } from './surveys.ts';
import { afterCase, better } from './texts/surveys.ts';

/** What came of what was asked a second time: after a case was closed, and thirty days after an unhappy answer. */

const hourMs = 3_600_000;
/** So many of ten answer. */
const answering = 7.5;

type Rules = Record<'closed' | 'again', string>;

/** Writes both kinds of answers. What an earlier attempt wrote is written the same. */
export async function closeTheLoop(work: Work, shelf: Shelf, now: number): Promise<void> {
  const agent = await agentIn(shelf.tenant, { now, requestId: 'demo' });
  if (!agent) throw new Error('the workspace of the demo is not active');
  const teller = { ...agent, stamp: { by: memberIdOf(shelf.tenant, subOf('bilal')), via: 'key', requestId: null, now } };
  const { data } = await shelf.api.get<{ data: { id: string; ready: string | null }[] }>('/v1/rules');
  const ruleOf = (name: keyof Rules) => data.find(({ ready }) => ready === name)?.id ?? '';
  const rules = { closed: ruleOf('closed'), again: ruleOf('again') };
  await answerAfterCases(work, shelf, { agent: teller, ruleId: rules.closed });
  await answerAgain(work, shelf, { agent: teller, ruleId: rules.again });
}

type Asking = { agent: Agent; ruleId: string };

/** What customers said of the cases that were closed. */
async function answerAfterCases(work: Work, shelf: Shelf, { agent, ruleId }: Asking): Promise<void> {
  const { tenant } = shelf;
  const surveyId = readySurveyId(agent.workspace, 'afterCase');
  const definition = surveyTemplates().find(({ key }) => key === 'afterCase')?.definition ?? {};
  const customers = new Map(work.told.customers.map((one) => [one.key, one]));
  const closed = plannedOf(work).filter(({ state, entry }) => state === 'closed' && !customers.get(entry.customerKey)?.told);
  const said = closed.flatMap((planned): Said[] => {
    const customer = customers.get(planned.entry.customerKey);
    const random = randomOf(work.told.seed, planned.entry.id, 'afterCase');
    if (!customer || !shelf.ids.has(customer.key) || !random.chance(answering / 10)) return [];
    const satisfied = random.weighted([
      [5, 40],
      [4, 32],
      [3, 14],
      [2, 9],
      [1, 5],
    ] as const);
    const words = afterCase[languageOf(customer)][satisfied >= 4 ? 'high' : 'low'];
    const answers = { satisfied, solved: satisfied >= 3 ? 'yes' : 'partly', ...(satisfied <= 3 && { better: random.pick(words) }) };
    return [
      {
        ...{ customer, channel: 'email' as const, source: { kind: 'rule' as const, ruleId }, caseId: caseIdOf(tenant, planned), answers },
        invitationId: idFrom('inv', 'demo', tenant, work.told.start, planned.entry.id),
        at: Date.parse(planned.entry.occurredAt) + (210 + random.between(1, 40)) * hourMs,
      },
    ];
  });
  await agent.table.commit([askedInAll(tenant, surveyId, { ruleId, many: closed.length })]);
  await writeResponses({ work, shelf, agent, surveyId }, definition, said);
}

/** What those say who were unhappy in the last quarter, thirty days later. */
const second = [9, 8, 9, 7, 10, 6, 8, 9, 5] as const;

async function answerAgain(work: Work, shelf: Shelf, { agent, ruleId }: Asking): Promise<void> {
  const { tenant } = shelf;
  const surveyId = await surveyOf(shelf, 'relationship');
  const row = await agent.table.get(surveyEntity.key(tenant, surveyId));
  const { rows } = await readResponses(agent, row ? await versionsOf(agent, surveyEntity.decode(row)) : []);
  const last = occurrenceAt(askedAt(work, quarters.at(-1)?.daysAgo ?? 0));
  const unhappy = rows
    .map(({ response }) => response)
    .filter(({ band, source }) => band === 'detractor' && source.kind === 'campaign' && source.occurrence === last)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const byId = new Map(work.told.customers.map((one) => [shelf.ids.get(one.key), one]));
  const said = unhappy.slice(0, second.length).flatMap((before, at): Said[] => {
    const customer = byId.get(before.customerId ?? '');
    const value = second[at] ?? 8;
    if (!customer || !before.completedAt) return [];
    const words = better[languageOf(customer)][value >= 7 ? 'high' : 'low'];
    return [
      {
        ...{ customer, channel: 'email' as const, source: { kind: 'rule' as const, ruleId } },
        invitationId: idFrom('inv', 'demo', tenant, before.id),
        at: Date.parse(before.completedAt) + 30 * dayMs + 2 * hourMs,
        answers: { q1: value, ...(at % 2 === 0 && { q2: words[at % words.length] ?? '' }) },
      },
    ];
  });
  await agent.table.commit([askedInAll(tenant, surveyId, { ruleId, many: unhappy.length })]);
  await writeResponses({ work, shelf, agent, surveyId }, surveyInput('relationship').definition, said);
}

/** Takes what was answered after cases out of the report and off the timelines, and the rule that asks by a survey that goes. */
export async function dropLoop({ api }: Shelf): Promise<void> {
  const { data } = await api.get<{ data: { id: string; ready: string | null }[] }>('/v1/rules');
  for (const { id, ready } of data) if (ready === 'visit') await api.remove(`/v1/rules/${id}`);
  const workspace = await api.get<{ id: string; createdAt: string }>('/v1/workspace');
  const surveyId = readySurveyId(workspace, 'afterCase');
  await dropAnswers(api, surveyId, async (responseId) => api.remove(`/v1/surveys/${surveyId}/responses/${responseId}`));
}
