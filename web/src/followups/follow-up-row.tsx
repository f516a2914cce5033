import { Link } from '@tanstack/react-router';
import { Check, Ellipsis, Repeat2 } from 'lucide-react';
import { isOverdue } from '../../../functions/followups/due.ts';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { ChannelIcon } from '../interactions/channels.tsx';
import { openOverlay } from '../shell/overlays.ts';
import { Badge } from '../ui/badge.tsx';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { dueText, whenText } from './days.ts';
import type { FollowUpRow as Row } from './queries.ts';
import { SnoozeMenu } from './snooze-menu.tsx';
import { useFollowUps } from './use-follow-ups.ts';

/** What a follow-up says beside its title: late, put off, how important, whether it comes again. */
export function FollowUpMarks({ row }: { row: Row }) {
  const now = Date.now();
  const asleep = row.snoozedUntil !== null && Date.parse(row.snoozedUntil) > now;
  return (
    <>
      {isOverdue(row, now) && <Badge tone="danger">{t('followUp.overdue')}</Badge>}
      {row.priority === 'high' && <Badge tone="mango">{t('followUp.priority.high')}</Badge>}
      {asleep && row.snoozedUntil && (
        <Badge tone="sky" className="whitespace-normal!">
          {t('followUp.snoozed', { when: whenText(row.snoozedUntil) })}
        </Badge>
      )}
      {row.seriesId && (
        <Badge>
          <Repeat2 className="size-3.5" aria-hidden /> {t('followUp.series')}
        </Badge>
      )}
      {row.source !== 'person' && (
        <Badge tone="plum" className="whitespace-normal!">
          {t(row.source === 'rule' ? 'followUp.byRule' : 'followUp.byCallList')}
        </Badge>
      )}
    </>
  );
}

/** One follow-up with what can be done with it. */
export function FollowUpLine({
  row,
  owner,
  selected = false,
  withCustomer = true,
  onOutcome,
}: {
  row: Row;
  owner?: string | undefined;
  selected?: boolean;
  withCustomer?: boolean;
  onOutcome?: (() => void) | undefined;
}) {
  const can = useCan();
  const acts = useFollowUps();
  const writable = can.to('followUps', 'write', row.ownerId);
  const open = row.state === 'open';
  const when = open || !row.closedAt ? dueText(row) : whenText(row.closedAt);
  return (
    <li
      data-row={row.id}
      className={cx('flex items-start gap-3 border-b border-line px-3 py-2.5 last:border-b-0 sm:px-4', selected && 'bg-brand-soft/60')}
    >
      {open && writable ? (
        <IconButton
          label={`${t('followUp.done')}: ${row.title}`}
          look="secondary"
          className="mt-0.5 rounded-full!"
          onClick={() => void acts.finish(row)}
        >
          <Check className="size-4.5" aria-hidden />
        </IconButton>
      ) : (
        row.channel && <ChannelIcon channel={row.channel} className="m-1.5" />
      )}
      <div className="min-w-0 grow">
        <button
          type="button"
          className={cx('hit block max-w-full text-start font-medium hover:text-brand', !open && 'text-ink-2 line-through')}
          onClick={() => openOverlay({ kind: 'followUp', id: row.id })}
        >
          <bdi className="break-words">{row.title}</bdi>
        </button>
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm text-ink-2">
          <time dateTime={row.dueAt} className="tnum">
            {when}
          </time>
          {withCustomer && row.customerId && row.customerName && (
            <Link
              to="/customers/$id"
              params={{ id: row.customerId }}
              search={{}}
              className="max-sm:hit inline-flex min-h-6 min-w-0 max-sm:min-w-11 max-w-full items-center hover:text-brand hover:underline"
            >
              <bdi className="truncate">{row.customerName}</bdi>
            </Link>
          )}
          {owner && <bdi className="text-ink-3">{owner}</bdi>}
          <FollowUpMarks row={row} />
        </div>
      </div>
      {writable && (
        <div className="flex shrink-0 items-center">
          {open && <SnoozeMenu name={row.title} onSnooze={(until) => void acts.snooze(row, until)} />}
          <MoreMenu row={row} onOutcome={onOutcome} />
        </div>
      )}
    </li>
  );
}

function MoreMenu({ row, onOutcome }: { row: Row; onOutcome?: (() => void) | undefined }) {
  const can = useCan();
  const acts = useFollowUps();
  const removable = can.to('followUps', 'delete', row.ownerId);
  const item = (key: string, label: string, onSelect: () => void, danger = false): MenuItem => ({ key, label, onSelect, danger });
  const items = [
    ...(row.state === 'open' ? [item('edit', t('followUp.edit'), () => openOverlay({ kind: 'followUp', id: row.id }))] : []),
    ...(row.state === 'open' && onOutcome && row.customerId ? [item('outcome', t('followUp.withOutcome'), onOutcome)] : []),
    ...(row.state === 'open' && row.snoozedUntil ? [item('wake', t('followUp.wake'), () => void acts.wake(row)())] : []),
    ...(row.state === 'open' && removable ? [item('cancel', t('followUp.cancel'), () => void acts.cancel(row), true)] : []),
    ...(row.state === 'done' ? [item('reopen', t('followUp.reopen'), () => void acts.reopen(row)())] : []),
    ...(row.state === 'cancelled' && removable ? [item('restore', t('followUp.restore'), () => void acts.restore(row)())] : []),
  ];
  if (items.length === 0) return null;
  return (
    <Menu
      label={t('followUp.actions', { title: row.title })}
      align="end"
      trigger={(attributes) => (
        <IconButton {...attributes} label={t('followUp.actions', { title: row.title })}>
          <Ellipsis className="size-5" aria-hidden />
        </IconButton>
      )}
      items={items}
    />
  );
}
