import { handOverRunner } from '../admin/hand-over.ts';
import { importRunner } from '../imports/runner.ts';
import { fillListRunner } from '../segments/fill-list.ts';
import { passOn } from './pass-on.ts';
import { jobWorker } from './work.ts';

/**
 * The worker of the queue `jobs`, for every kind: an idle queue is polled all month, so one carries them all. Exports, and what counts over
 * campaigns, need much code that nothing else here does, and are passed on.
 */
export const handler = jobWorker({ 'hand-over': handOverRunner, import: importRunner, 'fill-list': fillListRunner }, passOn);
