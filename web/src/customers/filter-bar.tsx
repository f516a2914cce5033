import { Link, useNavigate } from '@tanstack/react-router';
import { Filter as FilterIcon, Search } from 'lucide-react';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import type { Filter } from '../../../functions/kernel/filter.ts';
import { useCan } from '../auth/me.ts';
import { whereOf } from '../exports/where.ts';
import { t } from '../i18n/i18n.ts';
import { tick } from '../start/checklist.ts';
import { buttonClass } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';
import { FilterChips } from './filter-chips.tsx';
import { FilterPanel } from './filter-panel.tsx';
import { ColumnsPanel, SortMenu } from './list-look.tsx';
import { KeepList, ListTabs } from './list-tabs.tsx';
import { type CustomersSearch, filtersOf, isFiltered, sortable } from './search.ts';

const ListExport = lazy(() => import('../exports/list-export.tsx').then(({ ListExport }) => ({ default: ListExport })));

/** Everything that narrows, orders and keeps the list. */
export function FilterBar({ search }: { search: CustomersSearch }) {
  const can = useCan();
  const navigate = useNavigate({ from: '/customers' });
  const set = (change: CustomersSearch) => {
    tick(change.q ? 'find' : 'filter');
    void navigate({ search: (before) => ({ ...before, ...change }) });
  };
  return (
    <div className="grid gap-3 pb-4">
      <ListTabs search={search} />
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox key={search.q ?? ''} value={search.q} onSearch={(q) => set({ q })} />
        {!search.q && (
          <>
            <FilterPanel search={search} set={set} />
            {sortable(search) && can.scope('customers', 'read') === 'all' && <SortMenu search={search} set={set} />}
            <ColumnsPanel search={search} set={set} />
          </>
        )}
        <span className="hidden grow sm:block" />
        {!search.q && can.any('customers', 'export') && (
          <Suspense>
            <ListExport search={search} />
          </Suspense>
        )}
        {isFiltered(search) && <KeepList search={search} />}
        {can.any('segments', 'write') && Object.keys(filtersOf(search)).length > 0 && !search.archived && (
          <Link to="/segments/new" search={{ where: whereOf(search) as Filter }} className={buttonClass('ghost')}>
            <FilterIcon className="size-4" aria-hidden /> {t('segment.saveAs')}
          </Link>
        )}
      </div>
      <FilterChips search={search} set={set} />
    </div>
  );
}

function SearchBox({ value, onSearch }: { value: string | undefined; onSearch: (q: string | undefined) => void }) {
  const [text, setText] = useState(value ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(text.trim() || undefined);
  };
  return (
    <search className="min-w-0 basis-full sm:basis-72">
      <form onSubmit={submit} className="relative">
        <Search className="pointer-events-none absolute inset-y-0 start-3 my-auto size-4 text-ink-3" aria-hidden />
        <Input
          type="search"
          aria-label={t('customers.search')}
          placeholder={t('customers.searchPlaceholder')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => text.trim() !== (value ?? '') && onSearch(text.trim() || undefined)}
          className="ps-9"
          enterKeyHint="search"
        />
      </form>
    </search>
  );
}
