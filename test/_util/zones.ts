import { offsetAt } from '../../functions/kernel/wall-time.ts';

/** A change of a zone's wall clock: at this instant it jumps from one offset to another, all in milliseconds. */
export type ZoneChange = { zone: string; instant: number; before: number; after: number };

const minute = 60_000;
/** No zone changes twice within five days. */
const stride = 5 * 24 * 60 * minute;

/** Every IANA zone that this runtime knows. */
export const allZones = [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])];

/** Every change of a zone between two instants, found by halves, to the minute. */
export function changesOf(zone: string, from: number, to: number): ZoneChange[] {
  const found: ZoneChange[] = [];
  for (let start = Math.floor(from / minute) * minute; start < to; start += stride) {
    let [low, high] = [start, Math.min(start + stride, to)];
    const [before, after] = [offsetAt(low, zone), offsetAt(high, zone)];
    if (before === after) continue;
    while (high - low > minute) {
      const middle = low + Math.floor((high - low) / minute / 2) * minute;
      if (offsetAt(middle, zone) === before) low = middle;
      else high = middle;
    }
    found.push({ zone, instant: high, before, after });
  }
  return found;
}
