import { handOverRunner } from '../admin/hand-over.ts';
import { jobWorker } from './work.ts';

/** The worker of the queue `jobs`, by kind. Imports and exports have a queue and a worker of their own. */
export const handler = jobWorker({ 'hand-over': handOverRunner });
