import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { buttonClass } from '../ui/button.tsx';
import { ShowMore } from '../ui/show-more.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';

type Props<T> = {
  to: '/campaigns' | '/lists' | '/segments' | '/surveys';
  title: string;
  listed: UseInfiniteQueryResult<InfiniteData<{ data: readonly T[] }>>;
  /** Whether this is the side of what was put away. */
  archived: boolean;
  icon: ReactNode;
  /** What is said where nothing is, and the way to the other side. */
  words: { none: string; lead: string; other: string };
  /** Makes the first one; for who may. */
  action: ReactNode;
  children: (rows: T[]) => ReactNode;
};

/** The look of a row of a shelf. */
export const shelfRow = 'border-t border-line first:border-t-0';

/** All records of a kind, page after page: those in use, and behind a link those that were put away. */
export function Shelf<T>({ to, title, listed, archived, icon, words, action, children }: Props<T>) {
  const rows = listed.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <div className="grid gap-4">
      <section aria-label={title} className="overflow-clip rounded-xl border border-line bg-surface shadow-sm">
        {listed.isPending && <Loading />}
        {listed.isError && <Failure error={listed.error} retry={() => void listed.refetch()} />}
        {listed.data && rows.length === 0 && (
          <Empty icon={icon} title={words.none} action={!archived && action}>
            {!archived && words.lead}
          </Empty>
        )}
        {rows.length > 0 && <ul>{children(rows)}</ul>}
      </section>
      <div className="flex flex-wrap gap-2">
        <ShowMore of={listed} />
        <Link to={to} search={archived ? {} : { archived: 'yes' }} className={buttonClass('ghost')}>
          {words.other}
        </Link>
      </div>
    </div>
  );
}
