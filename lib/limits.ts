import type { Worker } from './services.ts';

/** The gateway gives up after 30 s; a function that is still running then works for nobody. */
export const httpSeconds = 20;
export const httpMemory = 1_024;

/** Cognito waits 5 s for its trigger. */
export const workerSeconds = ({ trigger, timeoutSeconds }: Worker): number => timeoutSeconds ?? (trigger.kind === 'preToken' ? 5 : 60);
export const workerMemory = ({ memory }: Worker): number => memory ?? 1_024;

/** How many batches of a queue are worked on at once, so that a big import cannot starve the API. Not above the reserved concurrency. */
export const queueConcurrency = 5;
/** Customers that imports make a second: half of what one partition of the by-creation index takes. */
export const importRate = 500;
/** Messages a batch: each is a chunk of work by itself. */
export const queueBatch = 1;

/** AWS quotas that a template can break without a word at synthesis. */
export const mostRoutes = 300;
export const mostResources = 500;
