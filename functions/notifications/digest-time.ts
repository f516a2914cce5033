import { isoOf } from '../kernel/clock.ts';
import { nextDay } from '../kernel/days.ts';
import { instantAt, wallAt } from '../kernel/wall-time.ts';
import type { PreferencesRow } from './preferences.ts';

/**
 * When a member's daily mail is looked at next: at her hour of the first local day after the last one that had it, and not before `now`.
 * An hour that the clock skips comes when the clock goes on; one that comes twice counts once. Null while it is off.
 */
export function nextDigest(row: Pick<PreferencesRow, 'digest' | 'day'>, zone: string, now: number): { at: string; day: string } | null {
  if (!row.digest.on) return null;
  const today = wallAt(now, zone).on;
  let day = row.day !== null && row.day >= today ? nextDay(row.day) : today;
  while (instantAt({ on: day, at: row.digest.at }, zone) <= now) day = nextDay(day);
  return { at: isoOf(instantAt({ on: day, at: row.digest.at }, zone)), day };
}
