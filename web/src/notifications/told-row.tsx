import { useRouter } from '@tanstack/react-router';
import {
  AlarmClock,
  AtSign,
  BadgeCheck,
  Bell,
  CalendarClock,
  Check,
  CirclePause,
  Flag,
  Mail,
  PauseCircle,
  ShieldQuestion,
  UserPlus,
  Workflow,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { NotificationKind } from '../../../functions/notifications/kinds.ts';
import { call } from '../api/client.ts';
import { formatAgo, formatDateTime } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { failed } from '../ui/toast.tsx';
import { type Told, useRefreshTold } from './queries.ts';

const icons: Record<NotificationKind, ReactNode> = {
  mention: <AtSign />,
  'followUp.due': <CalendarClock />,
  'followUp.assigned': <UserPlus />,
  rule: <Workflow />,
  'rule.paused': <PauseCircle />,
  'approval.asked': <BadgeCheck />,
  'campaign.paused': <CirclePause />,
  'run.finished': <Flag />,
  'message.received': <Mail />,
  'case.assigned': <UserPlus />,
  'case.warned': <AlarmClock />,
  'case.breached': <AlarmClock />,
  'case.answered': <Mail />,
  'form.held': <ShieldQuestion />,
};

/** Where a notification leads: to its record, or to the customer whose record it is. */
export function hrefOf({ subject: { type, id, customerId } }: Pick<Told, 'subject'>): string {
  if (type === 'customer') return `/customers/${id}`;
  if (type === 'case') return `/cases/${id}`;
  if (type === 'form') return '/cases?view=held';
  if (customerId) return `/customers/${customerId}`;
  if (type === 'rule') return `/rules/${id}`;
  if (type === 'campaign') return `/campaigns/${id}`;
  if (type === 'followUp') return '/follow-ups';
  if (type === 'run') return `/runs/${id}`;
  return '/notifications';
}

/** What happened, in a sentence, and what was written, in the writer's own words. */
function wordsOf({ kind, data }: Told): { line: string; quote: string } {
  const said = (name: string) => String(data[name] ?? '');
  const line = t(`told.of.${kind}`, { by: said('by') || t('told.somebody'), title: said('title'), rule: said('rule'), name: said('name') });
  return { line, quote: said('text') };
}

/** One notification: what, about whom, how long ago. Opening it marks it as read. */
export function ToldRow({ told, onOpen }: { told: Told; onOpen?: () => void }) {
  const router = useRouter();
  const refresh = useRefreshTold();
  const { line, quote } = wordsOf(told);
  const href = hrefOf(told);
  const read = () =>
    told.readAt
      ? undefined
      : void call('readNotification', { params: { id: told.id } }).then(refresh, (error) => failed(problemText(error)));
  return (
    <li
      className={cx(
        'relative flex items-start gap-3 border-t border-line px-1 py-1.5 first:border-t-0',
        !told.readAt && 'bg-brand-soft/45',
      )}
    >
      <a
        href={href}
        className="flex min-w-0 grow items-start gap-3 rounded-md px-2 py-1.5 hover:bg-hover"
        onClick={(event) => {
          read();
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          onOpen?.();
          router.history.push(href);
        }}
      >
        <span
          className={cx(
            'mt-0.5 grid size-8 shrink-0 place-items-center rounded-full [&>svg]:size-4',
            told.readAt ? 'bg-hover text-ink-3' : 'bg-brand-soft text-brand',
          )}
          aria-hidden
        >
          {icons[told.kind] ?? <Bell />}
        </span>
        <span className="grid min-w-0 gap-0.5 text-sm">
          <span className={cx('min-w-0 break-words', told.readAt ? 'text-ink-2' : 'font-semibold text-ink')} dir="auto">
            {line}
          </span>
          {quote && (
            <span className="line-clamp-2 min-w-0 break-words text-ink-2" dir="auto">
              {quote}
            </span>
          )}
          <span className="flex flex-wrap gap-x-2 text-ink-3">
            {told.customerName && <bdi className="max-w-full truncate">{told.customerName}</bdi>}
            <time dateTime={told.at} title={formatDateTime(told.at)}>
              {formatAgo(told.at)}
            </time>
            {!told.readAt && <span className="sr-only">{t('told.unread')}</span>}
          </span>
        </span>
      </a>
      {!told.readAt && (
        <IconButton label={t('told.markRead')} onClick={read} className="mt-0.5">
          <Check className="size-4" aria-hidden />
        </IconButton>
      )}
    </li>
  );
}
