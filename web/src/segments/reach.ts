import type { Estimate } from './queries.ts';

/** Why no message reaches somebody. */
export const reasons = ['noEmail', 'badEmail', 'noPhone', 'noAddress'] as const satisfies readonly (keyof Estimate['reachable'])[];
export type Reason = (typeof reasons)[number];
