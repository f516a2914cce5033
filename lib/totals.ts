import { services, workers } from './services.ts';
import type { Settings } from './stages.ts';

/** Sums over the stage that a quota is compared with before anything is deployed. */
export const resourceTotals = ({ reserved }: Pick<Settings, 'reserved'>) => ({
  reservedConcurrency: reserved ? Object.keys(services).length * reserved.http + Object.keys(workers).length * reserved.worker : 0,
});
