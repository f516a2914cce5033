import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { EyeOff, Filter as FilterIcon, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCan } from '../auth/me.ts';
import { useMembers } from '../customers/use-members.ts';
import { formatAgo } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { ForbiddenPage } from '../shell/forbidden-page.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { Shelf } from '../shell/shelf.tsx';
import { Badge } from '../ui/badge.tsx';
import { buttonClass } from '../ui/button.tsx';
import { segmentsQuery } from './queries.ts';
import { ShelfTabs } from './shelf-tabs.tsx';
import { treeOf } from './tree.ts';
import { useNames } from './use-names.ts';
import { sentence } from './words.ts';

/** The segments that the member may see, each with what it asks for in words. */
export function SegmentsPage() {
  const can = useCan();
  if (!can.any('segments', 'read')) return <ForbiddenPage title={t('segment.title')} />;
  const make = (icon?: ReactNode) =>
    can.any('segments', 'write') && (
      <Link to="/segments/new" search={{}} className={buttonClass('primary')}>
        {icon} {t('segment.new')}
      </Link>
    );
  return (
    <>
      <PageHeader title={t('segment.title')} lead={t('segment.lead')}>
        {make(<Plus className="size-4.5" aria-hidden />)}
      </PageHeader>
      <ShelfTabs />
      <Segments make={make()} />
    </>
  );
}

function Segments({ make }: { make: ReactNode }) {
  const archived = useSearch({ from: '/app/segments' }).archived === 'yes';
  const { name } = useMembers();
  const listed = useInfiniteQuery(segmentsQuery(archived));
  const trees = new Map(listed.data?.pages.flatMap(({ data }) => data).map(({ id, where }) => [id, treeOf(where)]));
  const names = useNames(...trees.values());
  return (
    <Shelf of="segment" {...{ listed, archived, make }} icon={<FilterIcon className="size-6" />}>
      {(segment) => (
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
            {sentence(trees.get(segment.id) ?? treeOf(segment.where), names)}
          </span>
          <span className="text-xs text-ink-3">{[name(segment.ownerId), formatAgo(segment.updatedAt)].filter(Boolean).join(' · ')}</span>
        </Link>
      )}
    </Shelf>
  );
}
