import { startOfDay } from '../../../functions/kernel/days.ts';
import { wallAt } from '../../../functions/kernel/wall-time.ts';
import { currentRegion, formatPlainDate, formatTime, localeTag } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { FollowUpRow } from './queries.ts';

/** Days as `2026-12-01`, by the reader's clock, and how they are said. */
const dayMs = 86_400_000;
const numberOf = (day: string) => Date.parse(`${day}T00:00:00Z`) / dayMs;

export const todayDay = (now = Date.now()) => wallAt(now, currentRegion().zone).on;
export const addDays = (day: string, days: number) => new Date((numberOf(day) + days) * dayMs).toISOString().slice(0, 10);
export const daysBetween = (from: string, to: string) => numberOf(to) - numberOf(from);
/** ISO: 1 is Monday. */
export const weekdayOf = (day: string) => new Date(numberOf(day) * dayMs).getUTCDay() || 7;
export const mondayOf = (day: string) => addDays(day, 1 - weekdayOf(day));
export const firstOfMonth = (day: string) => `${day.slice(0, 8)}01`;
export const addMonths = (day: string, months: number) => {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(Number(day.slice(8)), last))).toISOString().slice(0, 10);
};
/** The instant at which a day begins on the reader's wall. */
export const dayStart = (day: string) => new Date(startOfDay(day, currentRegion().zone)).toISOString();

/** The day of a follow-up on the reader's wall: that of its due time, or, closed, of when it was done. A whole day is the same everywhere. */
export function dayOfRow({ due, dueAt, state, closedAt }: FollowUpRow): string {
  if (state !== 'open' && closedAt) return wallAt(Date.parse(closedAt), currentRegion().zone).on;
  return due.at === null ? due.on : wallAt(Date.parse(dueAt), currentRegion().zone).on;
}

const relative = () =>
  new Intl.RelativeTimeFormat(localeTag(), { numeric: 'auto', numberingSystem: 'latn' } as Intl.RelativeTimeFormatOptions);

/** "today", "tomorrow", "Friday", or the date. */
export function dayText(day: string, now = Date.now()): string {
  const away = daysBetween(todayDay(now), day);
  if (Math.abs(away) <= 1) return relative().format(away, 'day');
  if (away > 1 && away < 7) return weekdayName(day);
  return dateText(day);
}

/** The date of a day: Monday, 30 November 2026. */
export const dateText = (day: string) =>
  formatPlainDate({ year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8)) });

export const weekdayName = (day: string, weekday: 'long' | 'short' = 'long') =>
  new Intl.DateTimeFormat(localeTag(), { timeZone: 'UTC', weekday }).format(numberOf(day) * dayMs);

export const monthName = (day: string) =>
  new Intl.DateTimeFormat(localeTag(), {
    timeZone: 'UTC',
    calendar: currentRegion().calendar,
    numberingSystem: 'latn',
    month: 'long',
    year: 'numeric',
  }).format(numberOf(day) * dayMs);

/** An instant as one says it: "tomorrow, 15:00". */
export function whenText(at: string, now = Date.now()): string {
  return t('when.dayAt', { day: dayText(wallAt(Date.parse(at), currentRegion().zone).on, now), time: formatTime(at) });
}

/** When a follow-up is due, as one says it. */
export const dueText = ({ due, dueAt }: Pick<FollowUpRow, 'due' | 'dueAt'>) => (due.at === null ? dayText(due.on) : whenText(dueAt));
