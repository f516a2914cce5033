import type { Customer } from '../customers/customer.ts';
import { instantAt, wallAt } from '../kernel/wall-time.ts';

/** Wall times in a recipient's zone, by IANA's rules. A minute that does not exist moves forward; one that comes twice is its first. Pure. */

/** From the first minute to before the last; over midnight where `to` is not after `from`. Equal ends are no hours. */
export type Hours = { from: string; to: string };

const dayMs = 86_400_000;
/** A calendar date so many days later. */
const dateAfter = (on: string, days: number) => new Date(Date.parse(`${on}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** The first time at or after `from` that clocks in the zone show `wall` (HH:MM). */
export function nextWallTime(from: number, wall: string, zone: string): number {
  const { on } = wallAt(from, zone);
  for (let day = -1; day <= 2; day++) {
    const moment = instantAt({ on: dateAfter(on, day), at: wall }, zone);
    if (moment >= from) return moment;
  }
  return from;
}

export function isWithin(now: number, { from, to }: Hours, zone: string): boolean {
  const { at } = wallAt(now, zone);
  return from <= to ? at >= from && at < to : at >= from || at < to;
}

/** When hours that hold `now` are over; `now` itself outside them. */
export const endOf = (now: number, hours: Hours, zone: string): number =>
  isWithin(now, hours, zone) ? nextWallTime(now, hours.to, zone) : now;

/** When hours begin that do not hold `now`; `now` itself within them, or where they are none. */
export const startOf = (now: number, hours: Hours, zone: string): number =>
  hours.from === hours.to || isWithin(now, hours, zone) ? now : nextWallTime(now, hours.from, zone);

/** The first moment from one on, in milliseconds, that is outside quiet hours and within the hours that she prefers. */
export function hoursFor(
  { preferences: { hours } }: Pick<Customer, 'preferences'>,
  quietHours: Hours | null,
  { at: from, zone }: { at: number; zone: string },
): number {
  const outside = (at: number) => (quietHours ? endOf(at, quietHours, zone) : at);
  let at = from;
  // Two windows may push each other; after two rounds they have met, or never do, and quiet hours win.
  for (let round = 0; round < 2; round++) {
    at = outside(at);
    const preferred = hours ? startOf(at, hours, zone) : at;
    if (preferred === at) break;
    at = preferred;
  }
  return outside(at);
}
