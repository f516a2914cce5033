import { Link } from '@tanstack/react-router';
import { AlertTriangle, CalendarClock, Check, HeartHandshake, LifeBuoy, MessageSquareReply, Pin, PinOff, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCan } from '../auth/me.ts';
import { FollowUpMarks } from '../followups/follow-up-row.tsx';
import { SnoozeMenu } from '../followups/snooze-menu.tsx';
import { directionOf } from '../i18n/direction.ts';
import { t } from '../i18n/i18n.ts';
import { openOverlay } from '../shell/overlays.ts';
import { ariaKeys } from '../shell/shortcuts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import type { TodayItem } from './queue.ts';
import { reasonTexts } from './reason.ts';
import type { Mark } from './use-today.ts';

const pictures: Record<TodayItem['kind'], { icon: ReactNode; tone: string }> = {
  followUp: { icon: <CalendarClock />, tone: 'bg-brand-soft text-brand' },
  case: { icon: <LifeBuoy />, tone: 'bg-plum-soft text-plum' },
  complaint: { icon: <AlertTriangle />, tone: 'bg-danger-soft text-danger' },
  reply: { icon: <MessageSquareReply />, tone: 'bg-sky-soft text-sky' },
  promise: { icon: <HeartHandshake />, tone: 'bg-mango-soft text-mango-ink' },
};

export const titleOf = (item: TodayItem) =>
  item.followUp?.title ??
  item.case?.subject ??
  item.interaction?.subject ??
  t('followUp.answerTo', { name: item.customer?.name ?? t('today.person') });

/** One row of the queue: what it is, why it is here, and the two things that are done with it. */
export function TodayRow(props: {
  item: TodayItem;
  selected: boolean;
  gone: boolean;
  mark: Mark | undefined;
  onDone: () => void;
  onSnooze: (until: string) => void;
  onUndo: () => void;
  onPin: () => void;
  onSelect: () => void;
}) {
  const { item, mark } = props;
  const title = titleOf(item);
  const over = mark !== undefined || props.gone;
  return (
    <li
      data-row={item.id}
      aria-current={props.selected || undefined}
      className={cx('flex items-start gap-3 border-b border-line px-3 py-3 last:border-b-0 sm:px-4', props.selected && 'bg-brand-soft/60')}
    >
      <span
        aria-hidden
        className={cx('mt-0.5 grid size-9 shrink-0 place-items-center rounded-full [&>svg]:size-4.5', pictures[item.kind].tone)}
      >
        {pictures[item.kind].icon}
      </span>
      <div className={cx('min-w-0 grow', over && 'opacity-60')}>
        <p className="flex flex-wrap items-baseline gap-x-2">
          <Title item={item} title={title} over={over} onSelect={props.onSelect} />
          {item.pinnedAt && (
            <Badge tone="brand">
              <Pin className="size-3.5" aria-hidden /> {t('today.isPinned')}
            </Badge>
          )}
        </p>
        <p className={cx('text-sm first-letter:uppercase', item.late ? 'text-danger' : 'text-ink-2')}>{reasonTexts(item).join(' · ')}</p>
        <div className="mt-0.5 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm">
          <span className="text-ink-3">{t(`today.kind.${item.kind}`)}</span>
          {item.customer && (
            <Link
              to="/customers/$id"
              params={{ id: item.customer.id }}
              search={{}}
              className="max-sm:hit inline-flex min-h-6 min-w-0 max-sm:min-w-11 items-center font-medium text-ink-2 hover:text-brand hover:underline"
            >
              <bdi className="truncate">{item.customer.name}</bdi>
            </Link>
          )}
          {item.followUp && !over && <FollowUpMarks row={item.followUp} />}
        </div>
      </div>
      {over ? <Over mark={mark} onUndo={props.onUndo} title={title} /> : <Actions {...props} title={title} />}
    </li>
  );
}

function Title({ item, title, over, onSelect }: { item: TodayItem; title: string; over: boolean; onSelect: () => void }) {
  const look = cx('hit inline-flex min-w-0 items-center text-start font-semibold hover:text-brand', over && 'line-through');
  // What somebody wrote has its own direction; what the client says has the reader's.
  const written = item.followUp?.title ?? item.case?.subject ?? item.interaction?.subject;
  const text = written ? (
    <bdi dir={directionOf(written)} className="break-words">
      {written}
    </bdi>
  ) : (
    <span className="break-words">{title}</span>
  );
  const { followUp } = item;
  if (followUp)
    return (
      <button type="button" className={look} onFocus={onSelect} onClick={() => openOverlay({ kind: 'followUp', id: followUp.id })}>
        {text}
      </button>
    );
  if (item.case)
    return (
      <Link to="/cases/$id" params={{ id: item.case.id }} className={look} onFocus={onSelect}>
        {text}
      </Link>
    );
  return (
    <Link to="/customers/$id" params={{ id: item.customer?.id ?? '' }} search={{}} className={look} onFocus={onSelect}>
      {text}
    </Link>
  );
}

function Over({ mark, onUndo, title }: { mark: Mark | undefined; onUndo: () => void; title: string }) {
  if (!mark) return <span className="self-center text-sm text-ink-3">{t('today.gone')}</span>;
  return (
    <Button look="ghost" className="shrink-0 self-center" onClick={onUndo} aria-label={`${t('common.undo')}: ${title}`}>
      <Undo2 className="size-4 flip-rtl" aria-hidden /> {t('common.undo')}
    </Button>
  );
}

type Acts = { item: TodayItem; onDone: () => void; onSnooze: (until: string) => void; onPin: () => void; title: string };

function Actions({ item, onDone, onSnooze, onPin, title }: Acts) {
  const can = useCan();
  // A case has steps of its own; what can be done with it here is to keep it on top.
  const isCase = item.case !== null;
  const mayFinish = !isCase && (item.followUp ? can.any('followUps', 'write') : can.any('interactions', 'write'));
  return (
    <div className="flex shrink-0 items-center max-sm:flex-col-reverse">
      <IconButton label={`${t(item.pinnedAt ? 'today.unpin' : 'today.pin')}: ${title}`} aria-keyshortcuts={ariaKeys('p')} onClick={onPin}>
        {item.pinnedAt ? <PinOff className="size-4.5" aria-hidden /> : <Pin className="size-4.5" aria-hidden />}
      </IconButton>
      {!isCase && can.any('followUps', 'write') && <SnoozeMenu name={title} onSnooze={onSnooze} />}
      {mayFinish && (
        <IconButton label={`${item.followUp ? t('followUp.done') : t('today.markAnswered')}: ${title}`} look="soft" onClick={onDone}>
          <Check className="size-5" aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
