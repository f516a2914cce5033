import type { Workspace } from '../admin/workspace.ts';
import { isoOf } from '../kernel/clock.ts';
import { CrmError, type FieldError } from '../kernel/errors.ts';
import { compareAmounts } from '../kernel/money.ts';
import { type Campaign, definitionOf, type pauseReasons, type Wave } from './campaign.ts';
import type { CampaignPatch } from './campaign-views.ts';
import { contentErrors } from './content.ts';
import { costOf } from './cost.ts';
import { nextRuns, scheduleErrors } from './schedule.ts';

/**
 * The steps of a campaign: draft → (waiting_approval → approved) → active ⇄ paused → ended. Pure rules; whoever writes what they give
 * back guards it by the version that was read.
 */
type Step = { memberId: string; now: number };

const most = 50;
const withAuthor = (campaign: Campaign, memberId: string) => [memberId, ...campaign.authors.filter((id) => id !== memberId)].slice(0, most);

const wrong = (campaign: Campaign, to: string) => new CrmError('wrong_state', { from: campaign.state, to });

/** What is wrong with what was said, at its place: a content that cannot be rendered, a schedule that never fires. Refused at saving. */
export function definitionErrors(campaign: Campaign, workspace: Workspace, now: number): FieldError[] {
  const { content, channel, schedule, budget, goal } = campaign;
  const foreign = (amount: { currency: string } | null | undefined, pointer: string): FieldError[] =>
    amount && amount.currency !== workspace.currency
      ? [{ pointer, code: 'other_currency', detail: `amounts are in ${workspace.currency}` }]
      : [];
  return [
    ...(content ? contentErrors(content, channel, workspace.fields) : []),
    ...(content && content.topic !== 'transactional' && !workspace.consentTopics.includes(content.topic)
      ? [{ pointer: '/content/topic', code: 'unknown_topic', detail: 'not a topic of this workspace' }]
      : []),
    ...(schedule ? scheduleErrors(schedule, now) : []),
    ...foreign(budget?.planned, '/budget/planned/currency'),
    ...(budget?.manualCosts ?? []).flatMap(({ amount }, at) => foreign(amount, `/budget/manualCosts/${at}/amount/currency`)),
    ...foreign(goal?.worth, '/goal/worth/currency'),
  ];
}

/** The earliest moment at which a campaign that goes active may have been due: a once that is just over still runs. */
const lookBack = (campaign: Campaign, now: number) =>
  campaign.schedule?.kind === 'once' ? now - campaign.maxLatenessMinutes * 60_000 : now;

const sinceWhen = (campaign: Campaign, now: number) =>
  Math.max(campaign.occurredThrough ? Date.parse(campaign.occurredThrough) : 0, lookBack(campaign, now));

/** Everything that is still lacking for a start; the size is checked by `begun`. */
export function lacks(campaign: Campaign, workspace: Workspace, now: number): FieldError[] {
  const required = (pointer: string, detail: string): FieldError => ({ pointer, code: 'required', detail });
  const { goal, budget, audience, content, schedule } = campaign;
  const isPast =
    schedule?.kind === 'once' && campaign.occurredThrough === null && nextRuns(campaign, sinceWhen(campaign, now)).length === 0;
  return [
    ...definitionErrors(campaign, workspace, now),
    ...(goal ? [] : [required('/goal', 'what it is for')]),
    ...(goal && Date.parse(goal.deadline) <= now ? [{ pointer: '/goal/deadline', code: 'in_past', detail: 'it is over' }] : []),
    ...(budget ? [] : [required('/budget', 'what it may cost')]),
    ...(audience.include.length > 0 ? [] : [required('/audience/include', 'whom it goes to')]),
    ...(content ? [] : [required('/content', 'what it says')]),
    ...(schedule ? [] : [required('/schedule', 'when it runs')]),
    ...(isPast ? [{ pointer: '/schedule/at', code: 'in_past', detail: 'it is over' }] : []),
  ];
}

