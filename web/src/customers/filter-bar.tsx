import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowDownUp, Bookmark, Columns3, Filter as FilterIcon, Link2, ListFilter, Search, Trash2, X } from 'lucide-react';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import { lifecycles } from '../../../functions/customers/kinds.ts';
import type { Filter } from '../../../functions/kernel/filter.ts';
import { customerQuery } from '../api/queries.ts';
import { useCan, useMe } from '../auth/me.ts';
import { whereOf } from '../exports/where.ts';
import { countryName } from '../i18n/format.ts';
import { type MessageKey, t } from '../i18n/i18n.ts';
import { tick } from '../start/checklist.ts';
import { Button, buttonClass, IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Check, Field, Input, Select } from '../ui/field.tsx';
import { Menu, Panel } from '../ui/menu.tsx';
import { NameOptions, Options } from '../ui/options.tsx';
import { done } from '../ui/toast.tsx';
import { countries } from './countries.ts';
import { columnLabel } from './customers-table.tsx';
import { saveLinks, useSavedLinks } from './saved-links.ts';
import { type Column, type CustomersSearch, columns, columnsOf, columnsText, filtersOf, isFiltered, sortable } from './search.ts';
import { useMembers } from './use-members.ts';

const ListExport = lazy(() => import('../exports/list-export.tsx').then(({ ListExport }) => ({ default: ListExport })));

const same = (a: CustomersSearch, b: CustomersSearch) => JSON.stringify(a) === JSON.stringify(b);

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
      <Tabs search={search} />
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox key={search.q ?? ''} value={search.q} onSearch={(q) => set({ q })} />
        {!search.q && (
          <>
            <Filters search={search} set={set} />
            {sortable(search) && can.scope('customers', 'read') === 'all' && <SortMenu search={search} set={set} />}
            <ColumnsPanel search={search} set={set} />
          </>
        )}
        <span className="hidden grow sm:block" />
        {!search.q && !search.archived && can.any('customers', 'export') && (
          <Suspense>
            <ListExport search={search} />
          </Suspense>
        )}
        {isFiltered(search) && <SaveLink search={search} />}
        {can.any('segments', 'write') && Object.keys(filtersOf(search)).length > 0 && !search.archived && (
          <Link to="/segments/new" search={{ where: whereOf(search) as Filter }} className={buttonClass('ghost')}>
            <FilterIcon className="size-4" aria-hidden /> {t('segment.saveAs')}
          </Link>
        )}
      </div>
      <Chips search={search} set={set} />
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

/** All, mine, and the lists that were kept. */
function Tabs({ search }: { search: CustomersSearch }) {
  const can = useCan();
  const { workspace } = useMe();
  const saved = useSavedLinks(workspace.id);
  const whole: { name: string; search: CustomersSearch }[] = [
    { name: t('customers.all'), search: {} },
    ...(can.role === 'analyst' || can.role === 'partner' ? [] : [{ name: t('customers.mine'), search: { scope: 'own' as const } }]),
    ...(can.role === 'partner' ? [] : [{ name: t('customers.team'), search: { scope: 'team' as const } }]),
  ];
  const tab =
    'hit inline-flex min-w-11 items-center justify-center rounded-md px-3 text-sm font-medium whitespace-nowrap text-ink-2 hover:bg-hover hover:text-ink aria-[current=page]:bg-ink aria-[current=page]:text-surface';
  const clean = JSON.parse(JSON.stringify({ ...search, columns: undefined, sort: undefined })) as CustomersSearch;
  return (
    <nav aria-label={t('customers.lists')} className="-mx-4 flex gap-1 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      {whole.map((list) => (
        <Link
          key={list.name}
          to="/customers"
          search={list.search}
          activeOptions={{ exact: true }}
          aria-current={same(list.search, clean) ? 'page' : undefined}
          className={tab}
        >
          {list.name}
        </Link>
      ))}
      {saved.map((list) => {
        const current = same(
          JSON.parse(JSON.stringify(list.search)) as CustomersSearch,
          JSON.parse(JSON.stringify(search)) as CustomersSearch,
        );
        return (
          <span key={list.name} className="inline-flex items-center">
            <Link
              to="/customers"
              search={list.search}
              activeOptions={{ exact: true }}
              aria-current={current ? 'page' : undefined}
              className={cx(tab, 'gap-1.5')}
              dir="auto"
            >
              <Bookmark className="size-3.5" aria-hidden /> {list.name}
            </Link>
            {current && (
              <IconButton
                label={t('customers.forgetList', { name: list.name })}
                onClick={() => {
                  saveLinks(
                    workspace.id,
                    saved.filter(({ name }) => name !== list.name),
                  );
                  done(t('customers.listForgotten', { name: list.name }), () => saveLinks(workspace.id, saved));
                }}
              >
                <Trash2 className="size-4" aria-hidden />
              </IconButton>
            )}
          </span>
        );
      })}
    </nav>
  );
}

