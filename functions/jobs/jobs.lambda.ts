import { handOverRunner } from '../admin/hand-over.ts';
import { dryRunRunner } from '../campaigns/dry-run-job.ts';
import { exportRunner } from '../exports/export-run.ts';
import { importRunner } from '../imports/runner.ts';
import { reportRunner } from '../reports/report-job.ts';
import { fillListRunner } from '../segments/fill-list.ts';
import { jobWorker } from './work.ts';

/** The worker of the queue `jobs`, for every kind: an idle queue is polled all month, so one carries them all. */
export const handler = jobWorker({
  'hand-over': handOverRunner,
  import: importRunner,
  export: exportRunner,
  'fill-list': fillListRunner,
  'dry-run': dryRunRunner,
  report: reportRunner,
});
