import { now as clock, isoOf } from '../kernel/clock.ts';
import { errorFields, log, metric } from '../kernel/log.ts';
import { highest } from '../table/ranges.ts';
import { stageTable } from '../table/stage.ts';
import { dueJob, duePartitions } from './job.entity.ts';
import { sendJob } from './queue.ts';

/** Messages a partition and minute: what is left over is found a minute later. */
const atMost = 100;

/** Once a minute: wakes the workers of every job that is busy by its row while nobody has it, in whatever workspace. */
export const handler = async (): Promise<{ sent: number }> => {
  const now = clock();
  const table = stageTable(now);
  const pages = await Promise.all(
    duePartitions.map((pk) => table.query({ index: 'gsi5', pk, range: { from: '', to: `${isoOf(now)}${highest}` }, limit: atMost })),
  );
  const due = pages.flatMap(({ items }) => items.map((item) => dueJob(String(item.gsi5sk)))).filter((message) => message !== undefined);
  let sent = 0;
  for (const message of due) {
    try {
      await sendJob(message);
      sent++;
    } catch (error) {
      log('error', 'a job was not woken', { jobId: message.jobId, ...errorFields(error) });
    }
  }
  if (sent > 0) metric('JobsWoken', sent);
  return { sent };
};
