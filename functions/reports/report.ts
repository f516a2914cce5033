import * as z from 'zod';
import type { Campaign } from '../campaigns/campaign.ts';
import { Occurrence } from '../campaigns/campaign-id.ts';
import { Goal, metricCatalogue } from '../campaigns/goal.ts';
import { JobId } from '../jobs/job.ts';
import { sumOf } from '../kernel/money.ts';
import { StoredInstant } from '../kernel/values.ts';
import { type Interval, liftOf, returnOf } from './lift.ts';
import { Group, type Tally } from './tally.ts';

/** What a campaign came to, for whoever asks. Pure. */
const count = z.int().nonnegative();

/** A value and the interval in which the true one lies with a probability of 95 %. */
const IntervalView = z.strictObject({ value: z.number(), low: z.number(), high: z.number() }).meta({ id: 'Interval' });
/** Why there is no lift: nobody was held out, too few were, or the goal is one that only a message can lead to. */
const unknowns = ['no_control', 'not_enough_data', 'not_comparable', 'no_goal'] as const;
const noReturns = [...unknowns, 'no_worth', 'no_cost'] as const;

const GroupView = Group.extend({ key: z.string(), lift: IntervalView.nullable() }).meta({ id: 'ReportGroup' });

export const ReportView = z
  .strictObject({
    goal: Goal.nullable(),
    /** The oldest count that it rests on; null before the first. */
    asOf: StoredInstant.nullable(),
    /** Parts of the runs that were counted, of those there are. */
    counted: count,
    parts: count,
    /** False where the campaign had more runs than one report is of: the newest hundred are counted. */
    complete: z.boolean(),
    total: Group,
    byVariant: z.array(GroupView),
    byLanguage: z.array(GroupView),
    /** `key` is the place in the audience, 0 the first. Who was in what when the audience was sealed. */
    bySegment: z.array(GroupView),
    /** Conversions: those measured, or those that members counted. */
    conversions: count,
    /** What the lift compares: the first messages and the control. Waves have no control of their own. */
    compared: Group.pick({ accepted: true, converted: true, control: true, controlConverted: true }),
    /** Share among the treated less that among the control. */
    lift: IntervalView.nullable(),
    liftUnknown: z.enum(unknowns).nullable(),
    /** Amounts in `currency`: of the budget, of the messages that may cost something, and of those the provider took, with manual costs. */
    cost: z.strictObject({
      planned: z.string().nullable(),
      committed: z.string(),
      actual: z.string(),
      manual: z.string(),
      currency: z.string(),
    }),
    /** (What came back above control − cost) / cost. */
    returned: IntervalView.nullable(),
    returnUnknown: z.enum(noReturns).nullable(),
    /** Until when conversions of the last message count. */
    windowEndsAt: StoredInstant.nullable(),
    /** The job that counts at the moment. */
    jobId: JobId.nullable(),
  })
  .meta({ id: 'CampaignReport' });
export type ReportView = z.output<typeof ReportView>;
export const ReportOf = z.strictObject({ occurrence: Occurrence });

const treatedOf = ({ converted, accepted }: Group) => ({ conversions: converted, of: accepted });
const controlOf = ({ controlConverted, control }: Group) => ({ conversions: controlConverted, of: control });
const sharesOf = ({ accepted, converted, control, controlConverted }: Group) => ({ accepted, converted, control, controlConverted });
const liftIn = (group: Group) => liftOf(treatedOf(group), controlOf(group));

export type Said = {
  campaign: Campaign;
  /** Over all runs, each conversion once. */
  tally: Tally;
  /** Of the runs that have a control. */
  compared: Tally;
  asOf: string | null;
  counted: number;
  parts: number;
  complete: boolean;
  /** What the messages cost that may be billed over the runs, and those that the provider took; each at the price of its run. */
  committed: string;
  spent: string;
  currency: string;
  lastSentAt: string | null;
  jobId: string | null;
};

/** The report of a recount. */
export function reportOf(said: Said): ReportView {
  const { campaign, tally, compared, currency } = said;
  const { goal, budget } = campaign;
  const { total } = tally;
  const manual = sumOf((budget?.manualCosts ?? []).map(({ amount }) => amount.amount));
  const actual = sumOf([said.spent, manual]);
  const isComparable = goal !== null && metricCatalogue[goal.metric.kind].comparable;
  const lift = isComparable ? liftIn(compared.total) : undefined;
  const liftUnknown = lift ? null : whyNoLift(campaign, compared.total);
  const worth = goal?.worth ? Number(goal.worth.amount) : null;
  const returned = returnOf({ lift, treated: compared.total.accepted, worth, cost: Number(actual) });
  return {
    goal,
    asOf: said.asOf,
    counted: said.counted,
    parts: said.parts,
    complete: said.complete,
    total,
    byVariant: groupsOf(tally.byVariant, isComparable ? compared.byVariant : {}),
    byLanguage: groupsOf(tally.byLanguage, isComparable ? compared.byLanguage : {}),
    bySegment: groupsOf(tally.byPart, isComparable ? compared.byPart : {}),
    conversions: goal?.metric.kind === 'manual' ? campaign.manualCount : total.converted,
    compared: sharesOf(compared.total),
    lift: lift ?? null,
    liftUnknown,
    cost: {
      planned: budget?.planned.amount ?? null,
      committed: sumOf([said.committed, manual]),
      actual,
      manual,
      currency,
    },
    returned: returned ?? null,
    returnUnknown: returned ? null : (liftUnknown ?? (worth === null ? 'no_worth' : 'no_cost')),
    windowEndsAt: goal && said.lastSentAt ? new Date(Date.parse(said.lastSentAt) + goal.withinDays * 86_400_000).toISOString() : null,
    jobId: said.jobId,
  };
}

function whyNoLift({ goal, audience }: Campaign, { control }: Group): (typeof unknowns)[number] {
  if (!goal) return 'no_goal';
  if (!metricCatalogue[goal.metric.kind].comparable) return 'not_comparable';
  return control === 0 && audience.holdoutPercent === 0 ? 'no_control' : 'not_enough_data';
}

const groupsOf = (groups: Record<string, Group>, compared: Record<string, Group>) =>
  Object.entries(groups)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, group]) => ({ key, ...group, lift: liftOfGroup(compared[key]) }));
const liftOfGroup = (group: Group | undefined): Interval | null => (group && liftIn(group)) ?? null;
