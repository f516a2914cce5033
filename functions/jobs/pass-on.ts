import { isoOf, now } from '../kernel/clock.ts';
import { putOnBus, workSource } from '../workflows/bus.ts';
import type { JobMessage } from './job.ts';

/** Tells the worker of a kind that has a function of its own, over the bus, whose rules cost nothing while they are idle. A hint only. */
export async function passOn(message: JobMessage): Promise<void> {
  const refused = await putOnBus([{ source: workSource, type: `work.job.${message.kind}`, at: isoOf(now()), detail: message }]);
  if (refused) throw new Error(`the bus refused a job: ${refused.code}`);
}
