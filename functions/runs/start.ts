import type { Agent } from '../agent.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import { contentOf } from '../campaigns/campaign.ts';
import { unitPriceOf } from '../campaigns/cost.ts';
import { plannedParts } from '../campaigns/planned-parts.ts';
import { isoOf } from '../kernel/clock.ts';
import { money } from '../kernel/money.ts';
import { wallAt } from '../kernel/wall-time.ts';
import { askingRun } from '../responses/asking.entity.ts';
import { plannedSurvey } from '../responses/by-run.ts';
import type { Action } from '../table/entity.ts';
import type { SendRules } from './decide.ts';
import { hint } from './hints.ts';
import type { Plan } from './plan.ts';
import { planEntity, progressEntity, runEntity, runsOf } from './run.entity.ts';
import { type Run, type RunKey, runIdOf } from './run.ts';
import type { Worker } from './run-rows.ts';
import { Progress } from './shard.ts';
import { spentIn } from './spent.ts';

/** The zone in which any wall time comes first: a run at local times begins there. */
const firstZone = 'Pacific/Kiritimati';

/** What a campaign says about its sending. */
export function rulesOf(
  campaign: Campaign,
  workspace: Agent['workspace'],
  { occurrence, at }: { occurrence: string; at: number },
): SendRules {
  const { sending } = workspace;
  return {
    channel: campaign.channel,
    topic: contentOf(campaign, occurrence)?.topic ?? 'transactional',
    holdoutPercent: campaign.audience.holdoutPercent,
    reentry: occurrence.startsWith('wave-') ? 'always' : campaign.reentry,
    onUnknown: campaign.onUnknown,
    maxLatenessMinutes: campaign.maxLatenessMinutes,
    localTime: campaign.sendAtLocal ? wallAt(at, firstZone).at : null,
    quietHours: campaign.quietHours ?? sending.quietHours,
    caps: sending.messageLimits[campaign.channel],
    ownersCall: !campaign.callList?.memberIds.length && campaign.authors.length === 0,
  };
}

export type Starting = {
  campaign: Campaign;
  occurrence: string;
  /** When it is to begin, in milliseconds. */
  at: number;
  /** Customers join it one by one until then. */
  openUntil?: number;
};

/**
 * The rows of a run that is to begin, for somebody's own commit: 3 rows and two index entries. A run that is there already fails their
 * guards: it is the same one.
 */
export async function startActions(worker: Worker, { campaign, occurrence, at, openUntil }: Starting): Promise<Action[]> {
  const { tenant, workspace, stamp, iso } = worker;
  const key: RunKey = { campaignId: campaign.id, occurrence };
  const [earlier, survey] = await Promise.all([earlierRuns(worker, campaign.id, occurrence), plannedSurvey(worker, campaign, occurrence)]);
  const run: Run = {
    ...key,
    id: runIdOf(tenant, key),
    state: 'scheduled',
    pausedFor: null,
    scheduledAt: isoOf(at),
    openUntil: openUntil === undefined ? null : isoOf(openUntil),
    shards: 1,
    campaignVersion: campaign.version,
    unitPrice: money(unitPriceOf(workspace, campaign.channel), workspace.currency),
    billedEach: plannedParts(campaign, occurrence),
    authors: campaign.authors,
    approvedBy: null,
    recipients: null,
    problem: null,
    startedAt: null,
    sealedAt: null,
    endedAt: null,
    createdAt: iso,
    updatedAt: iso,
    version: 1,
  };
  const plan: Plan = { rules: rulesOf(campaign, workspace, { occurrence, at }), campaign: { ...campaign }, ...earlier, survey, version: 1 };
  const progress = Progress.parse({ ...key, wakeAt: isoOf(at), version: 1 });
  return [
    ...runEntity.create(tenant, key, run, stamp),
    ...planEntity.create(tenant, key, plan, stamp),
    ...progressEntity.create(tenant, key, progress, stamp),
    ...(survey ? [askingRun(tenant, survey.id, { ...key, root: survey.occurrence })] : []),
  ];
}

/** What the run must know of those before it: the last one, and what all of them have cost. 1 R each. */
async function earlierRuns(worker: Worker, campaignId: string, occurrence: string): Promise<Earlier> {
  const { table, tenant } = worker;
  const keys = await table.queryAll({ index: 'gsi3', pk: runsOf(tenant, campaignId) });
  const others = keys.map(({ gsi3sk }) => String(gsi3sk)).filter((other) => other !== occurrence);
  const spent = await Promise.all(others.map((other) => spentIn(worker, { campaignId, occurrence: other })));
  const at = others.findLastIndex((other) => !other.startsWith('wave-') && other < occurrence);
  const last = spent[at]?.run;
  return {
    previous: last ? { occurrence: last.occurrence, shards: last.shards } : null,
    spentBefore: spent.reduce((sum, { billed }) => sum + billed, 0),
    lastSpent: last ? (spent[at]?.billed ?? 0) : null,
  };
}
type Earlier = Pick<Plan, 'previous' | 'spentBefore' | 'lastSpent'>;

/** Starts a run of a campaign at an occurrence, and tells its driver. A run that is there already is left as it is. */
export async function startRun(worker: Worker, starting: Starting): Promise<RunKey> {
  const key = { campaignId: starting.campaign.id, occurrence: starting.occurrence };
  const failed = await worker.table.attempt(await startActions(worker, starting));
  if (failed.length === 0) await hint([{ tenant: worker.tenant, at: worker.iso, run: key }]);
  return key;
}
