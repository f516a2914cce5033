import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { LifeBuoy } from 'lucide-react';
import { useState } from 'react';
import { useMembers } from '../customers/use-members.ts';
import { directionOf } from '../i18n/direction.ts';
import { formatDate } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { useShortcuts } from '../shell/shortcuts.ts';
import { cx } from '../ui/cx.ts';
import { ShowMore } from '../ui/show-more.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { DueBadge } from './countdown.tsx';
import { PriorityBadge, StateBadge } from './marks.tsx';
import { type CaseRow, casesQuery } from './queries.ts';
import type { CasesSearch } from './search.ts';

/** Cases by what is due first; j and k move, Enter opens. */
export function CaseList({ search }: { search: CasesSearch }) {
  const listed = useInfiniteQuery(casesQuery(search));
  const rows = listed.data?.pages.flatMap(({ data }) => data) ?? [];
  const navigate = useNavigate();
  const [at, setAt] = useState<string>();
  const index = rows.findIndex(({ id }) => id === at);
  const move = (step: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, index + step))];
    setAt(next?.id);
    if (next) document.querySelector(`[data-row="${next.id}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  useShortcuts([
    { keys: 'j', label: 'keys.down', run: () => move(1) },
    { keys: 'k', label: 'keys.up', run: () => move(-1) },
    { keys: 'Enter', label: 'keys.open', run: () => at && void navigate({ to: '/cases/$id', params: { id: at } }), hidden: !at },
  ]);
  if (listed.isPending) return <Loading rows={8} />;
  if (!listed.data) return <Failure error={listed.error} retry={() => void listed.refetch()} />;
  if (rows.length === 0 && !listed.hasNextPage)
    return (
      <Empty icon={<LifeBuoy className="size-6" />} title={t('cases.none')}>
        {t('cases.noneLead')}
      </Empty>
    );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <ul className="overflow-clip rounded-xl border border-line bg-surface shadow-sm" aria-label={t('nav.cases')}>
        {rows.map((row) => (
          <CaseLine key={row.id} row={row} selected={row.id === at} />
        ))}
      </ul>
      <ShowMore of={listed} className="justify-self-center" />
    </div>
  );
}

/** One case in a list. */
export function CaseLine({ row, selected = false, withCustomer = true }: { row: CaseRow; selected?: boolean; withCustomer?: boolean }) {
  const { name } = useMembers();
  return (
    <li
      data-row={row.id}
      className={cx(
        'flex flex-wrap items-start justify-between gap-x-3 gap-y-1 border-b border-line px-3 py-2.5 last:border-b-0 sm:px-4',
        selected && 'bg-brand-soft/60',
      )}
    >
      <div className="min-w-0 grow basis-64">
        <Link to="/cases/$id" params={{ id: row.id }} className="max-sm:hit block max-w-full font-medium hover:text-brand">
          <span className="tnum text-ink-3">#{row.number}</span>{' '}
          <bdi dir={directionOf(row.subject)} className="break-words">
            {row.subject}
          </bdi>
        </Link>
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm text-ink-2">
          {withCustomer && (
            <Link
              to="/customers/$id"
              params={{ id: row.customerId }}
              search={{}}
              className="max-sm:hit inline-flex min-h-6 min-w-0 max-sm:min-w-11 max-w-full items-center hover:text-brand hover:underline"
            >
              <bdi className="truncate">{row.customerName}</bdi>
            </Link>
          )}
          <span>{t(`case.type.${row.type}`)}</span>
          {row.queue && <bdi className="text-ink-3">{row.queue}</bdi>}
          <bdi className="text-ink-3">{row.ownerId ? name(row.ownerId) : t('case.nobody')}</bdi>
          <time dateTime={row.openedAt} className="text-ink-3">
            {t('case.openedAt', { when: formatDate(row.openedAt) })}
          </time>
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-1.5 self-center">
        <PriorityBadge priority={row.priority} />
        <StateBadge state={row.state} />
        <DueBadge row={row} />
      </div>
    </li>
  );
}
