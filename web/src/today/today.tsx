import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { CalendarPlus, PartyPopper, PhoneCall, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useCan, useMe } from '../auth/me.ts';
import { DoneDialog } from '../followups/done-dialog.tsx';
import { todayQuery } from '../followups/queries.ts';
import { snoozes } from '../followups/use-follow-ups.ts';
import { formatDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { openOverlay } from '../shell/overlays.ts';
import { PageHeader } from '../shell/page-header.tsx';
import { ariaKeys, useShortcuts } from '../shell/shortcuts.ts';
import { FirstDay, QuickActions, RecentCustomers } from '../start/start.tsx';
import { Button } from '../ui/button.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { heldStill, lastHeard, type TodayItem } from './queue.ts';
import { TodayRow, titleOf } from './today-row.tsx';
import { useToday } from './use-today.ts';

type Answer = { data: TodayItem[]; snoozed: number; calls: number; sources: { answered: number; of: number } };

/** The first screen of the day: what to do now and why, the first day's steps, and where one was last. */
export function Today() {
  const { member } = useMe();
  const can = useCan();
  return (
    <>
      <PageHeader
        title={t('today.title', { name: member.name.split(' ')[0] ?? member.name })}
        lead={<span className="first-letter:uppercase inline-block">{formatDay(new Date())}</span>}
      >
        {can.any('followUps', 'write') && (
          <Button onClick={() => openOverlay({ kind: 'followUp' })} aria-keyshortcuts={ariaKeys('n')}>
            <CalendarPlus className="size-4.5" aria-hidden /> {t('followUp.new')}
          </Button>
        )}
      </PageHeader>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)]">
        <Queue />
        <div className="grid gap-6">
          <FirstDay />
          <QuickActions />
          <RecentCustomers />
        </div>
      </div>
    </>
  );
}

function Queue() {
  const asked = useQuery(todayQuery);
  // What is shown keeps its place until it is brought up to date by hand; an empty list has nothing to hold.
  const [shown, setShown] = useState<readonly TodayItem[]>();
  const now = asked.data?.data;
  useEffect(() => {
    if (now) setShown((before) => (before && before.length > 0 ? lastHeard(before, now) : now));
  }, [now]);
  if (asked.isPending) return <Loading rows={8} />;
  if (!asked.data) return <Failure error={asked.error} retry={() => void asked.refetch()} />;
  return (
    <Rows
      answer={asked.data}
      shown={shown ?? asked.data.data}
      onRefresh={() => void asked.refetch().then(({ data }) => data && setShown(data.data))}
    />
  );
}

function Rows({ answer, shown, onRefresh }: { answer: Answer; shown: readonly TodayItem[]; onRefresh: () => void }) {
  const navigate = useNavigate();
  const can = useCan();
  const today = useToday();
  const { rows, fresh } = heldStill(shown, answer.data);
  const [at, setAt] = useState<string>();
  const [asking, setAsking] = useState<TodayItem>();
  const index = rows.findIndex(({ item }) => item.id === at);
  const chosen = rows[index];
  const item = chosen && !chosen.gone && !today.marks.has(chosen.item.id) ? chosen.item : undefined;
  const waiting = rows.filter(({ item: { id }, gone }) => !gone && !today.marks.has(id)).length;
  const move = (step: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, index + step))]?.item.id;
    setAt(next);
    if (next) document.querySelector(`[data-row="${CSS.escape(next)}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const refresh = () => {
    today.forget();
    setAt(undefined);
    onRefresh();
  };
  const writable = (each: TodayItem | undefined) =>
    each && !each.case && (each.followUp ? can.any('followUps', 'write') : can.any('interactions', 'write'));
  const open = () => {
    if (chosen?.item.case) void navigate({ to: '/cases/$id', params: { id: chosen.item.case.id } });
    else if (chosen?.item.followUp && !chosen.item.customer) openOverlay({ kind: 'followUp', id: chosen.item.followUp.id });
    else if (chosen?.item.customer) void navigate({ to: '/customers/$id', params: { id: chosen.item.customer.id }, search: {} });
  };
  const finish = () => {
    if (!item || !writable(item)) return;
    void today.finish(item);
    move(1);
  };
  const snooze = () => {
    if (!item || item.case || !can.any('followUps', 'write')) return;
    void today.snooze(item, snoozes.tomorrow(Date.now()));
    move(1);
  };
  useShortcuts([
    { keys: 'j', label: 'keys.down', run: () => move(1) },
    { keys: 'k', label: 'keys.up', run: () => move(-1) },
    { keys: 'Enter', label: 'keys.open', run: open, hidden: !chosen },
    { keys: 'd', label: 'keys.done', run: finish },
    { keys: 'o', label: 'keys.outcome', run: () => item?.followUp?.customerId && writable(item) && setAsking(item) },
    { keys: 's', label: 'keys.snooze', run: snooze },
    { keys: 'p', label: 'keys.pin', run: () => item && void today.pin(item) },
    { keys: 'u', label: 'keys.undo', run: () => today.undo() },
    { keys: 'r', label: 'keys.refresh', run: refresh },
  ]);
  const { answered, of } = answer.sources;
  return (
    <section aria-labelledby="queue" className="min-w-0 overflow-clip rounded-xl border border-line bg-surface shadow-sm">
      <header className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-2.5 sm:px-5">
        <div>
          <h2 id="queue" className="text-lg">
            {t('today.queue')}
          </h2>
          <p className="tnum text-sm text-ink-2">
            {t('today.count', { n: waiting })}
            {answer.snoozed > 0 && ` · ${t('today.snoozed', { n: answer.snoozed })}`}
          </p>
        </div>
        <Button look={fresh > 0 ? 'soft' : 'ghost'} onClick={refresh} aria-keyshortcuts={ariaKeys('r')}>
          <RefreshCw className="size-4" aria-hidden /> {fresh > 0 ? t('today.fresh', { n: fresh }) : t('today.refresh')}
        </Button>
      </header>
      {answered < of && (
        <p role="status" className="bg-mango-soft px-5 py-2 text-sm text-mango-ink">
          {t('today.missing', { answered, of })}
        </p>
      )}
      {answer.calls > 0 && (
        <Link
          to="/calls"
          search={{}}
          className="hit flex items-center gap-3 border-b border-line px-4 py-2 font-semibold hover:bg-hover/60 sm:px-5"
        >
          <PhoneCall className="size-4.5 shrink-0 text-brand" aria-hidden /> {t('calls.toMake', { n: answer.calls })}
        </Link>
      )}
      {rows.length === 0 && (
        <Empty icon={<PartyPopper className="size-6" />} title={t('today.none')}>
          {t('today.noneLead')}
        </Empty>
      )}
      <ul>
        {rows.map((row) => (
          <TodayRow
            key={row.item.id}
            item={row.item}
            gone={row.gone}
            selected={row.item.id === at}
            mark={today.marks.get(row.item.id)}
            onSelect={() => setAt(row.item.id)}
            onDone={() => void today.finish(row.item)}
            onSnooze={(until) => void today.snooze(row.item, until)}
            onUndo={() => today.undo(row.item.id)}
            onPin={() => void today.pin(row.item)}
          />
        ))}
      </ul>
      {asking && (
        <DoneDialog
          title={titleOf(asking)}
          name={asking.customer?.name ?? t('today.person')}
          onClose={() => setAsking(undefined)}
          onDone={(said) => void today.finish(asking, said)}
        />
      )}
    </section>
  );
}
