import { workingDay } from '../kernel/days.ts';
import { wallAt } from '../kernel/wall-time.ts';
import type { FollowUp } from './follow-up.ts';

/** How a call in a call list is tried again. Pure. */

/** How often somebody is called in all, and when the next try would be due. */
export type Retry = { tries: number; again: FollowUp['due'] };

/** The wall time so many hours after `now` (epoch milliseconds), on the next day where work is done if that one is none. */
export function dueAgain(
  now: number,
  { afterHours, zone, workingDays }: { afterHours: number; zone: string; workingDays: readonly number[] },
): FollowUp['due'] {
  const { on, at } = wallAt(now + afterHours * 3_600_000, zone);
  return { on: workingDay(on, 0, workingDays), at, zone };
}

/** A call as it was before the last time that nobody answered; undefined where there was none that can be taken back. */
export function beforeLastTry(followUp: FollowUp): FollowUp | undefined {
  const { state, tries } = followUp;
  if (state !== 'open' || !tries?.loggedId) return undefined;
  const many = tries.many - 1;
  // The one before it is for good: only its number is still known.
  return { ...followUp, due: tries.dueBefore, tries: many > 0 ? { ...tries, many, loggedId: null } : null };
}
