import { now as clock, isoOf } from '../kernel/clock.ts';
import { log, metric } from '../kernel/log.ts';
import { type Due, duePartitions, readDue } from '../table/due.ts';
import { highest } from '../table/ranges.ts';
import { stageTable } from '../table/stage.ts';
import { campaignDue } from './campaign.entity.ts';
import { plantedSchedules, plantSchedule, scheduleName, uprootSchedule } from './run-schedules.ts';
import { horizonMs } from './schedule.ts';

/**
 * Once an hour: the schedules of runs as the rows have them. A schedule that got lost is made again, one whose run is not to come any
 * more is removed. Schedules are read before rows: whoever plants one meanwhile wrote his row before.
 */
export const handler = async (): Promise<{ planted: number; uprooted: number }> => {
  const now = clock();
  const there = await plantedSchedules();
  const wanted = new Map((await runsToCome(now)).map((due) => [scheduleName(due), due]));
  const missing = [...wanted].filter(([name]) => !there.has(name));
  const stray = [...there].filter((name) => !wanted.has(name));
  for (const [, due] of missing) await plantSchedule(due);
  for (const name of stray) await uprootSchedule(name);
  if (missing.length + stray.length > 0) log('info', 'schedules of runs reconciled', { planted: missing.length, uprooted: stray.length });
  metric('SchedulesReconciled', missing.length + stray.length);
  return { planted: missing.length, uprooted: stray.length };
};

/** Every run of a campaign that is due within the horizon, of whatever workspace. */
async function runsToCome(now: number): Promise<Due[]> {
  const table = stageTable(now);
  const range = { from: isoOf(now), to: `${isoOf(now + horizonMs)}${highest}` };
  const rows = await Promise.all(duePartitions.map((pk) => table.queryAll({ index: 'gsi5', pk, range })));
  return rows
    .flat()
    .map((item) => readDue(String(item.gsi5sk)))
    .filter((due): due is Due => due?.kind === campaignDue);
}
