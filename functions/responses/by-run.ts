import { type Campaign, contentOf, recipientsOf } from '../campaigns/campaign.ts';
import type { SurveyKnown } from '../runs/decide.ts';
import type { Plan, PlannedSurvey } from '../runs/plan.ts';
import { planEntity } from '../runs/run.entity.ts';
import type { RunKey } from '../runs/run.ts';
import type { Worker } from '../runs/run-rows.ts';
import { capEntity } from '../runs/send.entity.ts';
import type { Send, SendChannel } from '../runs/send.ts';
import { surveyEntity } from '../surveys/survey.entity.ts';
import { isOpen } from '../surveys/survey.ts';
import type { Item } from '../table/entity.ts';
import { runInvitation } from './invitation.ts';
import { inviteAction } from './invite.ts';
import { invitationToken, surveyUrl } from './link.ts';
import { responseEntity, responseIdOf } from './response.entity.ts';

/** Surveys that campaigns ask by: which version a run asks, whose link is whose, and who is not asked. */

type Reader = Pick<Worker, 'table' | 'tenant'>;
/** A survey, and the campaign that asks it. */
export type Planned = { survey: PlannedSurvey; campaignId: string };

/**
 * The survey that a run asks, as it is out when the run begins: a reminder asks what the run before it asked, by the same invitations.
 * Null where the campaign asks none. 1 to 2 R.
 */
export async function plannedSurvey({ table, tenant }: Reader, campaign: Campaign, occurrence: string): Promise<PlannedSurvey | null> {
  const id = contentOf(campaign, occurrence)?.surveyId ?? null;
  if (id === null) return null;
  const whom = recipientsOf(campaign, occurrence);
  const parent = 'of' in whom ? await table.get(planEntity.key(tenant, { campaignId: campaign.id, occurrence: whom.of })) : undefined;
  const before = parent && planEntity.decode(parent).survey;
  if (before?.id === id) return before;
  const row = await table.get(surveyEntity.key(tenant, id));
  const survey = row && surveyEntity.decode(row);
  const { publishedVersion: version = null, linkDays = 60, coolDownDays = 0 } = survey ?? {};
  return { id, version, occurrence, linkDays, coolDownDays };
}

const invitationOf = ({ survey, campaignId }: Planned, customerId: string) =>
  runInvitation(survey.id, { campaignId, occurrence: survey.occurrence }, customerId);

/** Which run a customer was invited by, as her cap remembers it. */
export const invitedBy = ({ survey, campaignId }: Planned): string => `${campaignId}#${survey.occurrence}`;

/** A customer's own link, the same whenever it is made. */
export const surveyLink = async ({ tenant }: { tenant: string }, planned: Planned, customerId: string): Promise<string> =>
  surveyUrl(await invitationToken({ tenant }, invitationOf(planned, customerId)));

/** Lets some customers answer by their links, before they get them: 1 W each. */
export async function letAnswer(worker: Worker, { plan, key }: { plan: Plan; key: RunKey }, customerIds: readonly string[]): Promise<void> {
  const { survey, rules } = plan;
  if (!survey || survey.version === null) return;
  const planned = { survey, campaignId: key.campaignId };
  const source = { kind: 'campaign', campaignId: key.campaignId, occurrence: survey.occurrence } as const;
  const asked = { surveyId: survey.id, surveyVersion: survey.version, source, channel: rules.channel, linkDays: survey.linkDays };
  const made = await Promise.all(
    customerIds.map((customerId) => inviteAction(worker, { ...asked, id: invitationOf(planned, customerId), customerId })),
  );
  await worker.table.writeMany(made.flatMap(({ action }) => ('put' in action ? [{ put: action.put }] : [])));
}

const invitingChannels = ['email', 'sms'] as const satisfies readonly SendChannel[];

/** Who has answered, of some customers whom a run invited. 1 R each. */
async function responsesOf({ table, tenant }: Reader, planned: Planned, customerIds: readonly string[]): Promise<(Item | undefined)[]> {
  const { survey } = planned;
  if (survey.version === null) return customerIds.map(() => undefined);
  const key = { surveyId: survey.id, surveyVersion: survey.version };
  return table.getMany(
    customerIds.map((customerId) => responseEntity.key(tenant, responseIdOf(key, invitationOf(planned, customerId)))),
    { strong: true },
  );
}

const isDone = (row: Item | undefined) => row !== undefined && responseEntity.decode(row).completedAt !== null;

/** Of a reminder: who has not answered by now. */
export async function unanswered(reader: Reader, { plan, run }: { plan: Plan; run: RunKey }, sends: readonly Send[]): Promise<Send[]> {
  if (!plan.survey) return [...sends];
  const planned = { survey: plan.survey, campaignId: run.campaignId };
  const rows = await responsesOf(
    reader,
    planned,
    sends.map(({ customerId }) => customerId),
  );
  return sends.filter((_, at) => !isDone(rows[at]));
}

/** When each customer who answered a run's survey did so; milliseconds. */
export async function answeredAt(reader: Reader, planned: Planned, customerIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await responsesOf(reader, planned, customerIds);
  const times = rows.map((row) => Date.parse((row && responseEntity.decode(row).completedAt) ?? ''));
  return new Map(customerIds.flatMap((id, at) => (Number.isNaN(times[at]) ? [] : [[id, times[at] as number]])));
}

/**
 * What must be known of a survey before somebody is asked: whether it is open, whether she has answered, when she was asked last. Undefined
 * where the run asks none. 1 R for the survey, 3 R a recipient.
 */
export async function surveyKnown(
  worker: Reader & Pick<Worker, 'now'>,
  { plan, run }: { plan: Plan; run: RunKey },
  sends: readonly Pick<Send, 'customerId'>[],
): Promise<SurveyKnown[] | undefined> {
  const { survey } = plan;
  if (!survey) return undefined;
  const { table, tenant } = worker;
  const planned = { survey, campaignId: run.campaignId };
  const ids = sends.map(({ customerId }) => customerId);
  const keys = ids.flatMap((customerId) => invitingChannels.map((channel) => capEntity.key(tenant, { customerId, channel })));
  const [row, answers, caps] = await Promise.all([
    table.get(surveyEntity.key(tenant, survey.id)),
    responsesOf(worker, planned, ids),
    table.getMany(keys, { strong: true }),
  ]);
  const closed = survey.version === null || !row || !isOpen(surveyEntity.decode(row));
  const by = invitedBy(planned);
  return ids.map((_, at) => ({
    closed,
    answered: isDone(answers[at]),
    coolDownDays: survey.coolDownDays,
    invitedAt: invitedAround(caps.slice(at * invitingChannels.length, (at + 1) * invitingChannels.length), { at: worker.now, by }),
  }));
}

type Around = {
  at: number /** A run and its reminders, which are left out. */;
  by?: string /** What was asked before is left out. */;
  since?: number | null;
};

/** The time nearest to a moment at which she was asked something, or is to be. */
export function invitedAround(caps: readonly (Item | undefined)[], { at, by, since = null }: Around): number | null {
  const times = caps.flatMap((item) => {
    if (!item) return [];
    const { invited, asking } = capEntity.decode(item);
    return [invited, asking].flatMap((one) => (one && one.by !== by ? [Date.parse(one.at)] : []));
  });
  const counting = times.filter((time) => since === null || time > since);
  return counting.sort((a, b) => Math.abs(a - at) - Math.abs(b - at))[0] ?? null;
}
