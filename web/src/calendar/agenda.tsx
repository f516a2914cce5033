import { CalendarCheck } from 'lucide-react';
import { useMembers } from '../customers/use-members.ts';
import { dateText, dayText } from '../followups/days.ts';
import { FollowUpLine } from '../followups/follow-up-row.tsx';
import type { FollowUpRow, Scope } from '../followups/queries.ts';
import { t } from '../i18n/i18n.ts';
import { Empty } from '../ui/states.tsx';

/** The days that have something, one below the other. */
export function Agenda({ days, rowsOf, scope }: { days: string[]; rowsOf: (day: string) => FollowUpRow[]; scope: Scope }) {
  const { name } = useMembers();
  const filled = days.flatMap((day) => {
    const rows = rowsOf(day);
    return rows.length > 0 ? [{ day, rows }] : [];
  });
  if (filled.length === 0) return <Empty icon={<CalendarCheck className="size-6" />} title={t('calendar.nothing')} />;
  return (
    <div className="grid gap-4">
      {filled.map(({ day, rows }) => (
        <section key={day} aria-label={dateText(day)}>
          <h3 className="flex flex-wrap items-baseline gap-x-2 px-1 pb-1.5 text-sm">
            <span className="font-semibold first-letter:uppercase">{dayText(day)}</span>
            {dayText(day) !== dateText(day) && <span className="text-ink-3">{dateText(day)}</span>}
          </h3>
          <ul className="overflow-clip rounded-xl border border-line bg-surface shadow-sm">
            {rows.map((row) => (
              <FollowUpLine key={row.id} row={row} owner={scope === 'own' ? undefined : name(row.ownerId)} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
