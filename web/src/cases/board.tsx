import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowRightLeft } from 'lucide-react';
import { type DragEvent, type KeyboardEvent, lazy, Suspense, useState } from 'react';
import { caseStates } from '../../../functions/cases/kinds.ts';
import { useCan } from '../auth/me.ts';
import { useMembers } from '../customers/use-members.ts';
import { directionOf } from '../i18n/direction.ts';
import { formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Menu } from '../ui/menu.tsx';
import { ShowMore } from '../ui/show-more.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { DueBadge } from './countdown.tsx';
import { PriorityBadge } from './marks.tsx';
import { type CaseRow, type CaseState, casesQuery } from './queries.ts';
import type { CasesSearch } from './search.ts';
import { nextStates, useMove } from './use-move.ts';

const ResolveDialog = lazy(() => import('./resolve-dialog.tsx').then(({ ResolveDialog }) => ({ default: ResolveDialog })));

/** A column for each state. A case is moved by hand, by its menu, or with Shift and an arrow key. */
export function Board({ search }: { search: CasesSearch }) {
  const moving = useMove();
  const [dragged, setDragged] = useState<CaseRow>();
  return (
    <>
      <section className="-mx-4 overflow-x-auto px-4 pb-3 sm:mx-0 sm:px-0" aria-label={t('cases.view.board')}>
        <div className="grid min-w-full auto-cols-[minmax(15rem,1fr)] grid-flow-col gap-3">
          {caseStates.map((state) => (
            <Column
              key={state}
              state={state}
              search={search}
              dragged={dragged}
              onDrag={setDragged}
              onMove={(row, to) => moving.move(row, to)}
            />
          ))}
        </div>
      </section>
      {moving.asking && (
        <Suspense>
          <ResolveDialog
            number={moving.asking.number}
            onClose={moving.stop}
            onResolve={(said) => moving.asking && void moving.resolve(moving.asking, said)}
          />
        </Suspense>
      )}
    </>
  );
}

type Moving = { dragged: CaseRow | undefined; onDrag: (row: CaseRow | undefined) => void; onMove: (row: CaseRow, to: CaseState) => void };

function Column({ state, search, dragged, onDrag, onMove }: Moving & { state: CaseState; search: CasesSearch }) {
  const listed = useInfiniteQuery(casesQuery({ ...search, state: state as NonNullable<CasesSearch['state']> }));
  const rows = listed.data?.pages.flatMap(({ data }) => data).filter((row) => row.state === state) ?? [];
  const takes = dragged !== undefined && nextStates[dragged.state].includes(state);
  const over = (event: DragEvent) => {
    if (takes) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    if (dragged) onMove(dragged, state);
    onDrag(undefined);
  };
  return (
    <section
      aria-label={t(`case.state.${state}`)}
      data-column={state}
      onDragOver={over}
      onDrop={drop}
      className={cx('grid content-start gap-2 rounded-xl bg-sunken p-2', takes && 'outline-2 outline-brand outline-dashed')}
    >
      <h2 className="flex items-center justify-between gap-2 px-1 text-sm font-semibold text-ink-2">
        {t(`case.state.${state}`)}
        {listed.data && (
          <span className="tnum font-normal text-ink-3">
            {formatNumber(rows.length)}
            {listed.hasNextPage && '+'}
          </span>
        )}
      </h2>
      {listed.isPending && <Loading rows={3} className="px-0" />}
      {listed.isError && !listed.data && <Failure error={listed.error} retry={() => void listed.refetch()} className="px-2 py-4" />}
      {listed.data && rows.length === 0 && !listed.hasNextPage && <p className="px-1 py-3 text-sm text-ink-3">{t('cases.columnNone')}</p>}
      {rows.map((row) => (
        <Card key={row.id} row={row} dragged={dragged} onDrag={onDrag} onMove={onMove} />
      ))}
      <ShowMore of={listed} look="ghost" />
    </section>
  );
}

function Card({ row, dragged, onDrag, onMove }: Moving & { row: CaseRow }) {
  const can = useCan();
  const { name } = useMembers();
  const mayMove = can.any('cases', 'write') && nextStates[row.state].length > 0;
  /** Along the columns, in the direction in which they are read. */
  const byKey = (event: KeyboardEvent) => {
    if (!event.shiftKey || !mayMove) return;
    const isRtl = document.documentElement.dir === 'rtl';
    const step = { ArrowRight: isRtl ? -1 : 1, ArrowLeft: isRtl ? 1 : -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const reachable = caseStates.filter((state) => nextStates[row.state].includes(state));
    const here = caseStates.indexOf(row.state);
    const to =
      step > 0
        ? reachable.find((state) => caseStates.indexOf(state) > here)
        : reachable.findLast((state) => caseStates.indexOf(state) < here);
    if (to) onMove(row, to);
  };
  return (
    <article
      draggable={mayMove}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', row.id);
        onDrag(row);
      }}
      onDragEnd={() => onDrag(undefined)}
      className={cx(
        'grid gap-1.5 rounded-lg border border-line bg-surface p-3 shadow-sm',
        mayMove && 'cursor-grab',
        dragged?.id === row.id && 'opacity-50',
      )}
    >
      <div className="flex items-start gap-2">
        <Link
          to="/cases/$id"
          params={{ id: row.id }}
          draggable={false}
          onKeyDown={byKey}
          aria-keyshortcuts={mayMove ? 'Shift+ArrowRight Shift+ArrowLeft' : undefined}
          className="max-sm:hit min-w-0 grow font-medium hover:text-brand"
        >
          <span className="tnum text-ink-3">#{row.number}</span>{' '}
          <bdi dir={directionOf(row.subject)} className="break-words">
            {row.subject}
          </bdi>
        </Link>
        {mayMove && (
          <Menu
            label={t('case.moveTo', { number: row.number })}
            align="end"
            trigger={(attributes) => (
              <IconButton {...attributes} label={t('case.moveTo', { number: row.number })} className="-me-1.5 -mt-1.5">
                <ArrowRightLeft className="size-4" aria-hidden />
              </IconButton>
            )}
            items={nextStates[row.state].map((state) => ({
              key: state,
              label: t(`case.state.${state}`),
              onSelect: () => onMove(row, state),
            }))}
          />
        )}
      </div>
      <p className="flex flex-wrap gap-x-2 text-sm text-ink-2">
        <bdi className="max-w-full truncate">{row.customerName}</bdi>
        <bdi className="text-ink-3">{row.ownerId ? name(row.ownerId) : t('case.nobody')}</bdi>
      </p>
      <div className="flex flex-wrap gap-1.5">
        <PriorityBadge priority={row.priority} />
        <DueBadge row={row} />
      </div>
    </article>
  );
}
