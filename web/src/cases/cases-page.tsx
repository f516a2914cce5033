import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { caseTypes } from '../../../functions/cases/kinds.ts';
import { useCan } from '../auth/me.ts';
import { useMembers } from '../customers/use-members.ts';
import { heldCountQuery } from '../forms/queries.ts';
import { formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { ForbiddenPage } from '../shell/forbidden-page.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { ariaKeys, useShortcuts } from '../shell/shortcuts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Field, Select } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Loading, NoPermission } from '../ui/states.tsx';
import { CaseList } from './case-list.tsx';
import { levelsQuery } from './queries.ts';
import { type CasesSearch, reportRows } from './search.ts';

const Board = lazy(() => import('./board.tsx').then(({ Board }) => ({ default: Board })));
const CaseReport = lazy(() => import('./report.tsx').then(({ CaseReport }) => ({ default: CaseReport })));
const Themes = lazy(() => import('./themes.tsx').then(({ Themes }) => ({ default: Themes })));
const HeldList = lazy(() => import('../forms/held-list.tsx').then(({ HeldList }) => ({ default: HeldList })));
const NewCase = lazy(() => import('./new-case.tsx').then(({ NewCase }) => ({ default: NewCase })));

/** Matters to be answered, by what is due, as a list or on a board. */
export function CasesPage() {
  const can = useCan();
  if (!can.any('cases', 'read')) return <ForbiddenPage title={t('nav.cases')} />;
  return <Allowed />;
}

function Allowed() {
  const can = useCan();
  const search = useSearch({ from: '/app/cases' });
  const navigate = useNavigate({ from: '/cases' });
  const [making, setMaking] = useState(false);
  const mayMake = can.any('cases', 'write');
  const views = (['list', 'board', 'themes', 'report', 'held'] as const).filter(
    (view) => (view !== 'report' || can.any('reports', 'read')) && (view !== 'held' || mayMake),
  );
  useShortcuts(mayMake ? [{ keys: 'n', label: 'case.new', run: () => setMaking(true) }] : []);
  const set = (change: CasesSearch) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  return (
    <>
      <PageHeader title={t('nav.cases')} lead={t('cases.lead')}>
        {mayMake && (
          <Button look="primary" onClick={() => setMaking(true)} aria-keyshortcuts={ariaKeys('n')}>
            <Plus className="size-4.5" aria-hidden /> {t('case.new')}
          </Button>
        )}
      </PageHeader>
      <div className="flex flex-wrap items-end gap-3 pb-4">
        <Segmented
          label={t('cases.view')}
          hideLabel
          value={search.view ?? 'list'}
          onChange={(next) => set({ ...wholeList, view: next === 'list' ? undefined : next, state: undefined })}
          options={views.map((each) => ({ value: each, label: each === 'held' ? <HeldLabel /> : t(`cases.view.${each}`) }))}
        />
        {(search.view === undefined || search.view === 'board') && <Narrowing search={search} set={set} />}
        {isPartOf(search) && (
          <Button look="soft" onClick={() => set({ ...wholeList, state: undefined })}>
            <X className="size-4" aria-hidden /> {t('survey.onlyPart')}
          </Button>
        )}
      </div>
      <Suspense fallback={<Loading rows={8} />}>
        {search.view === 'board' && <Board search={search} />}
        {search.view === 'report' && <CaseReport />}
        {search.view === 'themes' && <Themes />}
        {search.view === 'held' && (mayMake ? <HeldList /> : <NoPermission />)}
        {search.view === undefined && <CaseList search={search} />}
      </Suspense>
      {making && (
        <Suspense>
          <NewCase onClose={() => setMaking(false)} />
        </Suspense>
      )}
    </>
  );
}

/** What came with a link, and has no field of its own here. */
const wholeList = Object.fromEntries([...reportRows, 'themeId' as const].map((name) => [name, undefined]));
const isPartOf = (search: CasesSearch) => !search.view && [...reportRows, 'themeId' as const].some((name) => search[name] !== undefined);

/** Where what may be spam waits, with how much does. */
function HeldLabel() {
  const { data } = useQuery(heldCountQuery);
  return (
    <>
      {t('cases.view.held')}
      {data && data.count > 0 && (
        <Badge tone="mango">
          {formatNumber(data.count)}
          {data.more && '+'}
        </Badge>
      )}
    </>
  );
}

/** Whose, which and how: each narrows what is shown, and stands in the address. */
function Narrowing({ search, set }: { search: CasesSearch; set: (change: CasesSearch) => void }) {
  const { members } = useMembers();
  const levels = useQuery(levelsQuery);
  const queues = levels.data?.queues ?? [];
  const choice = (
    name: keyof CasesSearch & ('owner' | 'type' | 'priority' | 'queue' | 'state'),
    label: string,
    options: [string, string][],
  ) => (
    <Field key={name} label={label} className="basis-36 max-sm:grow">
      <Select value={search[name] ?? ''} onChange={(event) => set({ [name]: event.target.value || undefined } as CasesSearch)}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </Select>
    </Field>
  );
  const all = ['', t('common.any')] as [string, string];
  return (
    <>
      {search.view !== 'board' &&
        choice('state', t('case.state'), [
          ['', t('cases.allOpen')],
          ...(['new', 'waiting', 'resolved', 'closed'] as const).map((state): [string, string] => [state, t(`case.state.${state}`)]),
          ['any', t('common.any')],
        ])}
      {choice('owner', t('case.owner'), [
        ['', t('cases.everybody')],
        ['me', t('cases.mine')],
        ['none', t('case.nobody')],
        ...members.filter(({ status }) => status === 'active').map(({ id, name }): [string, string] => [id, name]),
      ])}
      {choice('type', t('case.type'), [all, ...caseTypes.map((one): [string, string] => [one, t(`case.type.${one}`)])])}
      {choice('priority', t('case.priority'), [
        all,
        ...(['urgent', 'high', 'normal', 'low'] as const).map((one): [string, string] => [one, t(`case.priority.${one}`)]),
      ])}
      {queues.length > 0 && choice('queue', t('case.queue'), [all, ...queues.map((queue): [string, string] => [queue, queue])])}
    </>
  );
}