type Setting = { search: CustomersSearch; set: (change: CustomersSearch) => void };

function Filters({ search, set }: Setting) {
  const { members } = useMembers();
  return (
    <Panel
      label={t('customers.filter')}
      trigger={(attributes) => (
        <button type="button" {...attributes} className={buttonClass()}>
          <ListFilter className="size-4" aria-hidden /> {t('customers.filter')}
        </button>
      )}
    >
      {(close) => (
        <form
          className="grid gap-3 sm:w-72"
          onSubmit={(event) => {
            event.preventDefault();
            const form = new FormData(event.currentTarget);
            const text = (name: string) => String(form.get(name) ?? '').trim() || undefined;
            set({
              kind: text('kind') as CustomersSearch['kind'],
              lifecycle: text('lifecycle') as CustomersSearch['lifecycle'],
              owner: text('owner'),
              tag: text('tag'),
              country: text('country'),
              archived: text('archived') as 'yes' | undefined,
            });
            close();
          }}
        >
          <Field label={t('field.kind')}>
            <Select name="kind" defaultValue={search.kind ?? ''}>
              <option value="">{t('common.any')}</option>
              <option value="person">{t('kind.person')}</option>
              <option value="company">{t('kind.company')}</option>
            </Select>
          </Field>
          <Field label={t('column.lifecycle')}>
            <Select name="lifecycle" defaultValue={search.lifecycle ?? ''}>
              <option value="">{t('common.any')}</option>
              <Options of={lifecycles} words={(lifecycle) => t(`lifecycle.${lifecycle}`)} />
            </Select>
          </Field>
          {members.length > 0 && (
            <Field label={t('column.owner')}>
              <Select name="owner" defaultValue={search.owner ?? ''}>
                <option value="">{t('common.any')}</option>
                <NameOptions of={members} />
              </Select>
            </Field>
          )}
          <Field label={t('field.tag')}>
            <Input name="tag" defaultValue={search.tag ?? ''} maxLength={40} />
          </Field>
          <Field label={t('column.country')}>
            <Select name="country" defaultValue={search.country ?? ''}>
              <option value="">{t('common.any')}</option>
              {countries().map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
          <Check name="archived" value="yes" defaultChecked={search.archived === 'yes'}>
            {t('customers.archivedOnly')}
          </Check>
          <Button type="submit" look="primary">
            {t('customers.applyFilter')}
          </Button>
        </form>
      )}
    </Panel>
  );
}

const sorts = [undefined, '-createdAt', 'createdAt'] as const;

function SortMenu({ search, set }: Setting) {
  const label = (sort: CustomersSearch['sort']) => t(`sort.${sort ?? 'name'}` as MessageKey);
  return (
    <Menu
      label={t('customers.sort')}
      trigger={(attributes) => (
        <button type="button" {...attributes} className={buttonClass()}>
          <ArrowDownUp className="size-4" aria-hidden />
          <span className="sr-only">{t('customers.sort')}: </span>
          {label(search.sort)}
        </button>
      )}
      items={sorts.map((sort) => ({
        key: sort ?? 'name',
        label: label(sort),
        checked: sort === search.sort,
        onSelect: () => set({ sort }),
      }))}
    />
  );
}

function ColumnsPanel({ search, set }: Setting) {
  const chosen = columnsOf(search);
  const toggle = (column: Column, on: boolean) =>
    set({ columns: columnsText(on ? [...chosen, column] : chosen.filter((each) => each !== column)) });
  return (
    <div className="hidden sm:block">
      <Panel
        label={t('customers.columns')}
        trigger={(attributes) => (
          <button type="button" {...attributes} className={buttonClass()}>
            <Columns3 className="size-4" aria-hidden /> {t('customers.columns')}
          </button>
        )}
      >
        {() => (
          <fieldset className="grid">
            <legend className="sr-only">{t('customers.columns')}</legend>
            {columns.map((column) => (
              <Check key={column} checked={chosen.includes(column)} onChange={(event) => toggle(column, event.target.checked)}>
                {columnLabel(column)}
              </Check>
            ))}
          </fieldset>
        )}
      </Panel>
    </div>
  );
}

/** What narrows the list now; each can be taken off. */
function Chips({ search, set }: Setting) {
  const { name } = useMembers();
  const company = useQuery({ ...customerQuery(search.company ?? ''), enabled: Boolean(search.company) });
  const chips: { key: keyof CustomersSearch; label: string; value: string }[] = [
    { key: 'q', label: t('customers.search'), value: search.q ?? '' },
    { key: 'kind', label: t('field.kind'), value: search.kind ? t(`kind.${search.kind}`) : '' },
    { key: 'lifecycle', label: t('column.lifecycle'), value: search.lifecycle ? t(`lifecycle.${search.lifecycle}`) : '' },
    { key: 'owner', label: t('column.owner'), value: name(search.owner) },
    { key: 'tag', label: t('field.tag'), value: search.tag ?? '' },
    { key: 'country', label: t('column.country'), value: countryName(search.country) },
    { key: 'company', label: t('field.company'), value: search.company ? (company.data?.name ?? '…') : '' },
    { key: 'archived', label: t('customers.archivedOnly'), value: search.archived ? t('common.yes') : '' },
  ];
  const shown = chips.filter(({ value }) => value);
  if (shown.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2" aria-label={t('customers.activeFilters')}>
      {shown.map(({ key, label, value }) => (
        <li key={key}>
          <button
            type="button"
            onClick={() => set({ [key]: undefined })}
            className="hit inline-flex max-w-full items-center gap-1.5 rounded-full bg-brand-soft ps-3 pe-2 text-sm text-brand hover:bg-hover"
            aria-label={t('customers.removeFilter', { filter: `${label}: ${value}` })}
          >
            <span className="text-ink-2">{label}:</span>{' '}
            <span className="truncate font-semibold" dir="auto">
              {value}
            </span>{' '}
            <X className="size-3.5" aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}

function SaveLink({ search }: { search: CustomersSearch }) {
  const { workspace } = useMe();
  const saved = useSavedLinks(workspace.id);
  return (
    <Panel
      label={t('customers.keepList')}
      align="end"
      trigger={(attributes) => (
        <button type="button" {...attributes} className={buttonClass('ghost')}>
          <Bookmark className="size-4" aria-hidden /> {t('customers.keepList')}
        </button>
      )}
    >
      {(close) => (
        <form
          className="grid gap-3 sm:w-64"
          onSubmit={(event) => {
            event.preventDefault();
            const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
            if (!name) return;
            saveLinks(workspace.id, [...saved.filter((link) => link.name !== name), { name, search }]);
            done(t('customers.listKept', { name }));
            close();
          }}
        >
          <Field label={t('customers.listName')} hint={t('customers.keepHint')}>
            <Input name="name" required maxLength={40} />
          </Field>
          <Button type="submit" look="primary">
            {t('common.save')}
          </Button>
          <Button
            look="ghost"
            onClick={() => {
              void navigator.clipboard?.writeText(location.href);
              done(t('customers.linkCopied'));
              close();
            }}
          >
            <Link2 className="size-4" aria-hidden /> {t('customers.copyLink')}
          </Button>
        </form>
      )}
    </Panel>
  );
}
