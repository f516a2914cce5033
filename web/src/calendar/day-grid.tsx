import { type KeyboardEvent, useEffect, useRef } from 'react';
import { isOverdue } from '../../../functions/followups/due.ts';
import { addDays, dateText, todayDay, weekdayName } from '../followups/days.ts';
import type { FollowUpRow } from '../followups/queries.ts';
import { formatNumber, formatTime } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { openOverlay } from '../shell/overlays.ts';
import { cx } from '../ui/cx.ts';

type Props = {
  view: 'month' | 'week';
  days: string[];
  /** The day that has the focus. */
  day: string;
  rowsOf: (day: string) => FollowUpRow[];
  onDay: (day: string) => void;
  mayPlan: boolean;
};

const steps: Record<string, number> = { ArrowUp: -7, ArrowDown: 7 };

/** A month or a week as a grid: one day has the focus, arrow keys move it, Enter plans something on it. */
export function DayGrid({ view, days, day, rowsOf, onDay, mayPlan }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) ref.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus();
    moved.current = false;
  }, [day]);
  const onKeyDown = (event: KeyboardEvent) => {
    const rightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl';
    const forth = rightToLeft ? 'ArrowLeft' : 'ArrowRight';
    const by = event.key === forth ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowRight' ? -1 : steps[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    moved.current = true;
    onDay(addDays(day, by));
  };
  const weeks = Array.from({ length: days.length / 7 }, (_, at) => days.slice(at * 7, at * 7 + 7));
  return (
    <>
      <p id="calendar-keys" className="sr-only">
        {t('calendar.keys')}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot hold the focus of a grid of days */}
      <div
        ref={ref}
        role="grid"
        aria-label={t('calendar.label')}
        aria-describedby="calendar-keys"
        tabIndex={-1}
        onKeyDown={onKeyDown}
        className="overflow-clip rounded-xl border border-line bg-line shadow-sm"
      >
        {/* biome-ignore lint/a11y/useSemanticElements: a row of the grid */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: the days have the focus */}
        <div role="row" className="grid grid-cols-7 gap-px bg-sunken">
          {days.slice(0, 7).map((each) => (
            // biome-ignore lint/a11y/useSemanticElements: a heading of the grid
            // biome-ignore lint/a11y/useFocusableInteractive: the days have the focus
            <div key={each} role="columnheader" className="truncate px-1.5 py-2 text-center text-xs font-semibold text-ink-2">
              {weekdayName(each, 'short')}
            </div>
          ))}
        </div>
        {weeks.map((week) => (
          // biome-ignore lint/a11y/useSemanticElements: a row of the grid
          // biome-ignore lint/a11y/useFocusableInteractive: the days have the focus
          <div key={week[0]} role="row" className="mt-px grid grid-cols-7 gap-px">
            {week.map((each) => (
              <Day
                key={each}
                of={each}
                rows={rowsOf(each)}
                tall={view === 'week'}
                focused={each === day}
                outside={view === 'month' && each.slice(0, 7) !== day.slice(0, 7)}
                mayPlan={mayPlan}
                onDay={onDay}
              />
            ))}
          </div>
        ))}
      </div>
    </>
  );
}

type DayProps = {
  of: string;
  rows: FollowUpRow[];
  tall: boolean;
  focused: boolean;
  outside: boolean;
  mayPlan: boolean;
  onDay: (day: string) => void;
};

/** As many as a day of a month shows; the rest is a number that leads to the week. */
const inMonth = 3;

function Day({ of, rows, tall, focused, outside, mayPlan, onDay }: DayProps) {
  const isToday = of === todayDay();
  const plan = () => mayPlan && openOverlay({ kind: 'followUp', start: { on: of } });
  const shown = tall ? rows : rows.slice(0, inMonth);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of the grid
    <div
      role="gridcell"
      data-day={of}
      tabIndex={focused ? 0 : -1}
      aria-selected={focused}
      aria-current={isToday ? 'date' : undefined}
      onFocus={(event) => event.target === event.currentTarget && !focused && onDay(of)}
      onDoubleClick={plan}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
        event.preventDefault();
        plan();
      }}
      className={cx(
        'min-w-0 p-1 outline-none focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-brand sm:p-1.5',
        tall ? 'min-h-72' : 'min-h-20 sm:min-h-28',
        outside ? 'bg-sunken text-ink-3' : 'bg-surface',
      )}
    >
      <span className="sr-only">{`${dateText(of)}: ${t('calendar.count', { n: rows.length })}`}</span>
      <span
        aria-hidden
        className={cx(
          'tnum mb-1 grid size-7 place-items-center rounded-full text-sm',
          isToday ? 'bg-brand font-semibold text-brand-ink' : 'text-ink-2',
        )}
      >
        {formatNumber(Number(of.slice(8)))}
      </span>
      <ul className="hidden space-y-1 sm:block">
        {shown.map((row) => (
          <Item key={row.id} row={row} />
        ))}
      </ul>
      {rows.length > shown.length && (
        <p className="hidden px-1 text-xs text-ink-3 sm:block">{t('calendar.more', { n: rows.length - shown.length })}</p>
      )}
      {rows.length > 0 && (
        <p className="tnum rounded-sm bg-brand-soft px-1 text-center text-xs font-semibold text-brand sm:hidden" aria-hidden>
          {formatNumber(rows.length)}
        </p>
      )}
    </div>
  );
}

function Item({ row }: { row: FollowUpRow }) {
  const late = isOverdue(row, Date.now());
  return (
    <li>
      <button
        type="button"
        dir="auto"
        onClick={() => openOverlay({ kind: 'followUp', id: row.id })}
        title={row.customerName ? `${row.title} · ${row.customerName}` : row.title}
        className={cx(
          'flex min-h-6 w-full min-w-0 items-center gap-1 rounded-sm px-1.5 py-0.5 text-start text-xs hover:opacity-80',
          row.state !== 'open' ? 'bg-hover text-ink-3 line-through' : late ? 'bg-danger-soft text-danger' : 'bg-brand-soft text-brand',
        )}
      >
        {row.due.at !== null && (
          <span className="tnum shrink-0 font-semibold">
            {formatTime(row.state === 'open' || !row.closedAt ? row.dueAt : row.closedAt)}
          </span>
        )}
        <bdi className="truncate">{row.title}</bdi>
      </button>
    </li>
  );
}
