import { instantAt, wallAt } from '../kernel/wall-time.ts';
import type { Due, FollowUp } from './follow-up.ts';

/** When something is due, and when it is late. Pure, and without schemas, so that the client reckons by the same rules. */
/** When something is due that has a day and no time. */
const morning = '09:00';

/** The instant at which something is due, in milliseconds: an all-day one at nine in the morning of its zone. */
export const dueInstant = ({ on, at, zone }: Due): number => instantAt({ on, at: at ?? morning }, zone);

/** Whether its time has passed: an all-day one's when the day has ended in its zone. */
export const isOverdue = ({ due, dueAt, state }: Pick<FollowUp, 'due' | 'dueAt' | 'state'>, now: number): boolean =>
  state === 'open' && (due.at === null ? wallAt(now, due.zone).on > due.on : Date.parse(dueAt) < now);
