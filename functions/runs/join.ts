import type { Campaign } from '../campaigns/campaign.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { audienceFilter } from '../segments/audience.ts';
import { meetsFilter } from '../segments/matching.ts';
import { driveRun } from './drive.ts';
import { planEntity, runEntity } from './run.entity.ts';
import { occurrenceAt, type RunKey, type RunState } from './run.ts';
import type { Worker } from './run-rows.ts';
import { joinRun as enter } from './snapshot.ts';
import { startRun } from './start.ts';
import { wakeShard } from './wake.ts';
import type { Time } from './walk.ts';

/**
 * A triggered campaign has one open run a day, in UTC: customers join it one by one, and get its message as everybody does, by a claim. So
 * one customer gets a triggered campaign once a day at most, however often its trigger fires.
 */
const dayMs = 86_400_000;
export const openRunOf = (campaignId: string, now: number): RunKey => ({
  campaignId,
  occurrence: occurrenceAt(Math.floor(now / dayMs) * dayMs),
});

/** What became of somebody who was to join: she is in, was in before, is not of the audience, or the run is not open yet. */
export type Joined = 'joined' | 'there' | 'outside' | 'not_open';

const opening: readonly RunState[] = ['scheduled', 'snapshotting', 'sealed'];
type Joining = { campaign: Campaign; customerId: string };

/**
 * Has a customer join the open run of a triggered campaign; the first one of the day begins it. `not_open` where somebody else is just
 * opening it: the caller tries again a moment later. 5 R and 1 W, 3 W more where her shard rests.
 */
export async function joinCampaign(worker: Worker, { campaign, customerId }: Joining, time: Time): Promise<Joined> {
  const { table, tenant, now } = worker;
  if (campaign.state !== 'active') return 'outside';
  const row = await table.get(customerEntity.key(tenant, customerId));
  if (!row || !(await isMeant(worker, campaign, row))) return 'outside';
  const key = openRunOf(campaign.id, now);
  const keys = [runEntity.key(tenant, key), planEntity.key(tenant, key)];
  let [run, plan] = await table.getMany(keys, { strong: true });
  if (!run) {
    await startRun(worker, { campaign, occurrence: key.occurrence, at: now, openUntil: (Math.floor(now / dayMs) + 1) * dayMs });
    await driveRun(worker, key, time);
    [run, plan] = await table.getMany(keys, { strong: true });
  }
  const opened = run && runEntity.decode(run);
  if (!opened || !plan || opening.includes(opened.state)) return 'not_open';
  if (opened.state !== 'running' && opened.state !== 'paused') return 'outside';
  const into = { plan: planEntity.decode(plan), run: key, shards: opened.shards };
  const shard = await enter(worker, into, { id: customerId, row });
  if (shard === undefined) return 'there';
  if (opened.state === 'running') await wakeShard(worker, key, shard);
  return 'joined';
}

async function isMeant(worker: Worker, campaign: Campaign, row: Parameters<typeof meetsFilter>[2]): Promise<boolean> {
  if (campaign.audience.include.length === 0) return true;
  return meetsFilter(worker, await audienceFilter(worker, campaign.audience), row);
}
