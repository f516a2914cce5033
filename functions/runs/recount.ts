import { isDeepStrictEqual } from 'node:util';
import { isoOf } from '../kernel/clock.ts';
import { tallyEntity } from './run.entity.ts';
import type { RunKey } from './run.ts';
import { type Held, type RunRows, replacing, type Worker } from './run-rows.ts';
import { countRow, dueAtOfRow, sendPartition, sendRange } from './send.entity.ts';
import { type Counts, inStates, isStale, noCounts, type Tally } from './shard.ts';

/** Counts are recounts: nothing is added up on the way, so nothing drifts. */

/** What the rows of a shard come to, and when the last that waits is due; strongly consistent: 1 R for ten sends. */
async function countShard({ table, tenant }: Worker, run: RunKey, shard: number): Promise<{ counts: Counts; lastDueAt: string | null }> {
  const counts = structuredClone(noCounts);
  let lastDueAt: string | null = null;
  let after: Record<string, unknown> | undefined;
  do {
    const page = await table.query({ pk: sendPartition(tenant, { run, shard }), range: sendRange, after, strong: true });
    for (const item of page.items) {
      countRow(counts, item);
      const dueAt = dueAtOfRow(item);
      if (dueAt !== null && (lastDueAt === null || dueAt > lastDueAt)) lastDueAt = dueAt;
    }
    after = page.lastKey;
  } while (after);
  return { counts, lastDueAt };
}

/** Counts a shard and writes what it found; whether that is something new. */
export async function recount(worker: Worker, rows: RunRows, number: number): Promise<boolean> {
  const { key, tallies } = rows;
  const seen = rows.shards.find(({ row }) => row.number === number)?.row.version ?? 0;
  const asOf = isoOf(worker.now);
  const { counts, lastDueAt } = await countShard(worker, key, number);
  const before = tallies.get(number);
  const id = { ...key, number };
  const row: Tally = { ...id, counts, lastDueAt, asOf, seen, version: before?.row.version ?? 1 };
  if (!before) {
    const [action] = tallyEntity.create(worker.tenant, id, row, worker.stamp);
    if (!action || !('put' in action)) throw new Error('a tally is made by a put');
    await worker.table.commit([action]);
    tallies.set(number, { item: action.put, row });
    return true;
  }
  const { action, held } = replacing(worker, tallyEntity, { id, from: before.item, to: row });
  await worker.table.commit([action]);
  tallies.set(number, held as Held<Tally>);
  return !isDeepStrictEqual(counts, before.row.counts);
}

/** Counts every shard whose counts are stale; all of them where `all`. Whether any has changed. */
export async function recountStale(worker: Worker, rows: RunRows, all = false): Promise<boolean> {
  let changed = false;
  for (const { row } of rows.shards)
    if (all || isStale(row, rows.tallies.get(row.number)?.row, worker.now)) changed = (await recount(worker, rows, row.number)) || changed;
  return changed;
}

/** What the counts say is not finished. */
export const unfinishedIn = ({ tallies }: RunRows) =>
  [...tallies.values()].reduce((sum, { row }) => sum + inStates(row.counts, 'pending', 'claimed', 'unknown'), 0);
