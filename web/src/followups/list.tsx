import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { CalendarCheck } from 'lucide-react';
import { useState } from 'react';
import { isOverdue } from '../../../functions/followups/due.ts';
import { useCan } from '../auth/me.ts';
import { useMembers } from '../customers/use-members.ts';
import { type MessageKey, t } from '../i18n/i18n.ts';
import { openOverlay } from '../shell/overlays.ts';
import { useShortcuts } from '../shell/shortcuts.ts';
import { Segmented } from '../ui/segmented.tsx';
import { ShowMore } from '../ui/show-more.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { dayOfRow, todayDay } from './days.ts';
import { DoneDialog } from './done-dialog.tsx';
import { FollowUpLine } from './follow-up-row.tsx';
import { type FollowUpRow, followUpsQuery, type Scope, type State } from './queries.ts';
import { snoozes, type Undo, useFollowUps } from './use-follow-ups.ts';

const states: State[] = ['open', 'done', 'cancelled'];

/** Follow-ups by time: what is late, what is for today, and the rest. */
export function FollowUpList({ scope }: { scope: Scope }) {
  const { state = 'open' } = useSearch({ from: '/app/follow-ups' });
  const navigate = useNavigate({ from: '/follow-ups' });
  const listed = useInfiniteQuery(followUpsQuery({ scope, state }));
  const rows = listed.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Segmented
        label={t('followUps.state')}
        hideLabel
        className="justify-self-start"
        value={state}
        onChange={(next) =>
          void navigate({ search: (before) => ({ ...before, state: next === 'open' ? undefined : next }), replace: true })
        }
        options={states.map((each) => ({ value: each, label: t(`followUps.state.${each}`) }))}
      />
      {listed.isPending && <Loading rows={8} />}
      {listed.isError && !listed.data && <Failure error={listed.error} retry={() => void listed.refetch()} />}
      {listed.data && rows.length === 0 && (
        <Empty icon={<CalendarCheck className="size-6" />} title={t('followUps.none')}>
          {t('followUps.noneLead')}
        </Empty>
      )}
      <Lines rows={rows} scope={scope} state={state} />
      <ShowMore of={listed} className="justify-self-center" />
    </div>
  );
}

type Group = { label: MessageKey | undefined; rows: FollowUpRow[] };

function groupsOf(rows: FollowUpRow[], state: State): Group[] {
  if (state !== 'open') return [{ label: undefined, rows }];
  const now = Date.now();
  const today = todayDay(now);
  const groupOf = (row: FollowUpRow): MessageKey =>
    isOverdue(row, now) ? 'followUps.late' : dayOfRow(row) <= today ? 'followUps.today' : 'followUps.later';
  const grouped = Map.groupBy(rows, groupOf);
  return (['followUps.late', 'followUps.today', 'followUps.later'] as const).flatMap((label) => {
    const own = grouped.get(label);
    return own ? [{ label, rows: own }] : [];
  });
}

/** The rows with the keys of a list: j and k move, Enter opens, d is done, o asks how it went, s puts off, u takes back. */
function Lines({ rows, scope, state }: { rows: FollowUpRow[]; scope: Scope; state: State }) {
  const { name } = useMembers();
  const can = useCan();
  const acts = useFollowUps();
  const [at, setAt] = useState<string>();
  const [asking, setAsking] = useState<FollowUpRow>();
  const [last, setLast] = useState<Undo>();
  const groups = groupsOf(rows, state);
  const shown = groups.flatMap((group) => group.rows);
  const index = shown.findIndex(({ id }) => id === at);
  const chosen = shown[index];
  const writable = chosen && chosen.state === 'open' && can.to('followUps', 'write', chosen.ownerId) ? chosen : undefined;
  const move = (step: number) => {
    const next = shown[Math.min(shown.length - 1, Math.max(0, index + step))];
    setAt(next?.id);
    if (next) document.querySelector(`[data-row="${next.id}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const doing = (work: Promise<Undo | undefined>) => {
    move(1);
    void work.then((undo) => undo && setLast(() => undo));
  };
  useShortcuts([
    { keys: 'j', label: 'keys.down', run: () => move(1) },
    { keys: 'k', label: 'keys.up', run: () => move(-1) },
    { keys: 'Enter', label: 'keys.open', run: () => chosen && openOverlay({ kind: 'followUp', id: chosen.id }), hidden: !chosen },
    { keys: 'd', label: 'keys.done', run: () => writable && doing(acts.finish(writable)) },
    { keys: 'o', label: 'keys.outcome', run: () => writable?.customerId && setAsking(writable) },
    { keys: 's', label: 'keys.snooze', run: () => writable && doing(acts.snooze(writable, snoozes.tomorrow(Date.now()))) },
    { keys: 'u', label: 'keys.undo', run: () => void last?.().then(() => setLast(undefined)) },
  ]);
  return (
    <>
      {groups
        .filter(({ rows: own }) => own.length > 0)
        .map(({ label, rows: own }) => (
          <section key={label ?? state} aria-label={label ? t(label) : t(`followUps.state.${state}`)}>
            {label && <h2 className="px-1 pb-1.5 text-sm font-semibold text-ink-2">{t(label)}</h2>}
            <ul className="overflow-clip rounded-xl border border-line bg-surface shadow-sm">
              {own.map((row) => (
                <FollowUpLine
                  key={row.id}
                  row={row}
                  selected={row.id === at}
                  owner={scope === 'own' ? undefined : name(row.ownerId)}
                  onOutcome={() => setAsking(row)}
                />
              ))}
            </ul>
          </section>
        ))}
      {asking && (
        <DoneDialog
          title={asking.title}
          name={asking.customerName ?? t('today.person')}
          onClose={() => setAsking(undefined)}
          onDone={(said) => doing(acts.finish(asking, said))}
        />
      )}
    </>
  );
}
