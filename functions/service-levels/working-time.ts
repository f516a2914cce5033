import { nextDay } from '../kernel/days.ts';
import { offsetAt, wallAt } from '../kernel/wall-time.ts';
import type { WorkCalendar } from './calendar.ts';

/**
 * Time that passes while a company works. A moment is working time where the clock on the wall of the calendar's zone shows an hour of its
 * weekday and no holiday: of an hour that comes twice both count, one that is skipped does not. Pure, without schemas; milliseconds.
 */
type Hours = Pick<WorkCalendar, 'zone' | 'hours' | 'holidays'>;
type Span = { from: number; to: number };

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Nothing is looked for beyond: whoever works an hour a year is never late. */
const mostDays = 3_700;

const msOf = (time: string) => Number(time.slice(0, 2)) * hour + Number(time.slice(3)) * minute;

/** The instant after `low` and up to `high` from which on a zone's offset is that of `high`; both differ. */
function changeBetween(zone: string, low: number, high: number): number {
  const after = offsetAt(high, zone);
  let [before, then] = [low, high];
  while (then - before > 1_000) {
    const middle = Math.floor((before + then) / 2_000) * 1_000;
    if (offsetAt(middle, zone) === after) then = middle;
    else before = middle;
  }
  return then;
}

/** The spans of UTC in which a date is on the wall, each with how far the wall is ahead. */
function pieces(zone: string, midnight: number): (Span & { offset: number })[] {
  // No zone is further from UTC than 14 hours; two changes of one are further apart than this window is wide.
  const [low, high] = [midnight - 15 * hour, midnight + day + 15 * hour];
  const [first, last] = [offsetAt(low, zone), offsetAt(high, zone)];
  if (first === last) return [{ from: low, to: high, offset: first }];
  const change = changeBetween(zone, low, high);
  return [
    { from: low, to: change, offset: first },
    { from: change, to: high, offset: last },
  ];
}

/** The working time of one date, in order. */
export function spansOn({ zone, hours, holidays }: Hours, date: string): Span[] {
  if (holidays.includes(date)) return [];
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const weekday = new Date(midnight).getUTCDay() || 7;
  const open = hours.filter((one) => one.weekday === weekday);
  if (open.length === 0) return [];
  return pieces(zone, midnight)
    .flatMap(({ from, to, offset }) =>
      open.map((one) => ({
        from: Math.max(from, midnight + msOf(one.from) - offset),
        to: Math.min(to, midnight + msOf(one.to) - offset),
      })),
    )
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from);
}

/** Working time from an instant on, without end. */
function* spansFrom(calendar: Hours, from: number): Generator<Span> {
  // Where the clock goes back over midnight, the day before comes again.
  let date = wallAt(from - 2 * hour, calendar.zone).on;
  for (let days = 0; days < mostDays; days++, date = nextDay(date))
    for (const span of spansOn(calendar, date)) if (span.to > from) yield { from: Math.max(span.from, from), to: span.to };
}

/** How much working time passes between two instants. */
export function workingBetween(calendar: Hours, from: number, to: number): number {
  let sum = 0;
  for (const span of spansFrom(calendar, from)) {
    if (span.from >= to) break;
    sum += Math.min(span.to, to) - span.from;
  }
  return sum;
}

/** The first instant by which so much working time has passed since `from`; undefined where that is beyond ten years. */
export function workingAfter(calendar: Hours, from: number, working: number): number | undefined {
  if (working <= 0) return from;
  let left = working;
  for (const span of spansFrom(calendar, from)) {
    if (span.to - span.from >= left) return span.from + left;
    left -= span.to - span.from;
  }
  return undefined;
}
