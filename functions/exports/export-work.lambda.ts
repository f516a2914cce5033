import { JobMessage } from '../jobs/job.ts';
import { workOn } from '../jobs/work.ts';
import { handling, onEvents } from '../workflows/on-events.ts';
import { exportRunner } from './export-run.ts';

/** A list was asked for as a file. */
export const handler = onEvents({
  'work.job.export': handling(JobMessage, (message, { hasTime }) => workOn(message, { export: exportRunner }, hasTime)),
});
