import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useCan } from '../auth/me.ts';
import { addDays, addMonths, dateText, dayOfRow, dayStart, firstOfMonth, mondayOf, monthName, todayDay } from '../followups/days.ts';
import { calendarQuery, type FollowUpRow, type Scope } from '../followups/queries.ts';
import type { View } from '../followups/search.ts';
import { t } from '../i18n/i18n.ts';
import { useShortcuts } from '../shell/shortcuts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { Agenda } from './agenda.tsx';
import { DayGrid } from './day-grid.tsx';

export type CalendarView = Exclude<View, 'list'>;
/** Days of which the agenda tells. */
const agendaDays = 28;

/** The days that a view shows around one of them, and how far it turns. */
export function daysOf(view: CalendarView, day: string): string[] {
  const from = view === 'month' ? mondayOf(firstOfMonth(day)) : view === 'week' ? mondayOf(day) : day;
  const until =
    view === 'month' ? addDays(mondayOf(addDays(addMonths(firstOfMonth(day), 1), -1)), 7) : addDays(from, view === 'week' ? 7 : agendaDays);
  const days: string[] = [];
  for (let at = from; at < until; at = addDays(at, 1)) days.push(at);
  return days;
}
const turned = (view: CalendarView, day: string, by: number) =>
  view === 'month' ? addMonths(day, by) : addDays(day, by * (view === 'week' ? 7 : agendaDays));

/** Follow-ups in their days: a month, a week, or the coming weeks as an agenda. */
export function Calendar({ view, scope }: { view: CalendarView; scope: Scope }) {
  const can = useCan();
  const { day = todayDay() } = useSearch({ from: '/app/follow-ups' });
  const navigate = useNavigate({ from: '/follow-ups' });
  const go = (next: string) =>
    void navigate({ search: (before) => ({ ...before, day: next === todayDay() ? undefined : next }), replace: true });
  const days = daysOf(view, day);
  const span = { scope, from: dayStart(days[0] ?? day), to: dayStart(addDays(days.at(-1) ?? day, 1)) };
  const asked = useQuery({ ...calendarQuery(span), placeholderData: keepPreviousData });
  useShortcuts([
    { keys: 'PageUp', label: 'calendar.back', run: () => go(turned(view, day, -1)) },
    { keys: 'PageDown', label: 'calendar.forth', run: () => go(turned(view, day, 1)) },
    { keys: 't', label: 'calendar.today', run: () => go(todayDay()) },
  ]);
  const byDay = Map.groupBy(asked.data?.rows ?? [], dayOfRow);
  const rowsOf = (each: string): FollowUpRow[] => (byDay.get(each) ?? []).sort(byTime);
  const title = view === 'month' ? monthName(day) : `${dateText(days[0] ?? day)} – ${dateText(days.at(-1) ?? day)}`;
  return (
    <section aria-label={t('calendar.label')} className="grid gap-3">
      <header className="flex flex-wrap items-center gap-2">
        <IconButton label={t('calendar.back')} look="secondary" onClick={() => go(turned(view, day, -1))}>
          <ChevronLeft className="size-5 flip-rtl" aria-hidden />
        </IconButton>
        <IconButton label={t('calendar.forth')} look="secondary" onClick={() => go(turned(view, day, 1))}>
          <ChevronRight className="size-5 flip-rtl" aria-hidden />
        </IconButton>
        <Button onClick={() => go(todayDay())}>{t('calendar.today')}</Button>
        <h2 className="text-lg first-letter:uppercase" aria-live="polite">
          {title}
        </h2>
      </header>
      {asked.isPending && <Loading rows={8} />}
      {asked.isError && !asked.data && <Failure error={asked.error} retry={() => void asked.refetch()} />}
      {asked.data?.more && (
        <p role="status" className="rounded-md bg-mango-soft px-3.5 py-2 text-sm text-mango-ink">
          {t('calendar.truncated')}
        </p>
      )}
      {asked.data && view === 'agenda' && <Agenda days={days} rowsOf={rowsOf} scope={scope} />}
      {asked.data && view !== 'agenda' && (
        <DayGrid view={view} days={days} day={day} rowsOf={rowsOf} onDay={go} mayPlan={can.any('followUps', 'write')} />
      )}
    </section>
  );
}

/** Whole days first, then by time. */
const byTime = (a: FollowUpRow, b: FollowUpRow) =>
  Number(a.due.at !== null) - Number(b.due.at !== null) || (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0);
