import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Plus, SearchX, Users } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { customersQuery, foundQuery } from '../api/queries.ts';
import type { ListedCustomer, SearchHit } from '../api/types.ts';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { ForbiddenPage } from '../shell/forbidden-page.tsx';
import { openOverlay } from '../shell/overlays.ts';
import { PageHeader } from '../shell/page-header.tsx';
import { ariaKeys, useShortcuts } from '../shell/shortcuts.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { CustomersTable } from './customers-table.tsx';
import { FilterBar } from './filter-bar.tsx';
import { hitDetail } from './hit-detail.ts';
import { columnsOf, isFiltered } from './search.ts';

const Peek = lazy(() => import('./peek.tsx').then(({ Peek }) => ({ default: Peek })));

const asRow = (hit: SearchHit): ListedCustomer => ({
  ...hit,
  companyId: null,
  jobTitle: null,
  lifecycle: 'prospect',
  tags: [],
  archivedAt: hit.archived ? '1970-01-01T00:00:00Z' : null,
  email: null,
  phone: null,
  city: null,
  country: null,
  createdAt: '1970-01-01T00:00:00Z',
});

/** Every customer the member may see: filters, sort and columns stand in the URL, so that a link brings back the same list. */
export function CustomersList() {
  const can = useCan();
  if (can.any('customers', 'read')) return <List />;
  return <ForbiddenPage title={t('nav.customers')} />;
}

function List() {
  const asked = useSearch({ from: '/app/customers' });
  const can = useCan();
  // Another order than by name is served over all customers; who sees fewer gets them by name.
  const search = can.scope('customers', 'read') === 'all' ? asked : { ...asked, sort: undefined };
  const listed = useInfiniteQuery(customersQuery(search));
  const found = useQuery(foundQuery(search.q));
  const query = search.q ? found : listed;
  const rows = useMemo(
    () => (search.q ? (found.data?.data.map(asRow) ?? []) : (listed.data?.pages.flatMap(({ data }) => data) ?? [])),
    [search.q, found.data, listed.data],
  );
  const details = useMemo(
    () => (search.q ? new Map(found.data?.data.map((hit) => [hit.id, hitDetail(hit)])) : undefined),
    [search.q, found.data],
  );
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [peek, setPeek] = useState<string>();
  const filterKey = JSON.stringify(search);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is another list, and nothing of it is chosen yet
  useEffect(() => setChosen(new Set()), [filterKey]);
  const toggle = (id: string) =>
    setChosen((before) => (before.has(id) ? new Set([...before].filter((each) => each !== id)) : new Set([...before, id])));
  const table = useRowKeys({ toggle, peek: setPeek });
  const create = can.any('customers', 'write') && can.field('name');
  return (
    <>
      <PageHeader title={t('nav.customers')} lead={t('customers.lead')}>
        {create && (
          <Button look="primary" onClick={() => openOverlay({ kind: 'create' })} aria-keyshortcuts={ariaKeys('c')}>
            <Plus className="size-4.5" aria-hidden /> {t('create.title')}
          </Button>
        )}
      </PageHeader>
      <FilterBar search={search} />
      <section ref={table} aria-label={t('nav.customers')} className="overflow-clip rounded-xl border border-line bg-surface shadow-sm">
        {query.isPending ? (
          <Loading rows={9} />
        ) : query.isError ? (
          <Failure error={query.error} retry={() => void query.refetch()} />
        ) : rows.length === 0 ? (
          <NoCustomers filtered={isFiltered(search)} create={create} />
        ) : (
          <CustomersTable
            rows={rows}
            columns={search.q ? [] : columnsOf(search)}
            details={details}
            chosen={chosen}
            onToggle={toggle}
            onToggleAll={() => setChosen(chosen.size === rows.length ? new Set() : new Set(rows.map(({ id }) => id)))}
            onPeek={setPeek}
          />
        )}
        {!search.q && listed.data && (
          <More
            hasMore={listed.hasNextPage}
            busy={listed.isFetchingNextPage}
            onMore={() => void listed.fetchNextPage()}
            shown={rows.length}
            examined={listed.data.pages.reduce((sum, { page }) => sum + page.examined, 0)}
          />
        )}
        {search.q && found.data?.truncated && (
          <p className="border-t border-line px-4 py-3 text-sm text-ink-3">{t('customers.truncated')}</p>
        )}
      </section>
      {chosen.size > 0 && (
        <BulkBar rows={rows.filter(({ id }) => chosen.has(id))} withTags={!search.q} onDone={() => setChosen(new Set())} />
      )}
      <Suspense>{peek && <Peek id={peek} onClose={() => setPeek(undefined)} />}</Suspense>
    </>
  );
}

