import * as z from 'zod';
import { isoOf } from '../kernel/clock.ts';
import { StoredInstant } from '../kernel/values.ts';
import type { WorkCalendar } from '../service-levels/calendar.ts';
import { workingAfter, workingBetween } from '../service-levels/working-time.ts';

/**
 * One promise of a case: until when it is kept, how much working time has gone, whether it was met or broken. A clock runs, is paused while
 * the customer is waited for, or is met. Schema and rules; pure.
 */
export const Clock = z
  .strictObject({
    targetMinutes: z.int().positive(),
    /** Working minutes that had gone when it began to run last. */
    elapsedMinutes: z.number().nonnegative(),
    /** Since when it runs; null while it is paused and once it is met. */
    runningSince: StoredInstant.nullable().default(null),
    pausedAt: StoredInstant.nullable().default(null),
    /** Null while it is paused, and where the calendar never gets there. */
    dueAt: StoredInstant.nullable().default(null),
    warnAt: StoredInstant.nullable().default(null),
    warnedAt: StoredInstant.nullable().default(null),
    metAt: StoredInstant.nullable().default(null),
    /** When the time was over; it stays, whatever comes later. */
    breachedAt: StoredInstant.nullable().default(null),
  })
  .meta({ id: 'CaseClock' });
export type Clock = z.output<typeof Clock>;

/** What became of a promise. `late`: it was kept after its time. */
export const clockStates = ['running', 'paused', 'met', 'late', 'breached'] as const;
export const ClockState = z.enum(clockStates);
export type ClockState = z.output<typeof ClockState>;

type Pace = { calendar: WorkCalendar; warnAtPercent: number };
const minute = 60_000;

/** The clock running from `at` on, with the moments that follow. */
function running(clock: Clock, at: number, { calendar, warnAtPercent }: Pace): Clock {
  const target = clock.targetMinutes * minute;
  const gone = Math.round(clock.elapsedMinutes * minute);
  const moment = (working: number) => {
    const instant = workingAfter(calendar, at, working);
    return instant === undefined ? null : isoOf(instant);
  };
  return {
    ...clock,
    runningSince: isoOf(at),
    pausedAt: null,
    // What is over already stays due when it was.
    dueAt: clock.breachedAt ?? moment(target - gone),
    warnAt: clock.warnedAt || clock.breachedAt ? clock.warnAt : moment((target * warnAtPercent) / 100 - gone),
  };
}

/** The working minutes that have gone by `at`. */
export const elapsedBy = (clock: Clock, at: number, calendar: WorkCalendar): number =>
  clock.runningSince === null
    ? clock.elapsedMinutes
    : clock.elapsedMinutes + workingBetween(calendar, Date.parse(clock.runningSince), at) / minute;

const unstarted = {
  elapsedMinutes: 0,
  runningSince: null,
  pausedAt: null,
  dueAt: null,
  warnAt: null,
  warnedAt: null,
  metAt: null,
  breachedAt: null,
};

/** A clock that begins to run. */
export const startedClock = (targetMinutes: number, at: number, pace: Pace): Clock => running({ ...unstarted, targetMinutes }, at, pace);

/** What the time that has passed makes of it: warned of, broken. The same clock where nothing does. */
export function steppedClock(clock: Clock, now: number): Clock {
  if (clock.runningSince === null) return clock;
  const passed = (at: string | null) => at !== null && Date.parse(at) <= now;
  const warned = clock.warnedAt === null && passed(clock.warnAt);
  const broken = clock.breachedAt === null && passed(clock.dueAt);
  if (!warned && !broken) return clock;
  return { ...clock, warnedAt: warned ? isoOf(now) : clock.warnedAt, breachedAt: broken ? clock.dueAt : clock.breachedAt };
}

const stopped = (clock: Clock, at: number, { calendar }: Pace): Clock => ({
  ...steppedClock(clock, at),
  elapsedMinutes: elapsedBy(clock, at, calendar),
  runningSince: null,
});

/** Paused while the customer is waited for. */
export const pausedClock = (clock: Clock, at: number, pace: Pace): Clock => {
  if (clock.runningSince === null) return clock;
  const next = stopped(clock, at, pace);
  return { ...next, pausedAt: isoOf(at), dueAt: next.breachedAt, warnAt: next.warnedAt ? next.warnAt : null };
};

/** Running again, with the time that was left. */
export const resumedClock = (clock: Clock, at: number, pace: Pace): Clock =>
  clock.pausedAt === null || clock.metAt !== null ? clock : running(clock, at, pace);

/** Met at a moment. Once met it stays so; what was met too late is broken too. */
export const metClock = (clock: Clock, at: number, pace: Pace): Clock =>
  clock.metAt !== null ? clock : { ...stopped(clock, at, pace), metAt: isoOf(at), pausedAt: null };

/** Running again after it had been met too soon: the matter was not resolved. */
export const reopenedClock = (clock: Clock, at: number, pace: Pace): Clock =>
  clock.metAt === null ? clock : running({ ...clock, metAt: null }, at, pace);

/** The same clock under another target: what has gone stays gone, what was broken stays broken. */
export function retargetedClock(clock: Clock, targetMinutes: number, { at, ...pace }: Pace & { at: number }): Clock {
  if (clock.metAt !== null || clock.targetMinutes === targetMinutes) return clock;
  if (clock.runningSince === null) return { ...clock, targetMinutes };
  const next = { ...stopped(clock, at, pace), targetMinutes };
  return steppedClock(running(next, at, pace), at);
}

/** The next moment at which something becomes of it; undefined where nothing does. */
export const nextMomentOf = (clock: Clock): string | undefined =>
  clock.runningSince === null
    ? undefined
    : [clock.warnedAt === null ? clock.warnAt : null, clock.breachedAt === null ? clock.dueAt : null].filter((at) => at !== null).sort()[0];

export function clockState(clock: Clock | null): ClockState | null {
  if (!clock) return null;
  if (clock.metAt !== null) return clock.breachedAt ? 'late' : 'met';
  if (clock.breachedAt !== null) return 'breached';
  return clock.pausedAt === null ? 'running' : 'paused';
}
