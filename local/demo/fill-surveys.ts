import { type Agent, agentIn } from '../../functions/agent.ts';
import { campaignEntity } from '../../functions/campaigns/campaign.entity.ts';
import { Campaign } from '../../functions/campaigns/campaign.ts';
import { occurrenceAt } from '../../functions/campaigns/schedule.ts';
import { isoOf } from '../../functions/kernel/clock.ts';
import { memberIdOf, ulidAt } from '../../functions/kernel/ids.ts';
import { askingCampaignActions, askingRun } from '../../functions/responses/asking.entity.ts';
import { runInvitation } from '../../functions/responses/invitation.ts';
import { partialResponseEntity, responseEntity, responseIdOf } from '../../functions/responses/response.entity.ts';
import { completed, Response } from '../../functions/responses/response.ts';
import { chanceOf } from '../../functions/responses/response-lists.entity.ts';
import type { PlannedSurvey } from '../../functions/runs/plan.ts';
import type { Send } from '../../functions/runs/send.ts';
import { workspaceSenderId } from '../../functions/senders/sender.ts';
import type { Answers, Definition } from '../../functions/surveys/logic.ts';
import type { Action, Item } from '../../functions/table/entity.ts';
import type { DemoApi } from './api.ts';
import { raisedRows, themeIdOf } from './fill-themes.ts';
import type { Shelf, Work } from './fill-work.ts';
import { atMinute, dayMs } from './hours.ts';
import { writePastRun } from './past-run.ts';
import { type Language, languages, subOf } from './people.ts';
import type { StoryCustomer } from './people-maker.ts';
import { bytesOf, type Random, randomOf } from './random.ts';
import { quarters, type SurveyKey, surveyInput, surveyNames } from './surveys.ts';
import { afterVisit, invitation, type Mood, reasons } from './texts/surveys.ts';
import { themeOfAnswer } from './themes.ts';

/** What Batis's customers have answered: whether they would recommend it, each quarter, and how its visits were. */

const hourMs = 3_600_000;
const zone = 'Asia/Manila';
/** So many answer each quarter; a hundred, so that a score is what the story says. */
const perQuarter = 100;
/** Began, and went away. */
const leftPerQuarter = 9;
const mostVisits = 130;

export type Setting = { work: Work; shelf: Shelf; agent: Agent; surveyId: string };
export type Said = {
  customer: StoryCustomer;
  source: Response['source'];
  caseId?: string;
  channel: Response['channel'];
  invitationId: string;
  at: number;
  answers: Answers;
};

/** Makes both surveys and what was answered. What an earlier attempt made to the end stays as it is. */
export async function makeSurveys(work: Work, shelf: Shelf, now: number): Promise<void> {
  const agent = await agentIn(shelf.tenant, { now, requestId: 'demo' });
  if (!agent) throw new Error('the workspace of the demo is not active');
  const teller = { ...agent, stamp: { by: memberIdOf(shelf.tenant, subOf('bilal')), via: 'key', requestId: null, now } };
  const of = async (key: SurveyKey): Promise<Setting> => ({ work, shelf, agent: teller, surveyId: await surveyOf(shelf, key) });
  await askQuarters(await of('relationship'));
  await askAfterVisits(await of('visit'));
}

/** The survey by its name, made and published where it is not there yet. */
export async function surveyOf({ api }: Shelf, key: SurveyKey): Promise<string> {
  const { data } = await api.get<{ data: { id: string; name: string; state: string }[] }>('/v1/surveys?limit=100');
  const known =
    data.find(({ name }) => name === surveyNames[key]) ?? (await api.post<{ id: string; state: string }>('/v1/surveys', surveyInput(key)));
  if (known.state === 'draft') await api.post(`/v1/surveys/${known.id}/publish`, {});
  return known.id;
}

/** When each quarter was asked, in ms. */
export const askedAt = (work: Work, daysAgo: number) => atMinute(zone, Date.parse(work.told.start) - daysAgo * dayMs, 10 * 60);

function campaignOf({ work, shelf, surveyId }: Setting): Campaign {
  const times = quarters.map(({ daysAgo }) => askedAt(work, daysAgo));
  const [first = 0] = times;
  const last = times.at(-1) ?? 0;
  return Campaign.parse({
    id: `cmp_${ulidAt(first - dayMs, bytesOf(work.told.seed, work.told.start, 'relationship'))}`,
    name: surveyNames.relationship,
    goal: { metric: { kind: 'answered' }, target: 4 * perQuarter, deadline: isoOf(last + 30 * dayMs) },
    audience: { include: [{ where: { field: 'consent.email.service', op: 'eq', value: 'granted' } }], exclude: [], holdoutPercent: 0 },
    content: {
      senderId: workspaceSenderId(shelf.tenant),
      topic: 'service',
      fallbackLanguage: 'en',
      surveyId,
      variants: [{ key: 'A', weight: 1, texts: invitation }],
    },
    schedule: { kind: 'recurring', cron: '0 10 1 1,4,7,10 *', zone, until: isoOf(last + dayMs) },
    reentry: 'always',
    quietHours: { from: '00:00', to: '00:00' },
    state: 'ended',
    authors: [memberIdOf(shelf.tenant, subOf('bilal'))],
    startedAt: isoOf(first - hourMs),
    occurredThrough: isoOf(last),
    createdAt: isoOf(first - dayMs),
    updatedAt: isoOf(last),
    version: 1,
  });
}

