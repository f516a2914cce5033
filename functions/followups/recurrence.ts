import * as z from 'zod';
import { CalendarDate } from '../kernel/values.ts';

/** How a follow-up comes again: every so many days, weeks, months or years, on calendar days of its zone. Schema and rules; pure. */
export const Recurrence = z
  .strictObject({
    every: z.enum(['day', 'week', 'month', 'year']),
    interval: z.int().min(1).max(99).default(1),
    /** For weeks, ISO: 1 is Monday. The weekday of the due day where there is none. */
    weekdays: z.array(z.int().min(1).max(7)).max(7).default([]),
    /** For months and years: the day, or the last one of a month that is shorter. That of the due day where there is none. */
    monthDay: z.int().min(1).max(31).nullable().default(null),
    /** The last day on which it may be due. */
    until: CalendarDate.nullable().default(null),
    /** How often in all. */
    count: z.int().min(1).max(999).nullable().default(null),
  })
  .meta({ id: 'Recurrence' });
export type Recurrence = z.output<typeof Recurrence>;

const dayMs = 86_400_000;
const daysOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / dayMs;
const dateOf = (days: number) => new Date(days * dayMs).toISOString().slice(0, 10);
/** ISO: 1 is Monday. 1970-01-01 was a Thursday. */
const weekdayOf = (days: number) => ((((days + 3) % 7) + 7) % 7) + 1;

/** The rule with what it leaves open taken from the day on which the follow-up is due first. */
export function anchored(rule: Recurrence, on: string): Recurrence {
  const weekdays = rule.weekdays.length > 0 ? [...new Set(rule.weekdays)].sort((a, b) => a - b) : [weekdayOf(daysOf(on))];
  return {
    ...rule,
    weekdays: rule.every === 'week' ? weekdays : [],
    monthDay: rule.every === 'month' || rule.every === 'year' ? (rule.monthDay ?? Number(on.slice(8))) : null,
  };
}

/** Which parts of a rule do not go together, as field errors below the rule. */
export function recurrenceErrors({ every, weekdays, monthDay, until }: Recurrence, on: string) {
  const errors = [];
  if (weekdays.length > 0 && every !== 'week')
    errors.push({ pointer: '/weekdays', code: 'not_for_this', detail: 'weekdays go with weeks' });
  if (monthDay !== null && every !== 'month' && every !== 'year')
    errors.push({ pointer: '/monthDay', code: 'not_for_this', detail: 'a day of the month goes with months and years' });
  if (until !== null && until < on) errors.push({ pointer: '/until', code: 'before_due', detail: 'it ends before it is due' });
  return errors;
}

/** The days on which an anchored rule falls after `from`, in order, without end. */
function* daysAfter(rule: Recurrence, from: string): Generator<string> {
  const start = daysOf(from);
  if (rule.every === 'day') for (let at = start + rule.interval; ; at += rule.interval) yield dateOf(at);
  if (rule.every === 'week') {
    const monday = start - (weekdayOf(start) - 1);
    for (let week = monday; ; week += 7 * rule.interval)
      for (const weekday of rule.weekdays) if (week + weekday - 1 > start) yield dateOf(week + weekday - 1);
  }
  const months = rule.interval * (rule.every === 'year' ? 12 : 1);
  const [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7)) - 1];
  for (let step = months; ; step += months) {
    const last = new Date(Date.UTC(year, month + step + 1, 0)).getUTCDate();
    yield new Date(Date.UTC(year, month + step, Math.min(rule.monthDay ?? 1, last))).toISOString().slice(0, 10);
  }
}

/**
 * The day on which a follow-up that was due `from` is due next: after that day and not before `notBefore` (today, so that what was
 * neglected for weeks comes again once). `occurrence` is the number of the one that ends, from 1. Undefined where the rule has ended.
 */
export function nextDay(rule: Recurrence, { from, notBefore, occurrence }: { from: string; notBefore: string; occurrence: number }) {
  if (rule.count !== null && occurrence >= rule.count) return undefined;
  for (const day of daysAfter(rule, from)) {
    if ((rule.until !== null && day > rule.until) || day > '9000') return undefined;
    if (day >= notBefore) return day;
  }
  return undefined;
}