function NoCustomers({ filtered, create }: { filtered: boolean; create: boolean }) {
  const can = useCan();
  if (filtered)
    return (
      <Empty
        icon={<SearchX className="size-6" />}
        title={t('customers.noneMatch')}
        action={
          <Link to="/customers" search={{}} className={buttonClass()}>
            {t('customers.clearFilters')}
          </Link>
        }
      >
        {t('customers.noneMatchLead')}
      </Empty>
    );
  return (
    <Empty
      icon={<Users className="size-6" />}
      title={t('customers.none')}
      action={
        <>
          {create && (
            <Button look="primary" onClick={() => openOverlay({ kind: 'create' })}>
              {t('customers.first')}
            </Button>
          )}
          {can.any('imports', 'write') && (
            <Link to="/imports" className={buttonClass()}>
              {t('customers.importFile')}
            </Link>
          )}
        </>
      }
    >
      {t('customers.noneLead')}
    </Empty>
  );
}

function More(props: { hasMore: boolean; busy: boolean; onMore: () => void; shown: number; examined: number }) {
  return (
    <footer className="flex flex-wrap items-center justify-between gap-3 border-t border-line px-4 py-2.5 text-sm text-ink-3">
      <span className="tnum">
        {t('customers.shown', { count: props.shown })}
        {props.examined > props.shown + 50 && ` · ${t('customers.examined', { count: props.examined })}`}
      </span>
      {props.hasMore ? (
        <Button onClick={props.onMore} busy={props.busy}>
          {props.busy ? t('common.loading') : t('common.more')}
        </Button>
      ) : (
        props.shown > 0 && <span>{t('common.end')}</span>
      )}
    </footer>
  );
}

/** j and k walk the rows by moving the focus, so Enter opens as any link does; x chooses, Space looks in, e edits. */
function useRowKeys({ toggle, peek }: { toggle: (id: string) => void; peek: (id: string) => void }) {
  const ref = useRef<HTMLElement>(null);
  const navigate = useNavigate();
  const links = () =>
    [...(ref.current?.querySelectorAll<HTMLAnchorElement>('a[data-row]') ?? [])].filter((link) => link.offsetParent !== null);
  const at = () =>
    links().findIndex((link) => link === document.activeElement || link.closest('[data-rowbox]')?.contains(document.activeElement));
  const move = (step: number) => {
    const all = links();
    const next = all[Math.min(all.length - 1, Math.max(0, at() + step))];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  const withRow = (act: (id: string) => void) => () => {
    const id = links()[at()]?.dataset.row;
    if (id) act(id);
  };
  useShortcuts([
    { keys: 'j', label: 'keys.down', run: () => move(1) },
    { keys: 'k', label: 'keys.up', run: () => move(-1) },
    { keys: 'x', label: 'keys.select', run: withRow(toggle) },
    { keys: 'Space', label: 'keys.peek', run: withRow(peek) },
    { keys: 'Enter', label: 'keys.open', run: withRow((id) => void navigate({ to: '/customers/$id', params: { id }, search: {} })) },
    {
      keys: 'e',
      label: 'keys.edit',
      run: withRow((id) => void navigate({ to: '/customers/$id', params: { id }, search: { edit: 'name' } })),
    },
  ]);
  return ref;
}
