import type { Agent } from '../agent.ts';
import { campaignEntity } from '../campaigns/campaign.entity.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import { missing } from '../kernel/errors.ts';
import { sumOf, times } from '../kernel/money.ts';
import { runEntity, runPartition, runsOf, tallyEntity } from '../runs/run.entity.ts';
import { keyOf, type Run } from '../runs/run.ts';
import { committedOf, summed } from '../runs/shard.ts';
import { countedShard, reportRange } from './report.entity.ts';
import { type ReportView, reportOf } from './report.ts';
import { eachOnce, summedTallies, type Tally } from './tally.ts';

type Reader = Pick<Agent, 'table' | 'tenant' | 'workspace'>;

/** Runs that one report is of at most: the newest. */
const mostRuns = 100;

/** A campaign, or `not_found`. */
export async function campaignOf({ table, tenant }: Reader, id: string): Promise<Campaign> {
  return campaignEntity.decode((await table.get(campaignEntity.key(tenant, id))) ?? missing());
}

/** The runs of a campaign that a report is of: one of them, or all. */
export async function runsFor({ table, tenant }: Reader, id: string, occurrence?: string): Promise<Run[]> {
  if (occurrence !== undefined) {
    const row = await table.get(runEntity.key(tenant, { campaignId: id, occurrence }));
    return [runEntity.decode(row ?? missing())];
  }
  const { items } = await table.query({ index: 'gsi3', pk: runsOf(tenant, id), newestFirst: true, limit: mostRuns });
  const rows = await table.getMany(items.map(({ pk, sk }) => ({ pk, sk })));
  return rows.flatMap((row) => (row ? [runEntity.decode(row)] : []));
}

const isWave = ({ occurrence }: Run) => occurrence.startsWith('wave-');

/** The report of some runs, from what was counted last. */
export async function readReport(
  reader: Reader,
  { campaign, runs, jobId = null }: { campaign: Campaign; runs: readonly Run[]; jobId?: string | null },
): Promise<ReportView> {
  const { table, tenant, workspace } = reader;
  const perRun = await Promise.all(
    runs.map(async (run) => {
      const counted = (await table.queryAll(reportRange(tenant, keyOf(run)))).map(countedShard);
      const counts = await table.queryAll({ pk: runPartition(tenant, keyOf(run)), range: { from: 'COUNT#', to: 'COUNT#~' } });
      return { run, counted, counts: summed(counts.map((row) => tallyEntity.decode(row).counts)) };
    }),
  );
  const counted = perRun.flatMap((one) => one.counted);
  const tallyOf = (some: typeof perRun): Tally => summedTallies(some.flatMap((one) => one.counted.map(({ tally }) => tally)));
  // A run that is asked for by itself tells all of its own conversions.
  const isAlone = runs.length === 1;
  const compared = tallyOf(isAlone ? perRun : perRun.filter(({ run }) => !isWave(run)));
  const ends = runs.flatMap(({ endedAt, startedAt }) => endedAt ?? startedAt ?? []).sort();
  return reportOf({
    campaign,
    tally: isAlone ? compared : eachOnce(tallyOf(perRun)),
    compared,
    asOf: counted.map(({ asOf }) => asOf).sort()[0] ?? null,
    counted: counted.length,
    parts: runs.reduce((sum, { shards, sealedAt }) => sum + (sealedAt ? shards : 0), 0),
    complete: runs.length < mostRuns,
    committed: sumOf(perRun.map(({ run, counts }) => times(run.unitPrice.amount, committedOf(counts, run.billedEach)))),
    spent: sumOf(perRun.map((one) => times(one.run.unitPrice.amount, tallyOf([one]).billed))),
    currency: workspace.currency,
    lastSentAt: ends.at(-1) ?? null,
    jobId,
  });
}
