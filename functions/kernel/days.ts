const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short' });
  formats.set(zone, format);
  return format;
}

/** The calendar day of an instant (epoch milliseconds) in an IANA zone: `2026-01-31`. */
export const dayOf = (instant: number, zone: string): string => formatOf(zone).format(instant);

const minute = 60_000;
const hour = 60 * minute;

/**
 * The first instant (epoch milliseconds) of a day in an IANA zone; where the clock skips midnight, that is the first moment after it.
 * Searched for by halves, to the minute, within 15 hours of UTC's midnight: offsets are whole minutes from -12 to +14 hours.
 */
export function startOfDay(day: string, zone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (zone === 'UTC') return midnight;
  let before = midnight - 15 * hour;
  let after = midnight + 15 * hour;
  while (after - before > minute) {
    const middle = before + Math.floor((after - before) / minute / 2) * minute;
    if (dayOf(middle, zone) < day) before = middle;
    else after = middle;
  }
  return after;
}

/** The day that follows: 2026-02-28 gives 2026-03-01. */
export const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 24 * hour).toISOString().slice(0, 10);

/**
 * The working day so many after a day, that day being the first where work is done on it. `workingDays` are ISO weekdays, 1 is Monday;
 * none of them named, all are worked.
 */
export function workingDay(day: string, after: number, workingDays: readonly number[]): string {
  const worked = (one: string) => workingDays.length === 0 || workingDays.includes(new Date(`${one}T00:00:00Z`).getUTCDay() || 7);
  let found = day;
  for (let left = after; ; found = nextDay(found)) {
    if (!worked(found)) continue;
    if (left-- <= 0) return found;
  }
}

/** An instant moved by calendar months, on the last day of a shorter month (31 January and one month is 28 February), in UTC. */
export function plusMonths(instant: number, months: number): number {
  const date = new Date(instant);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(day, last));
}
