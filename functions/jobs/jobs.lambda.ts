import { handOverRunner } from '../admin/hand-over.ts';
import { exportRunner } from '../exports/export-run.ts';
import { importRunner } from '../imports/runner.ts';
import { fillListRunner } from '../segments/fill-list.ts';
import { passOn } from './pass-on.ts';
import { jobWorker } from './work.ts';

/**
 * The worker of the queue `jobs`, for every kind: an idle queue is polled all month, so one carries them all. What counts over campaigns
 * needs much code that nothing else here does, and is passed on.
 */
export const handler = jobWorker(
  { 'hand-over': handOverRunner, import: importRunner, export: exportRunner, 'fill-list': fillListRunner },
  passOn,
);