async function askQuarters(setting: Setting): Promise<void> {
  const { work, shelf, agent, surveyId } = setting;
  const campaign = campaignOf(setting);
  if (await agent.table.get(campaignEntity.key(shelf.tenant, campaign.id))) return;
  const { coolDownDays, linkDays } = surveyInput('relationship');
  for (const { daysAgo, nps } of quarters) {
    const at = askedAt(work, daysAgo);
    const occurrence = occurrenceAt(at);
    const survey: PlannedSurvey = { id: surveyId, version: 1, occurrence, linkDays, coolDownDays };
    const random = randomOf(work.told.seed, 'relationship', daysAgo);
    const fateOf = () => (random.chance(0.6) ? { opened: random.between(4, 900) * 60_000 } : {});
    const sends = await writePastRun(agent, { campaign, occurrence, at, state: 'completed', most: null, fateOf, survey });
    const run = { campaignId: campaign.id, occurrence };
    await agent.table.writeMany(puts([askingRun(shelf.tenant, surveyId, { ...run, root: occurrence })]));
    await writeResponses(
      setting,
      surveyInput('relationship').definition,
      whoAnswered(setting, { sends, random, run, nps, isLate: daysAgo < 90 }),
    );
  }
  const made = campaignEntity.create(shelf.tenant, campaign.id, campaign, agent.stamp);
  await agent.table.writeMany(puts([...made, ...askingCampaignActions(shelf.tenant, campaign)]));
}

const puts = (actions: readonly Action[]): { put: Item }[] => actions.flatMap((action) => ('put' in action ? [{ put: action.put }] : []));

type Quarter = { sends: readonly Send[]; random: Random; run: { campaignId: string; occurrence: string }; nps: number; isLate: boolean };

/** A hundred of those who were asked, with so many promoters and detractors that the score is the story's. */
function whoAnswered({ work, shelf, surveyId }: Setting, { sends, random, run, nps, isLate }: Quarter): Said[] {
  const byId = new Map(work.told.customers.flatMap((one) => (shelf.ids.has(one.key) ? [[shelf.ids.get(one.key), one] as const] : [])));
  const heard = heardLately(work);
  const pool = sends.flatMap((send) => {
    const customer = byId.get(send.customerId);
    // Whoever was silent for long stays so: the segments count them. Those of the told stories have their own.
    return send.sentAt && !send.bouncedAt && customer && !customer.told && (!isLate || heard.has(customer.key)) ? [{ send, customer }] : [];
  });
  const drawn = pool.map((one) => ({ ...one, chance: random.next() })).sort((a, b) => a.chance - b.chance);
  const chosen = drawn.slice(0, perQuarter);
  const detractors = Math.round(chosen.length * (0.24 - nps / 400));
  const promoters = detractors + Math.round((nps * chosen.length) / 100);
  const moodOf = (nth: number): Mood => (nth < detractors ? 'low' : nth < detractors + promoters ? 'high' : 'middle');
  const values: Record<Mood, readonly number[]> = { low: [2, 3, 4, 5, 6, 6], middle: [7, 8, 8], high: [9, 9, 10] };
  const said = (customer: StoryCustomer, mood: Mood): Answers => ({
    q1: random.pick(values[mood]),
    ...(random.chance(0.62) && { q2: unlike(reasons[languageOf(customer)][mood], customer.key, run.occurrence) }),
  });
  const base = ({ send, customer }: (typeof drawn)[number]) => ({
    ...{ customer, channel: 'email' as const, source: { kind: 'campaign' as const, ...run } },
    invitationId: runInvitation(surveyId, run, send.customerId),
    at: Date.parse(send.sentAt ?? '') + random.between(1, 120) * hourMs,
  });
  return [
    ...chosen.map((one, nth) => ({ ...base(one), answers: said(one.customer, moodOf(nth)) })),
    ...drawn.slice(perQuarter, perQuarter + leftPerQuarter).map((one) => ({ ...base(one), answers: {} })),
  ];
}

const heardLately = (work: Work) => {
  const since = Date.parse(work.told.start) - 90 * dayMs;
  return new Set(work.told.interactions.flatMap((one) => (Date.parse(one.occurredAt) > since ? [one.customerKey] : [])));
};

export const languageOf = ({ record }: StoryCustomer): Language => {
  const language = record.preferences?.language;
  return languages.find((one) => one === language) ?? 'en';
};

/** One sentence of several; another at another time, so that no two are alike on one timeline. */
function unlike(sentences: readonly string[], key: string, occurrence: string): string {
  const quarter = quarters.length > 0 ? Number(occurrence.slice(0, 4)) * 4 + Math.floor((Number(occurrence.slice(4, 6)) - 1) / 3) : 0;
  const [begin = 0] = bytesOf(key);
  return sentences[(begin + quarter) % sentences.length] ?? '';
}

