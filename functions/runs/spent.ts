import { countsAndRun, runEntity, runPartition, tallyEntity } from './run.entity.ts';
import { joinsUntil, type Run, type RunKey } from './run.ts';
import type { RunRows, Worker } from './run-rows.ts';
import { committedOf } from './shard.ts';

/** What a campaign's runs have cost, as far as it is counted: what is billed, or may be, of their messages. */
export type Spent = { run: Run | undefined; billed: number; asOf: string };

/** By the counts of one run. 1 R for ten shards. */
export async function spentIn({ table, tenant }: Pick<Worker, 'table' | 'tenant'>, key: RunKey): Promise<Spent> {
  const rows = await table.queryAll({ pk: runPartition(tenant, key), range: countsAndRun, strong: true });
  const item = rows.find(({ sk }) => sk === 'META');
  const run = item && runEntity.decode(item);
  const tallies = rows.filter(({ sk }) => sk.startsWith('COUNT#')).map((row) => tallyEntity.decode(row));
  return {
    run,
    billed: tallies.reduce((sum, { counts }) => sum + committedOf(counts, run?.billedEach ?? 1), 0),
    asOf: tallies.map(({ asOf }) => asOf).sort()[0] ?? '',
  };
}

/** A run that is not counted to its end by then stands still, and its last counts have to do. */
const longestMs = 600_000;

/**
 * What all runs before have cost. An open one is joined to the last moment of its day, when the next may have begun: undefined until it is
 * counted after that, so that the next day spends nothing that the last has spent already.
 */
export async function spentBefore(worker: Worker, { key, run, plan }: RunRows): Promise<number | undefined> {
  const { previous, lastSpent } = plan;
  if (run.row.openUntil === null || previous === null || lastSpent === null) return plan.spentBefore;
  const last = await spentIn(worker, { campaignId: key.campaignId, occurrence: previous.occurrence });
  const over = last.run && joinsUntil(last.run);
  if (over && Date.parse(last.asOf) < over && worker.now < over + longestMs) return undefined;
  return plan.spentBefore - lastSpent + last.billed;
}