/** A member's change of what a campaign says. A yes that was given falls with it; while it is active only its name changes. */
export function edited(campaign: Campaign, patch: CampaignPatch, { memberId }: Step): Campaign {
  const next = { ...campaign, ...patch };
  if (definitionOf(next) === definitionOf(campaign) && next.maxLatenessMinutes === campaign.maxLatenessMinutes) return next;
  if (campaign.state === 'active' || campaign.state === 'ended') throw wrong(campaign, 'draft');
  if (campaign.startedAt) refuseFixed(campaign, next);
  const state = campaign.state === 'paused' || campaign.startedAt ? 'paused' : 'draft';
  return { ...next, state, approval: null, authors: withAuthor(campaign, memberId) };
}

/** Once somebody has got it or was kept from it, channel and control are what they are. */
function refuseFixed(from: Campaign, to: Campaign): void {
  const errors: FieldError[] = [];
  const fixed = (pointer: string) => errors.push({ pointer, code: 'fixed', detail: 'this cannot change after the start' });
  if (from.channel !== to.channel) fixed('/channel');
  if (from.audience.holdoutPercent !== to.audience.holdoutPercent) fixed('/audience/holdoutPercent');
  if (from.goal?.group !== to.goal?.group) fixed('/goal/group');
  if (errors.length > 0) throw new CrmError('invalid_input', { errors });
}

/** What is known at the moment of a start: how many it goes to, control included, and what each of the messages is billed as. */
export type Facts = Step & { size: number; billedEach: number; workspace: Workspace };

/** Whether so many need somebody else's yes. */
export const needsApproval = ({ sending }: Pick<Workspace, 'sending'>, size: number) =>
  sending.approvalAbove !== null && size > sending.approvalAbove;

/** Messages of one run to an audience: those of the control are not sent. */
export const messagesTo = ({ audience }: Pick<Campaign, 'audience'>, size: number) =>
  Math.ceil((size * (100 - audience.holdoutPercent)) / 100);

/** A campaign that is to run: active, or waiting for a yes where it goes to many. Throws `invalid_input` with all that is lacking. */
export function begun(campaign: Campaign, facts: Facts): Campaign {
  const { size, billedEach, workspace, now } = facts;
  if (!['draft', 'approved', 'paused'].includes(campaign.state)) throw wrong(campaign, 'active');
  const errors = lacks(campaign, workspace, now);
  const cost = costOf(campaign, workspace, Math.ceil(messagesTo(campaign, size) * billedEach));
  if (campaign.budget && compareAmounts(cost, campaign.budget.planned.amount) > 0)
    errors.push({ pointer: '/budget/planned', code: 'over_budget', detail: `it would cost ${cost} ${workspace.currency}` });
  if (errors.length > 0) throw new CrmError('invalid_input', { errors });
  if (needsApproval(workspace, size) && campaign.approval?.definition !== definitionOf(campaign))
    return { ...campaign, state: 'waiting_approval', approval: null, authors: withAuthor(campaign, facts.memberId) };
  return scheduled(
    { ...campaign, state: 'active', pausedBecause: null, startedAt: campaign.startedAt ?? isoOf(now) },
    sinceWhen(campaign, now),
  );
}

/** The campaign with all until `through` behind it, due at its next run. */
export function scheduled(campaign: Campaign, through: number): Campaign {
  const [next] = campaign.state === 'active' ? nextRuns(campaign, through) : [];
  return { ...campaign, occurredThrough: isoOf(through), nextAt: next ? isoOf(next.at) : null };
}

/** A yes to exactly what stands there. Throws `own_approval` for whoever wrote part of it. */
export function approved(campaign: Campaign, { memberId, now }: Step): Campaign {
  if (campaign.state !== 'waiting_approval') throw wrong(campaign, 'approved');
  if (campaign.authors.includes(memberId)) throw new CrmError('own_approval');
  return { ...campaign, state: 'approved', approval: { by: memberId, at: isoOf(now), definition: definitionOf(campaign) } };
}

