import { isoOf } from '../kernel/clock.ts';
import { invalid } from '../kernel/errors.ts';
import type { WorkCalendar } from '../service-levels/calendar.ts';
import { type ServiceLevels, targetOf } from '../service-levels/service-level.ts';
import { type Case, type CaseStep, checkStep, isOpen } from './case.ts';
import {
  type Clock,
  metClock,
  nextMomentOf,
  pausedClock,
  reopenedClock,
  resumedClock,
  retargetedClock,
  startedClock,
  steppedClock,
} from './clock.ts';

/** What becomes of a case: its steps, what they do to its clocks, and what time does. Pure; times in epoch milliseconds. */
const dayMs = 86_400_000;

type Clocks = Case['clocks'];
const each = (clocks: Clocks, rule: (clock: Clock) => Clock): Clocks => ({
  firstResponse: clocks.firstResponse && rule(clocks.firstResponse),
  resolution: clocks.resolution && rule(clocks.resolution),
});

/** The hours by which a case is counted. A calendar that was taken away leaves its cases the first that there is. */
const paceOf = ({ calendar }: Pick<Case, 'calendar'>, levels: ServiceLevels) => ({
  calendar: (levels.calendars.find(({ key }) => key === calendar) ?? levels.calendars[0]) as WorkCalendar,
  warnAtPercent: levels.warnAtPercent,
});

/** With what follows from the rest: when something is due, and when to look after it. */
export function placed(theCase: Case): Case {
  const clocks = [theCase.clocks.firstResponse, theCase.clocks.resolution].filter((clock) => clock !== null);
  const due = clocks.flatMap(({ runningSince, dueAt }) => (runningSince && dueAt ? [dueAt] : [])).sort()[0];
  const moments = [...clocks.map(nextMomentOf), theCase.closeAt ?? undefined].filter((at) => at !== undefined).sort();
  return { ...theCase, dueAt: due ?? null, nextAt: theCase.archivedAt ? null : (moments[0] ?? null) };
}

/** The clocks of a case that begins at `at`, and by which hours they run. */
export function promised(levels: ServiceLevels, { priority, tier, at }: { priority: Case['priority']; tier: string | null; at: number }) {
  const found = targetOf(levels, { priority, tier });
  if (!found) return { clocks: { firstResponse: null, resolution: null }, calendar: null };
  const { target, calendar } = found;
  const pace = { calendar, warnAtPercent: levels.warnAtPercent };
  const clock = (minutes: number | null) => (minutes === null ? null : startedClock(minutes, at, pace));
  return {
    clocks: { firstResponse: clock(target.firstResponseMinutes), resolution: clock(target.resolutionMinutes) },
    calendar: calendar.key,
  };
}

/** A case under another priority: its clocks have what the new one promises, less what has gone. */
export function reprioritised(theCase: Case, levels: ServiceLevels, { tier, at }: { tier: string | null; at: number }): Case {
  const found = targetOf(levels, { priority: theCase.priority, tier });
  if (!found || !isOpen(theCase)) return theCase;
  const { target, calendar } = found;
  const pace = { calendar, warnAtPercent: levels.warnAtPercent, at };
  const clock = (before: Clock | null, minutes: number | null) =>
    before && minutes !== null ? retargetedClock(before, minutes, pace) : before;
  const clocks = {
    firstResponse: clock(theCase.clocks.firstResponse, target.firstResponseMinutes),
    resolution: clock(theCase.clocks.resolution, target.resolutionMinutes),
  };
  return placed({ ...theCase, clocks, calendar: calendar.key });
}

type Moment = { at: number; levels: ServiceLevels };

/** A step of a case at a moment. Throws `wrong_state` where there is no such step, `invalid_input` where it says not how it was resolved. */
export function stepped(theCase: Case, step: CaseStep, { at, levels }: Moment): Case {
  if (step.state === theCase.state) return theCase;
  checkStep(theCase, step.state);
  const pace = paceOf(theCase, levels);
  const next = {
    ...theCase,
    state: step.state,
    rootCause: step.rootCause ?? theCase.rootCause,
    resolution: step.resolution ?? theCase.resolution,
  };
  switch (step.state) {
    case 'waiting':
      return placed({ ...next, clocks: each(next.clocks, (clock) => pausedClock(clock, at, pace)) });
    case 'resolved': {
      if (next.resolution === null) throw invalid('/resolution', 'required', 'say how it was resolved');
      const closeAt = levels.closeAfterDays === null ? null : isoOf(at + levels.closeAfterDays * dayMs);
      return placed({ ...next, clocks: each(next.clocks, (clock) => metClock(clock, at, pace)), resolvedAt: isoOf(at), closeAt });
    }
    case 'closed':
      return placed({ ...next, closedAt: isoOf(at), closeAt: null });
    case 'open':
      return isOpen(theCase) ? running(next, { at, levels }) : reopened(next, { at, levels });
  }
}

const running = (theCase: Case, { at, levels }: Moment): Case => {
  const pace = paceOf(theCase, levels);
  return placed({ ...theCase, clocks: each(theCase.clocks, (clock) => resumedClock(clock, at, pace)) });
};

/** Open again: the clock of its resolution goes on, the first answer was given. */
function reopened(theCase: Case, { at, levels }: Moment): Case {
  const { firstResponse, resolution } = theCase.clocks;
  const clocks = { firstResponse, resolution: resolution && reopenedClock(resolution, at, paceOf(theCase, levels)) };
  return placed({ ...theCase, clocks, resolvedAt: null, closedAt: null, closeAt: null, reopened: theCase.reopened + 1 });
}

/** What went out to the customer is the first answer; whatever it was, a new case is being worked on from then. */
export function answered(theCase: Case, { at, levels }: Moment): Case {
  const { firstResponse } = theCase.clocks;
  const clocks = { ...theCase.clocks, firstResponse: firstResponse && metClock(firstResponse, at, paceOf(theCase, levels)) };
  return placed({ ...theCase, clocks, state: theCase.state === 'new' ? 'open' : theCase.state });
}

/** The customer has said something: who waited for her waits no more, and what was thought to be over is not. */
export function heard(theCase: Case, moment: Moment): Case {
  if (theCase.mergedIntoId || theCase.archivedAt || theCase.state === 'new' || theCase.state === 'open') return theCase;
  return stepped(theCase, { state: 'open' }, moment);
}

/** What time has made of a case by `now`. The same case where nothing. */
export function overtaken(theCase: Case, now: number): Case {
  if (theCase.archivedAt) return theCase;
  const clocks = each(theCase.clocks, (clock) => steppedClock(clock, now));
  const isOver = theCase.closeAt !== null && Date.parse(theCase.closeAt) <= now;
  const closed = isOver ? { state: 'closed' as const, closedAt: isoOf(now), closeAt: null } : {};
  return placed({ ...theCase, clocks, ...closed });
}

/** Two cases of one customer that are one: this one ends, the other goes on. */
export function mergedInto(theCase: Case, other: Case, { at, levels }: Moment): { ended: Case; kept: Case } {
  const pace = paceOf(theCase, levels);
  const ended = placed({
    ...theCase,
    ...{ state: 'closed' as const, closedAt: isoOf(at), closeAt: null, mergedIntoId: other.id },
    clocks: each(theCase.clocks, (clock) => metClock(clock, at, pace)),
  });
  return { ended, kept: { ...other, mergedIds: [...other.mergedIds, theCase.id, ...theCase.mergedIds] } };
}
