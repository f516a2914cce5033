import type { Agent } from '../agent.ts';
import { CrmError } from '../kernel/errors.ts';
import { runEntity, runsOf } from '../runs/run.entity.ts';
import { finalStates, type Run } from '../runs/run.ts';
import { campaignStore } from './campaign.store.ts';
import type { Campaign } from './campaign.ts';
import { ended, paused } from './steps.ts';

type Follower = Pick<Agent, 'table' | 'tenant' | 'stamp' | 'iso'>;

/**
 * What a run's new state means for its campaign: one that a guard has paused pauses it, so that no next run begins; the last one to end
 * ends a campaign that has none to come. Says nothing where the campaign is in another state by then.
 */
export async function followRun(follower: Follower, run: Run): Promise<void> {
  const { state, pausedFor, campaignId } = run;
  const rule =
    state === 'paused' && pausedFor !== null && pausedFor !== 'person'
      ? (campaign: Campaign) => paused(campaign, pausedFor)
      : finalStates.includes(state)
        ? (campaign: Campaign) => (isOver(campaign) ? ended(campaign) : campaign)
        : undefined;
  if (!rule || (finalStates.includes(state) && (await othersLive(follower, run)))) return;
  try {
    await campaignStore(follower).change(campaignId, rule);
  } catch (error) {
    if (!(error instanceof CrmError) || !['wrong_state', 'not_found'].includes(error.code)) throw error;
  }
}

const isOver = ({ state, schedule, nextAt }: Campaign) => state === 'active' && nextAt === null && schedule?.kind !== 'triggered';

async function othersLive({ table, tenant }: Follower, { campaignId, occurrence }: Run): Promise<boolean> {
  const keys = await table.queryAll({ index: 'gsi3', pk: runsOf(tenant, campaignId) });
  const others = keys.filter(({ gsi3sk }) => gsi3sk !== occurrence).map(({ pk, sk }) => ({ pk, sk }));
  const rows = await table.getMany(others, { strong: true });
  return rows.some((row) => row !== undefined && !finalStates.includes(runEntity.decode(row).state));
}
