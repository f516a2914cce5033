import type { Campaign } from '../campaigns/campaign.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { audienceFilter } from '../segments/audience.ts';
import { meetsFilter } from '../segments/matching.ts';
import type { Item } from '../table/entity.ts';
import { driveRun } from './drive.ts';
import { planEntity, runEntity } from './run.entity.ts';
import { joinedShards, occurrenceAt, type RunKey, type RunState } from './run.ts';
import type { Worker } from './run-rows.ts';
import { sendEntity } from './send.entity.ts';
import { enterRun, placesIn, withParts } from './snapshot.ts';
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
/** `since`: when that happened by which she joins. */
type Joining = { campaign: Campaign; customerId: string; since?: string };

/**
 * Has a customer join the open run of a triggered campaign; the first one of the day begins it. Whoever has joined a run since that happened
 * by which she joins is there already. `not_open` where somebody else is just opening it: the caller tries again a moment later. 6 R and
 * 1 W, 3 W more where her shard rests.
 */
export async function joinCampaign(worker: Worker, { campaign, customerId, since }: Joining, time: Time): Promise<Joined> {
  const { table, tenant } = worker;
  if (campaign.state !== 'active' || campaign.schedule?.kind !== 'triggered') return 'outside';
  const row = await table.get(customerEntity.key(tenant, customerId));
  if (!row || !(await isMeant(worker, campaign, row))) return 'outside';
  const open = await openRun(worker, campaign, time);
  if (open === 'not_open' || open === 'outside') return open;
  const customer = { id: customerId, row };
  if (since !== undefined && (await joinedSince(worker, open.into, { customer, since }))) return 'there';
  const [sealing = customer] = await withParts(worker, open.into.plan, [customer]);
  const { shard, there } = await enterRun(worker, open.into, sealing);
  // Whoever put her there may have died before her shard was woken.
  if (open.goes && (there === undefined || there.state === 'pending')) await wakeShard(worker, open.into.run, shard);
  return there ? 'there' : 'joined';
}

type Into = Parameters<typeof enterRun>[1];

/** Today's run, opened where nobody was before. `outside` where it was ended for today. */
async function openRun(worker: Worker, campaign: Campaign, time: Time): Promise<{ into: Into; goes: boolean } | 'not_open' | 'outside'> {
  const { table, tenant, now } = worker;
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
  return { into: { plan: planEntity.decode(plan), run: key, shards: opened.shards }, goes: opened.state === 'running' };
}

type Since = { customer: { id: string; row: Item }; since: string };

/** Whether she is in one of the earlier days' runs since then: an event that is told again on the next day lets nobody enter again. */
async function joinedSince({ table, tenant, now }: Worker, into: Into, { customer, since }: Since): Promise<boolean> {
  const days = Math.floor(now / dayMs) - Math.floor(Date.parse(since) / dayMs);
  const runs = Array.from({ length: Math.max(0, days) }, (_, ago) => openRunOf(into.run.campaignId, now - (ago + 1) * dayMs));
  if (runs.length === 0) return false;
  const keys = runs.flatMap((run) => placesIn(tenant, { ...into, run, shards: joinedShards }, customer));
  return (await table.getMany(keys, { strong: true })).some(
    (send) => send !== undefined && sendEntity.decode(send).customerId === customer.id,
  );
}

async function isMeant(worker: Worker, campaign: Campaign, row: Parameters<typeof meetsFilter>[2]): Promise<boolean> {
  if (campaign.audience.include.length === 0) return true;
  return meetsFilter(worker, await audienceFilter(worker, campaign.audience), row);
}
