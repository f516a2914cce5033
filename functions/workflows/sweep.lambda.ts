import { dueJob } from '../jobs/job.entity.ts';
import { sendJob } from '../jobs/queue.ts';
import { now as clock, isoOf } from '../kernel/clock.ts';
import { errorFields, log, metric } from '../kernel/log.ts';
import { type Due, duePartitions, readDue } from '../table/due.ts';
import { highest } from '../table/ranges.ts';
import { stageTable } from '../table/stage.ts';
import { putOnBus, workSource } from './bus.ts';

/** Entries a partition and minute: what is left over is found a minute later, the oldest first. */
const atMost = 100;

/**
 * Once a minute: tells the workers what is due, in whatever workspace: jobs over their queue, all else as an event `due.<kind>`. It tells
 * only; the row decides. What one workspace has due in great number comes after the first of every other.
 */
export const handler = async (): Promise<{ sent: number }> => {
  const now = clock();
  const table = stageTable(now);
  const range = { from: '', to: `${isoOf(now)}${highest}` };
  const pages = await Promise.all(duePartitions.map((pk) => table.query({ index: 'gsi5', pk, range, limit: atMost })));
  const due = pages.flatMap(({ items }) => items.map((item) => readDue(String(item.gsi5sk)))).filter((one) => one !== undefined);
  const jobs = due.map(dueJob).filter((message) => message !== undefined);
  let sent = 0;
  for (const message of jobs) {
    try {
      await sendJob(message);
      sent++;
    } catch (error) {
      log('error', 'a job was not woken', { jobId: message.jobId, ...errorFields(error) });
    }
  }
  const others = inTurns(due.filter((one) => dueJob(one) === undefined));
  const refused = await putOnBus(others.map((one) => ({ source: workSource, type: `due.${one.kind}`, at: one.at, detail: one })));
  if (refused) log('error', 'what is due was refused by the bus', { code: refused.code });
  sent += refused ? refused.at : others.length;
  if (sent > 0) metric('DueTold', sent);
  return { sent };
};

/** The oldest of each workspace, then the second of each, and so on. */
function inTurns(due: readonly Due[]): Due[] {
  const waiting = [
    ...Map.groupBy(
      [...due].sort((a, b) => (a.at < b.at ? -1 : 1)),
      ({ tenant }) => tenant,
    ).values(),
  ];
  const longest = Math.max(0, ...waiting.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => waiting.flatMap((list) => list[turn] ?? [])).flat();
}
