import { runPartition, tallyEntity } from '../runs/run.entity.ts';
import type { RunKey } from '../runs/run.ts';
import { summed } from '../runs/shard.ts';
import { surveyPartition } from '../surveys/survey.entity.ts';
import { startingWith } from '../table/ranges.ts';
import type { Table } from '../table/table.ts';
import { askingRules, askingRuns, firstRun, ruleIn } from './asking.entity.ts';

type Place = { table: Table; tenant: string };

/** How many were reached, by the run or rule that asked first; reminders go to the same. */
export type Reached = { key: string; reached: number };

/** 1 R, and 0.5 R ten shards of a run. */
export async function reachedBy({ table, tenant }: Place, surveyId: string): Promise<Reached[]> {
  const pk = surveyPartition(tenant, surveyId);
  const [runs, rules] = await Promise.all([table.queryAll({ pk, range: askingRuns }), table.queryAll({ pk, range: askingRules })]);
  const first = runs.flatMap((item) => firstRun(item) ?? []);
  const reached = await Promise.all(
    first.map(async (run) => ({ key: `${run.campaignId}#${run.occurrence}`, reached: await delivered(table, tenant, run) })),
  );
  return [...reached, ...rules.map(ruleIn)];
}

/** Messages that were taken and did not come back, by the last recount. */
async function delivered(table: Table, tenant: string, run: RunKey): Promise<number> {
  const rows = await table.queryAll({ pk: runPartition(tenant, run), range: startingWith('COUNT#') });
  const { accepted, bounced } = summed(rows.map((row) => tallyEntity.decode(row).counts));
  return Math.max(0, accepted - bounced);
}
