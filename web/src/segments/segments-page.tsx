import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { EyeOff, Filter as FilterIcon, Plus } from 'lucide-react';
import { useCan } from '../auth/me.ts';
import { useMembers } from '../customers/use-members.ts';
import { formatAgo } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { PageHeader } from '../shell/page-header.tsx';
import { Badge } from '../ui/badge.tsx';
import { buttonClass } from '../ui/button.tsx';
import { ShowMore } from '../ui/show-more.tsx';
import { Empty, Failure, Loading, NoPermission } from '../ui/states.tsx';
import { type Segment, segmentsQuery } from './queries.ts';
import { ShelfTabs } from './shelf-tabs.tsx';
import { treeOf } from './tree.ts';
import { useNames } from './use-names.ts';
import { sentence } from './words.ts';

/** The segments that the member may see, each with what it asks for in words. */
export function SegmentsPage() {
  const can = useCan();
  const make = can.any('segments', 'write');
  return (
    <>
      <PageHeader title={t('segment.title')} lead={t('segment.lead')}>
        {make && (
          <Link to="/segments/new" search={{}} className={buttonClass('primary')}>
            <Plus className="size-4.5" aria-hidden /> {t('segment.new')}
          </Link>
        )}
      </PageHeader>
      {can.any('segments', 'read') ? (
        <>
          <ShelfTabs />
          <Shelf make={make} />
        </>
      ) : (
        <NoPermission />
      )}
    </>
  );
}

function Shelf({ make }: { make: boolean }) {
  const { archived } = useSearch({ from: '/app/segments' });
  const listed = useInfiniteQuery(segmentsQuery(archived === 'yes'));
  const rows = listed.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <section aria-label={t('segment.title')} className="grid gap-3">
      {listed.isPending ? (
        <Loading rows={5} />
      ) : listed.isError ? (
        <Failure error={listed.error} retry={() => void listed.refetch()} />
      ) : rows.length === 0 ? (
        <Empty
          icon={<FilterIcon className="size-6" />}
          title={t(archived ? 'segment.noneArchived' : 'segment.none')}
          action={
            make &&
            !archived && (
              <Link to="/segments/new" search={{}} className={buttonClass('primary')}>
                {t('segment.new')}
              </Link>
            )
          }
        >
          {!archived && t('segment.noneLead')}
        </Empty>
      ) : (
        <Rows rows={rows} />
      )}
      <ShowMore of={listed} className="justify-self-center" />
      <Link to="/segments" search={archived ? {} : { archived: 'yes' }} className={buttonClass('ghost', 'justify-self-start')}>
        {t(archived ? 'shelf.showCurrent' : 'shelf.showArchived')}
      </Link>
    </section>
  );
}

function Rows({ rows }: { rows: Segment[] }) {
  const { name } = useMembers();
  const trees = rows.map(({ where }) => treeOf(where));
  const names = useNames(...trees);
  return (
    <ul className="grid overflow-clip rounded-xl border border-line bg-surface shadow-sm">
      {rows.map((segment, at) => (
        <li key={segment.id} className="border-b border-line last:border-b-0 hover:bg-hover/60">
          <Link to="/segments/$id" params={{ id: segment.id }} className="grid gap-0.5 px-4 py-3">
            <span className="flex min-w-0 flex-wrap items-center gap-2">
              <span className="font-semibold" dir="auto">
                {segment.name}
              </span>
              {!segment.shared && (
                <Badge>
                  <EyeOff className="size-3" aria-hidden /> {t('segment.private')}
                </Badge>
              )}
            </span>
            <span className="text-sm text-ink-2" dir="auto">
              {sentence(trees[at] ?? treeOf(segment.where), names)}
            </span>
            <span className="text-xs text-ink-3">{[name(segment.ownerId), formatAgo(segment.updatedAt)].filter(Boolean).join(' · ')}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