/** Visits of the last half year, of which some were asked how they were: by a link, or by a call. */
async function askAfterVisits(setting: Setting): Promise<void> {
  const { work, shelf } = setting;
  const start = Date.parse(work.told.start);
  const customers = new Map(work.told.customers.map((one) => [one.key, one]));
  const seen = new Set<string>();
  const said = work.told.interactions.flatMap((visit): Said[] => {
    const customer = customers.get(visit.customerKey);
    const random = randomOf(work.told.seed, visit.id, 'visit');
    const [visited, at] = [Date.parse(visit.occurredAt), Date.parse(visit.occurredAt) + random.between(20, 50) * hourMs];
    const limit = start - 90 * dayMs;
    if (visit.workspace !== 'batis' || visit.channel !== 'visit' || visited < start - 182 * dayMs || at > start - hourMs) return [];
    // An answer must not make somebody heard of who was not.
    if (!customer || customer.told || seen.has(customer.key) || (visited < limit && at > limit) || seen.size >= mostVisits) return [];
    seen.add(customer.key);
    const value = random.weighted([
      [5, 46],
      [4, 33],
      [3, 9],
      [2, 8],
      [1, 4],
    ] as const);
    const words = afterVisit[languageOf(customer)][value >= 4 ? 'high' : 'low'];
    const answers: Answers = { q1: value, ...(random.chance(0.5) && { [value >= 4 ? 'q3' : 'q2']: random.pick(words) }) };
    const source = { kind: 'member' as const, memberId: memberIdOf(shelf.tenant, visit.memberSub) };
    const invitationId = `inv_${ulidAt(visited, bytesOf(work.told.seed, work.told.start, visit.id, 'visit'))}`;
    return [{ customer, source, invitationId, at, answers, channel: random.chance(0.4) ? 'phone' : 'link' }];
  });
  await writeResponses(setting, surveyInput('visit').definition, said);
}

/** The rows of responses as the product leaves them; what follows from one follows as ever. */
export async function writeResponses({ work, shelf, agent, surveyId }: Setting, asked: object, all: readonly Said[]): Promise<void> {
  const definition = asked as Definition;
  const rows = all.flatMap((said) => {
    const { customer, source, channel, invitationId, answers, caseId = null } = said;
    const at = Math.min(said.at, agent.now - 1_000);
    const version = { surveyId, surveyVersion: 1 };
    const begun = Response.parse({
      ...version,
      ...{ id: responseIdOf(version, invitationId), source, channel, caseId, answers, language: languageOf(customer) },
      customerId: shelf.ids.get(customer.key) ?? null,
      shown: [definition.sections[0]?.questions[0]?.key ?? 'q1'],
      startedAt: isoOf(at - 90_000),
      version: 1,
    });
    const stamp = { ...agent.stamp, via: 'link' as const, now: at };
    if (Object.keys(answers).length === 0) return puts(partialResponseEntity.create(shelf.tenant, begun.id, begun, stamp));
    const ownerId = customer.ownerSub && memberIdOf(shelf.tenant, customer.ownerSub);
    work.report.responses++;
    const themeId = themeIdOf(work, shelf, themeOfAnswer(answers.q2));
    const done = { ...completed(begun, definition, { at: isoOf(at), ownerId }), themeId };
    return [
      ...puts(responseEntity.create(shelf.tenant, done.id, done, stamp)),
      ...raisedRows(shelf.tenant, { kind: 'response', id: done.id, customerId: done.customerId }, themeId),
    ];
  });
  await agent.table.writeMany(rows);
}

type Listed = { data: { id: string; customerId: string | null; completedAt: string }[]; page: { nextCursor: string | null } };

/** Archives the surveys of a story that is told anew, and takes what was answered off the timelines. */
export async function dropSurveys({ api }: Shelf): Promise<void> {
  const ours = new Set<string>(Object.values(surveyNames));
  const { data: campaigns } = await api.get<{ data: { id: string; name: string }[] }>('/v1/campaigns?limit=100');
  for (const { id } of campaigns.filter(({ name }) => ours.has(name))) await api.remove(`/v1/campaigns/${id}`);
  const { data: surveys } = await api.get<{ data: { id: string; name: string }[] }>('/v1/surveys?limit=100');
  for (const { id } of surveys.filter(({ name }) => ours.has(name))) {
    await dropAnswers(api, id);
    await api.remove(`/v1/surveys/${id}`);
  }
}

/** Takes what was answered off the timelines; `alsoOf` does more with each. */
export async function dropAnswers(
  api: DemoApi,
  surveyId: string,
  alsoOf = async (_responseId: string): Promise<void> => {},
): Promise<void> {
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { data, page }: Listed = await api.get<Listed>(`/v1/surveys/${surveyId}/responses?limit=100${cursor && `&cursor=${cursor}`}`);
    for (const { id, customerId, completedAt } of data) {
      const interaction = `int_${ulidAt(Date.parse(completedAt), chanceOf(id))}`;
      if (customerId) await api.remove(`/v1/customers/${customerId}/interactions/${interaction}`).catch(() => {});
      await alsoOf(id);
    }
    cursor = page.nextCursor;
  }
}
