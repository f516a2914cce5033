import { campaignEntity } from '../campaigns/campaign.entity.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import { budgetLeft } from '../campaigns/cost.ts';
import { log } from '../kernel/log.ts';
import { GuardError } from '../table/entity.ts';
import { type Allowance, allowances } from './allow.ts';
import type { Hint } from './hints.ts';
import { ratePerSecond } from './pace.ts';
import { lanesFor, releases } from './release.ts';
import { shardEntity } from './run.entity.ts';
import { type RunRows, readRun, replacing, type Worker } from './run-rows.ts';
import { type Shard, spentOf, summed, woken } from './shard.ts';
import { spentBefore } from './spent.ts';

/** The driver's hand on the shards of a run: how far each may go, as far as the budget and the provider's rate go. */

/** Lets go what the budget and the provider's rate let go now; whether the budget is all that holds the rest back. */
export async function letGo(worker: Worker, rows: RunRows, hints: Hint[]): Promise<boolean> {
  const perSecond = await ratePerSecond(rows.plan.rules.channel);
  rows.progress.row.perSecond = perSecond;
  const seen = rows.shards.map(({ row }) => ({ shard: row, tally: rows.tallies.get(row.number)?.row }));
  const covered = await coveredBy(worker, rows);
  if (covered === undefined) return false;
  const means = { lanes: lanesFor(perSecond), now: worker.now };
  if (rows.run.row.openUntil !== null && covered !== null) {
    const { moves, exhausted } = allowances(seen, { covered, ...means });
    await allowShards(worker, rows, { moves, hints });
    return exhausted;
  }
  const { wake, exhausted } = releases(seen, { covered, ...means });
  const isStopped = exhausted && rows.run.row.state === 'running';
  if (!isStopped) await wakeShards(worker, rows, { wake, hints });
  return exhausted;
}

/**
 * How many messages of the run the budget covers, as the campaign says now: whoever raises it lets a paused run go on. What went is billed
 * as it is, what goes as it is planned. Undefined while it is not known what the run before has cost.
 */
async function coveredBy(worker: Worker, rows: RunRows): Promise<number | null | undefined> {
  const said = rows.plan.campaign as unknown as Campaign;
  if (budgetLeft(said, worker.workspace, 0).units === null) return null;
  const before = await spentBefore(worker, rows);
  if (before === undefined) return undefined;
  const item = await worker.table.get(campaignEntity.key(worker.tenant, rows.key.campaignId));
  const { units } = budgetLeft(item ? campaignEntity.decode(item) : said, worker.workspace, before);
  const { messages, billed } = spentOf(summed([...rows.tallies.values()].map(({ row }) => row.counts)));
  return units === null ? null : messages + Math.floor((units - billed) / rows.run.row.billedEach);
}

/** Writes a shard's next state, guarded by the one that was read. */
async function moveShard(worker: Worker, rows: RunRows, number: number, to: (shard: Shard) => Shard): Promise<void> {
  const at = rows.shards.findIndex(({ row }) => row.number === number);
  const shard = rows.shards[at];
  if (!shard) return;
  const { action, held } = replacing(worker, shardEntity, { id: { ...rows.key, number }, from: shard.item, to: to(shard.row) });
  await worker.table.commit([action]);
  rows.shards[at] = held;
}

const hintTo = (worker: Worker, { key }: RunRows, shard: number): Hint => ({ tenant: worker.tenant, at: worker.iso, run: key, shard });

/** Has some shards worked on, each so far as it is released. */
export async function wakeShards(
  worker: Worker,
  rows: RunRows,
  { wake, hints }: { wake: { number: number; released: number | null }[]; hints: Hint[] },
) {
  for (const { number, released } of wake) {
    await moveShard(worker, rows, number, (shard) => woken(shard, worker.now, released));
    hints.push(hintTo(worker, rows, number));
  }
}

/** Gives the shards of an open run their means. Where whoever joined has woken one meanwhile, the rest is given at the next look. */
async function allowShards(worker: Worker, rows: RunRows, { moves, hints }: { moves: Allowance[]; hints: Hint[] }) {
  try {
    for (const { number, released, claims, wakes } of moves) {
      await moveShard(worker, rows, number, (shard) => ({ ...(wakes ? woken(shard, worker.now) : shard), released, claims }));
      if (wakes) hints.push(hintTo(worker, rows, number));
    }
  } catch (error) {
    if (!(error instanceof GuardError)) throw error;
    log('info', 'a shard was woken by whoever joined', { campaignId: rows.key.campaignId, occurrence: rows.key.occurrence });
    rows.shards = (await readRun(worker, rows.key))?.shards ?? rows.shards;
  }
}