/** A no, or the author's own second thoughts: it can be changed and asked for again. */
export function returned(campaign: Campaign): Campaign {
  if (campaign.state !== 'waiting_approval' && campaign.state !== 'approved') throw wrong(campaign, 'draft');
  return { ...campaign, state: campaign.startedAt ? 'paused' : 'draft', approval: null };
}

/** Nothing more of it goes out until it is resumed. */
export function paused(campaign: Campaign, why: (typeof pauseReasons)[number]): Campaign {
  if (campaign.state !== 'active') throw wrong(campaign, 'paused');
  return { ...campaign, state: 'paused', pausedBecause: why, nextAt: null };
}

/** Over for good. */
export function ended(campaign: Campaign): Campaign {
  if (campaign.state !== 'active' && campaign.state !== 'paused') throw wrong(campaign, 'ended');
  return { ...campaign, state: 'ended', pausedBecause: null, nextAt: null };
}

/** A campaign of one run ends with it, and a wave lets it go on. One that recurs, was ended by a member or put away stays ended. */
const isResumable = ({ state, schedule, archivedAt }: Campaign, isCompleted: boolean) =>
  state === 'ended' && schedule?.kind === 'once' && archivedAt === null && isCompleted;

/**
 * With a second run to those of an earlier one who did not react; `isCompleted`: that one has gone to its end. It waits for its time
 * while the campaign is active. What an ended campaign had still planned does not come back with it.
 */
export function withWave(
  campaign: Campaign,
  wave: Omit<Wave, 'number'>,
  { memberId, now, isCompleted }: Step & { isCompleted: boolean },
): Campaign {
  const reopened = isResumable(campaign, isCompleted);
  if (campaign.state !== 'active' && campaign.state !== 'paused' && !reopened) throw wrong(campaign, 'active');
  if (Date.parse(wave.at) <= now)
    throw new CrmError('invalid_input', { errors: [{ pointer: '/at', code: 'in_past', detail: 'it is over' }] });
  const waves = reopened ? campaign.waves.filter(({ at }) => Date.parse(at) <= now) : campaign.waves;
  if (waves.length >= 5) throw new CrmError('too_many', { detail: '5 waves at most' });
  const number = Math.max(0, ...waves.map((one) => one.number)) + 1;
  const next: Campaign = {
    ...campaign,
    ...(reopened && { state: 'active' }),
    waves: [...waves, { ...wave, number }],
    authors: withAuthor(campaign, memberId),
  };
  return scheduled(next, sinceWhen(campaign, now));
}

/** With the costs beside the messages as they are known by now, whatever its state: they are what was spent. */
export function costed(campaign: Campaign, manualCosts: NonNullable<Campaign['budget']>['manualCosts'], workspace: Workspace): Campaign {
  if (!campaign.budget) throw new CrmError('wrong_state', { detail: 'it has no budget yet' });
  const next = { ...campaign, budget: { ...campaign.budget, manualCosts } };
  const errors = definitionErrors(next, workspace, 0).filter(({ pointer }) => pointer.startsWith('/budget/manualCosts'));
  if (errors.length > 0)
    throw new CrmError('invalid_input', { errors: errors.map((error) => ({ ...error, pointer: error.pointer.slice('/budget'.length) })) });
  return next;
}

export function archived(campaign: Campaign, now: number): Campaign {
  if (campaign.archivedAt) throw new CrmError('already_archived');
  if (campaign.state === 'active' || campaign.state === 'waiting_approval') throw wrong(campaign, 'archived');
  return { ...campaign, archivedAt: isoOf(now), nextAt: null };
}

export function restored(campaign: Campaign): Campaign {
  if (!campaign.archivedAt) throw new CrmError('not_archived');
  return { ...campaign, archivedAt: null };
}
