import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { ShowMore } from '../ui/show-more.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { ForbiddenPage } from './forbidden-page.tsx';
import { PageHeader } from './page-header.tsx';

/** What is kept on a shelf: in use, or put away. */
const kinds = {
  campaign: {
    to: '/campaigns',
    resource: 'campaigns',
    title: 'nav.campaigns',
    toCurrent: 'campaign.showLive',
    toArchived: 'campaign.showArchived',
  },
  survey: { to: '/surveys', resource: 'surveys', title: 'nav.surveys', toCurrent: 'survey.showLive', toArchived: 'survey.showArchived' },
  segment: {
    to: '/segments',
    resource: 'segments',
    title: 'segment.title',
    toCurrent: 'shelf.showCurrent',
    toArchived: 'shelf.showArchived',
  },
  list: { to: '/lists', resource: 'segments', title: 'list.title', toCurrent: 'shelf.showCurrent', toArchived: 'shelf.showArchived' },
} as const;
type Kind = keyof typeof kinds;

type PageProps = {
  of: Kind;
  /** Asks what a new one needs. */
  dialog: (close: () => void) => ReactNode;
  /** The shelf; `make` is the button that makes one, for who may. */
  children: (make: ReactNode) => ReactNode;
};

/** The screen of a kind: who may see it, what it is, and making a new one. */
export function ShelfPage({ of, dialog, children }: PageProps) {
  const can = useCan();
  const [making, setMaking] = useState(false);
  const { resource, title } = kinds[of];
  if (!can.any(resource, 'read')) return <ForbiddenPage title={t(title)} />;
  const make = (icon?: ReactNode) =>
    can.any(resource, 'write') && (
      <Button look="primary" onClick={() => setMaking(true)}>
        {icon} {t(`${of}.new`)}
      </Button>
    );
  return (
    <>
      <PageHeader title={t(title)} lead={t(`${of}.lead`)}>
        {make(<Plus className="size-4.5" aria-hidden />)}
      </PageHeader>
      {children(make())}
      {making && dialog(() => setMaking(false))}
    </>
  );
}

type Props<T> = {
  of: Kind;
  listed: UseInfiniteQueryResult<InfiniteData<{ data: readonly T[] }>>;
  /** Whether what was put away is shown. */
  archived: boolean;
  icon: ReactNode;
  make: ReactNode;
  children: (row: T) => ReactNode;
};

/** All records of a kind, page after page: those in use, and behind a link those that were put away. */
export function Shelf<T extends { id: string }>({ of, listed, archived, icon, make, children }: Props<T>) {
  const { to, title, toCurrent, toArchived } = kinds[of];
  const rows = listed.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <div className="grid gap-4">
      <section aria-label={t(title)} className="overflow-clip rounded-xl border border-line bg-surface shadow-sm">
        {listed.isPending && <Loading />}
        {listed.isError && <Failure error={listed.error} retry={() => void listed.refetch()} />}
        {listed.data && rows.length === 0 && (
          <Empty icon={icon} title={t(archived ? `${of}.noneArchived` : `${of}.none`)} action={!archived && make}>
            {!archived && t(`${of}.noneLead`)}
          </Empty>
        )}
        {rows.length > 0 && (
          <ul>
            {rows.map((row) => (
              <li key={row.id} className="border-t border-line first:border-t-0 hover:bg-hover/60">
                {children(row)}
              </li>
            ))}
          </ul>
        )}
      </section>
      <div className="flex flex-wrap gap-2">
        <ShowMore of={listed} />
        <Link to={to} search={archived ? {} : { archived: 'yes' }} className={buttonClass('ghost')}>
          {t(archived ? toCurrent : toArchived)}
        </Link>
      </div>
    </div>
  );
}
