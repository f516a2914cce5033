import { Cron } from 'croner';
import { DateTime } from 'luxon';
import { isoOf } from '../kernel/clock.ts';
import type { FieldError } from '../kernel/errors.ts';
import type { Campaign, Schedule } from './campaign.ts';

/** When campaigns run. Zones and crons; pure: every time comes in as an argument, in milliseconds. */

/** The zone that is the furthest ahead: where any wall time comes first. */
const firstZone = 'Pacific/Kiritimati';
const minute = 60_000;
/** Two occurrences are at least so far from each other. */
const closest = 60 * minute;
const most = 400;
/** How far ahead schedules are made; what is further is made by the hourly reconciling when its time comes near. */
export const horizonMs = 25 * 60 * minute;

/** Five fields as cron has them. A minute that the clock skips is run at the first one after, one that comes twice once. */
const cronOf = (pattern: string, zone: string) =>
  new Cron(pattern, { timezone: zone, mode: '5-part', fixedTimeRule: 'no-wildcard', paused: true });

/** A wall time of one zone in another, the same figures on the clock. A wall time that does not exist moves forward. */
const sameWallTime = (time: number, from: string, to: string): number =>
  DateTime.fromMillis(time, { zone: from }).setZone(to, { keepLocalTime: true }).toMillis();

type Timed = Pick<Campaign, 'schedule' | 'sendAtLocal'>;

function after(schedule: Schedule, time: number): number | null {
  if (schedule.kind === 'triggered') return null;
  if (schedule.kind === 'once') return Date.parse(schedule.at) > time ? Date.parse(schedule.at) : null;
  const next = cronOf(schedule.cron, schedule.zone).nextRun(new Date(time))?.getTime() ?? null;
  return next !== null && schedule.until !== null && next > Date.parse(schedule.until) ? null : next;
}

const zoneOf = (schedule: Schedule) => (schedule.kind === 'triggered' ? 'UTC' : schedule.zone);

/**
 * When the next run begins, after a moment; null where none does. With `sendAtLocal` a run begins when its wall time comes in the zone
 * that is furthest ahead, and `localTimeOf` says when each recipient's comes.
 */
export function nextOccurrence({ schedule, sendAtLocal }: Timed, time: number): number | null {
  if (!schedule) return null;
  if (!sendAtLocal) return after(schedule, time);
  const zone = zoneOf(schedule);
  // The schedule's own moment lies up to 26 hours after the run's beginning.
  for (let own = after(schedule, time); own !== null; own = after(schedule, own)) {
    const begins = sameWallTime(own, zone, firstZone);
    if (begins > time) return begins;
  }
  return null;
}

/** When a run's wall time comes in a recipient's zone: the time at which she is sent it. */
export const localTimeOf = (campaign: Timed, begins: number, zone: string): number =>
  campaign.sendAtLocal ? sameWallTime(begins, firstZone, zone) : begins;

/** A run's name among those of its campaign: the scheduled time in UTC, to the minute. */
export const occurrenceAt = (time: number): string => `${isoOf(time).slice(0, 16).replaceAll(/[-:]/g, '')}Z`;

/** When an occurrence was scheduled, in milliseconds; undefined for a wave, whose time its campaign tells. */
export function timeOfOccurrence(occurrence: string): number | undefined {
  const [, year, month, day, hours, minutes] = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})Z$/.exec(occurrence) ?? [];
  return year === undefined ? undefined : Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:00Z`);
}

export type NextRun = { occurrence: string; at: number };

/** What a campaign has to do next, after a moment: its next occurrence, a wave where that is sooner, both where they fall together. */
export function nextRuns(campaign: Campaign, time: number): NextRun[] {
  const regular = nextOccurrence(campaign, time);
  const runs = campaign.waves
    .map(({ number, at }): NextRun => ({ occurrence: `wave-${number}`, at: Date.parse(at) }))
    .filter(({ at }) => at > time)
    .concat(regular === null ? [] : [{ occurrence: occurrenceAt(regular), at: regular }]);
  const first = Math.min(...runs.map(({ at }) => at));
  return runs.filter(({ at }) => at === first);
}

/** What is wrong with a schedule, at its place; nothing for one that will run. `now` in milliseconds. */
export function scheduleErrors(schedule: Schedule, now: number): FieldError[] {
  if (schedule.kind !== 'recurring') return [];
  const fault = (pointer: string, code: string, detail: string) => [{ pointer: `/schedule/${pointer}`, code, detail }];
  let cron: Cron;
  try {
    cron = cronOf(schedule.cron, schedule.zone);
  } catch {
    return fault('cron', 'invalid_cron', 'five fields: minute, hour, day of the month, month, day of the week');
  }
  const times = cron.nextRuns(most, new Date(now)).map((time) => time.getTime());
  if (times.length === 0) return fault('cron', 'never_fires', 'no date fits it');
  if (times.some((time, at) => at > 0 && time - (times[at - 1] ?? 0) < closest))
    return fault('cron', 'too_often', 'once an hour at the most');
  if (after(schedule, now) === null) return fault('until', 'never_fires', 'it ends before it fires');
  return [];
}
