/** What a clock on the wall shows: `2026-03-29` and `02:30`. */
export type WallMoment = { on: string; at: string };

const minute = 60_000;
const day = 24 * 60 * minute;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Swedish writes a date and time as RFC 3339 does. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('sv', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });
  formats.set(zone, format);
  return format;
}

/** The wall's time as if it were UTC, in milliseconds. */
const shownAt = (instant: number, zone: string) => Date.parse(`${formatOf(zone).format(instant).replace(' ', 'T')}Z`);

/** How far the wall clock of an IANA zone is ahead of UTC at an instant, both in milliseconds. */
export const offsetAt = (instant: number, zone: string): number => shownAt(instant, zone) - Math.floor(instant / 1_000) * 1_000;

/** What the wall clock of an IANA zone shows at an instant (epoch milliseconds), to the minute. */
export function wallAt(instant: number, zone: string): WallMoment {
  const shown = formatOf(zone).format(instant);
  return { on: shown.slice(0, 10), at: shown.slice(11, 16) };
}

/**
 * The instant (epoch milliseconds) at which the wall clock of an IANA zone shows a date and time. A minute that the clock skips moves
 * forward by as much as is skipped (02:30 is 03:30); of one that comes twice it is the first. RFC 5545, 3.3.5. Looks at the offsets a
 * day before and after, so two changes of a zone must be more than two days apart.
 */
export function instantAt({ on, at }: WallMoment, zone: string): number {
  const wanted = Date.parse(`${on}T${at}:00Z`);
  const before = wanted - offsetAt(wanted - day, zone);
  const after = wanted - offsetAt(wanted + day, zone);
  const fitting = [before, after].filter((instant) => shownAt(instant, zone) === wanted);
  return fitting.length > 0 ? Math.min(...fitting) : before;
}
