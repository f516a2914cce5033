import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { EyeOff, Filter as FilterIcon, Plus } from 'lucide-react';
import { useCan } from '../auth/me.ts';
import { useMembers } from '../customers/use-members.ts';
import { formatAgo } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { PageHeader } from '../shell/page-header.tsx';
import { Shelf, shelfRow } from '../shell/shelf.tsx';
import { Badge } from '../ui/badge.tsx';
import { buttonClass } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { NoPermission } from '../ui/states.tsx';
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
          <Segments make={make} />
        </>
      ) : (
        <NoPermission />
      )}
    </>
  );
}

function Segments({ make }: { make: boolean }) {
  const archived = useSearch({ from: '/app/segments' }).archived === 'yes';
  const listed = useInfiniteQuery(segmentsQuery(archived));
  return (
    <Shelf
      to="/segments"
      title={t('segment.title')}
      {...{ listed, archived }}
      icon={<FilterIcon className="size-6" />}
      words={{
        none: t(archived ? 'segment.noneArchived' : 'segment.none'),
        lead: t('segment.noneLead'),
        other: t(archived ? 'shelf.showCurrent' : 'shelf.showArchived'),
      }}
      action={
        make && (
          <Link to="/segments/new" search={{}} className={buttonClass('primary')}>
            {t('segment.new')}
          </Link>
        )
      }
    >
      {(rows) => <Rows rows={rows} />}
    </Shelf>
  );
}

function Rows({ rows }: { rows: Segment[] }) {
  const { name } = useMembers();
  const trees = rows.map(({ where }) => treeOf(where));
  const names = useNames(...trees);
  return (
    <>
      {rows.map((segment, at) => (
        <li key={segment.id} className={cx(shelfRow, 'hover:bg-hover/60')}>
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
    </>
  );
}
