import { DateTime } from 'luxon';

/** Wall times in a recipient's zone, by IANA's rules. A minute that does not exist moves forward; one that comes twice is its first. Pure. */

export type Hours = { from: string; to: string };

const minutesOf = (wall: string) => Number(wall.slice(0, 2)) * 60 + Number(wall.slice(3, 5));

/** The moment of a wall time on the day of `date`. */
function momentOf(date: DateTime, wall: string): number {
  const minutes = minutesOf(wall);
  const at = { hour: Math.floor(minutes / 60), minute: minutes % 60, second: 0, millisecond: 0 };
  // Luxon moves a minute within a gap forward by the gap's length, and takes the first of two.
  return DateTime.fromObject({ year: date.year, month: date.month, day: date.day, ...at }, { zone: date.zone }).toMillis();
}

/** The first time at or after `from` that clocks in the zone show `wall` (HH:MM). */
export function nextWallTime(from: number, wall: string, zone: string): number {
  const start = DateTime.fromMillis(from, { zone });
  for (let day = -1; day <= 2; day++) {
    const moment = momentOf(start.plus({ days: day }), wall);
    if (moment >= from) return moment;
  }
  return from;
}

/** Whether a moment lies within hours of the day, from the first minute to before the last; they may go over midnight. Equal ends are no hours. */
export function isWithin(now: number, { from, to }: Hours, zone: string): boolean {
  const local = DateTime.fromMillis(now, { zone });
  const minute = local.hour * 60 + local.minute;
  const [start, end] = [minutesOf(from), minutesOf(to)];
  return start <= end ? minute >= start && minute < end : minute >= start || minute < end;
}

/** When hours that hold `now` are over; `now` itself outside them. */
export const endOf = (now: number, hours: Hours, zone: string): number =>
  isWithin(now, hours, zone) ? nextWallTime(now, hours.to, zone) : now;

/** When hours begin that do not hold `now`; `now` itself within them, or where they are none. */
export const startOf = (now: number, hours: Hours, zone: string): number =>
  hours.from === hours.to || isWithin(now, hours, zone) ? now : nextWallTime(now, hours.from, zone);
