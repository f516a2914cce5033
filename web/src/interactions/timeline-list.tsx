import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Archive, Check, CornerUpLeft, Download, Inbox, Pencil } from 'lucide-react';
import { Fragment, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { call } from '../api/client.ts';
import type { Customer, TimelineInteraction } from '../api/types.ts';
import { useCan } from '../auth/me.ts';
import { useMembers } from '../customers/use-members.ts';
import { directionOf } from '../i18n/direction.ts';
import { formatAgo, formatBytes, formatDay, formatDuration, formatTime } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { MentionedText } from '../notifications/mentioned-text.tsx';
import { tick } from '../start/checklist.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { MoreMenu } from '../ui/more-menu.tsx';
import { done, failed } from '../ui/toast.tsx';
import { ChannelIcon, channelName } from './channels.tsx';
import type { Draft } from './draft.ts';
import { DirectionIcon } from './interaction-form.tsx';

const EntryMail = lazy(() => import('../messages/entry-mail.tsx').then(({ EntryMail }) => ({ default: EntryMail })));
const NewCase = lazy(() => import('../cases/new-case.tsx').then(({ NewCase }) => ({ default: NewCase })));
const EditInteraction = lazy(() => import('./edit-dialog.tsx').then(({ EditInteraction }) => ({ default: EditInteraction })));

type Props = {
  customer: Pick<Customer, 'id' | 'name' | 'ownerId'>;
  entries: TimelineInteraction[];
  readOnly?: boolean;
  onAnswer?: (draft: Partial<Draft>) => void;
};

/** Everything that happened, newest first, day by day on one thread. */
export function TimelineList({ customer, entries, readOnly = false, onAnswer }: Props) {
  const changed = useChanged(entries);
  let day = '';
  return (
    <ol className="relative grid before:absolute before:inset-y-3 before:start-[0.9375rem] before:w-0.5 before:rounded-full before:bg-line">
      {entries.map((entry) => {
        const of = formatDay(entry.occurredAt);
        const first = of !== day;
        day = of;
        return (
          <Fragment key={entry.id}>
            {first && (
              <li className="relative z-1 pt-4 pb-1 first:pt-0">
                <h3 className="inline-block rounded-full bg-canvas py-0.5 pe-3 text-sm font-semibold text-ink-2 first-letter:uppercase in-[dialog]:bg-raised">
                  {of}
                </h3>
              </li>
            )}
            <Entry customer={customer} entry={entry} readOnly={readOnly} onAnswer={onAnswer} changed={changed.has(entry.id)} />
          </Fragment>
        );
      })}
    </ol>
  );
}

/** Ids that a refresh brought or changed since the first look; they are marked for a moment. */
function useChanged(entries: TimelineInteraction[]): ReadonlySet<string> {
  const seen = useRef<Map<string, number>>(undefined);
  const before = seen.current;
  const changed = new Set(
    before && before.size > 0 ? entries.filter(({ id, version }) => before.get(id) !== version).map(({ id }) => id) : [],
  );
  useEffect(() => {
    seen.current = new Map(entries.map(({ id, version }) => [id, version]));
  }, [entries]);
  return changed.size < entries.length ? changed : new Set();
}

function Entry({
  customer,
  entry,
  readOnly,
  onAnswer,
  changed,
}: Omit<Props, 'entries'> & { entry: TimelineInteraction; changed: boolean }) {
  const { name } = useMembers();
  const label =
    entry.channel === 'other' && entry.sourceWord
      ? entry.sourceWord
      : entry.channel === 'chat' && entry.via
        ? t(`via.${entry.via}`)
        : channelName(entry.channel);
  return (
    <li className={cx('relative grid grid-cols-[2rem_1fr] gap-3 py-2.5', changed && 'row-changed rounded-lg')}>
      <ChannelIcon channel={entry.channel} className="z-1 ring-4 ring-canvas in-[dialog]:ring-raised" />
      <article
        className={cx('min-w-0 rounded-lg', entry.unanswered && 'border border-mango bg-mango-soft px-4 py-3')}
        aria-label={`${label}, ${t(`reason.${entry.reason}`)}, ${formatTime(entry.occurredAt)}`}
      >
        <header className="flex min-h-8 flex-wrap items-center gap-x-2 gap-y-1 text-sm">
          <span className="font-semibold" dir="auto">
            {label}
          </span>
          {entry.direction !== 'none' && (
            <span className="inline-flex items-center gap-1 text-ink-2">
              <DirectionIcon direction={entry.direction} /> {t(`direction.${entry.direction}`)}
            </span>
          )}
          {entry.reason !== 'other' && (
            <Badge tone={entry.reason === 'complaint' ? 'danger' : 'plain'}>{t(`reason.${entry.reason}`)}</Badge>
          )}
          {entry.unanswered && <Badge tone="mango">{t('timeline.unanswered', { ago: formatAgo(entry.occurredAt) })}</Badge>}
          <span className="ms-auto flex items-center gap-1 text-ink-3">
            <time className="tnum" dateTime={entry.occurredAt}>
              {formatTime(entry.occurredAt)}
            </time>
            {!readOnly && !entry.campaign && <EntryMenu customer={customer} entry={entry} />}
          </span>
        </header>
        {entry.subject && (
          <p className="max-w-[70ch] font-semibold" dir={directionOf(entry.subject)}>
            <bdi dir={directionOf(entry.subject)}>{entry.subject}</bdi>
          </p>
        )}
        {entry.body && <Body text={entry.body} />}
        <Foot entry={entry} memberName={name(entry.memberId)} customerId={customer.id} />
        {entry.mailId && !readOnly && (
          <Suspense>
            <EntryMail entry={entry} customer={customer} />
          </Suspense>
        )}
        {entry.unanswered && !readOnly && onAnswer && <AnswerBar customer={customer} entry={entry} onAnswer={onAnswer} />}
      </article>
    </li>
  );
}

function Body({ text }: { text: string }) {
  const long = text.length > 420 || text.split('\n').length > 6;
  const [open, setOpen] = useState(!long);
  return (
    <>
      <p className={cx('max-w-[70ch] whitespace-pre-line text-ink', !open && 'line-clamp-5')} dir={directionOf(text)}>
        <bdi dir={directionOf(text)}>
          <MentionedText text={text} />
        </bdi>
      </p>
      {long && (
        <button type="button" className="hit text-sm font-semibold text-brand" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('common.less') : t('common.readMore')}
        </button>
      )}
    </>
  );
}

/** A name in a line of other words keeps its direction to itself. */
const isolated = (name: string) => `\u2068${name}\u2069`;

function Foot({ entry, memberName, customerId }: { entry: TimelineInteraction; memberName: string; customerId: string }) {
  const facts = [
    memberName && t('timeline.by', { name: isolated(memberName) }),
    entry.durationSeconds ? formatDuration(entry.durationSeconds) : '',
    entry.outcome !== 'none' ? t(`outcome.${entry.outcome}`) : '',
    entry.answeredAt ? t('timeline.answered', { ago: formatAgo(entry.answeredAt) }) : '',
  ].filter(Boolean);
  const download = (attachmentId: string) =>
    call('getAttachment', { params: { id: customerId, interactionId: entry.id, attachmentId } }).then(
      ({ url }) => location.assign(url),
      (error) => failed(problemText(error)),
    );
  return (
    <>
      {facts.length > 0 && (
        <p className="mt-0.5 text-sm text-ink-3" dir="auto">
          {facts.join(' · ')}
        </p>
      )}
      {entry.attachments.length > 0 && (
        <ul className="mt-2 flex flex-wrap gap-2">
          {entry.attachments.map((attachment) => (
            <li key={attachment.id}>
              <Button onClick={() => void download(attachment.id)}>
                <Download className="size-4" aria-hidden /> <bdi className="max-w-56 truncate">{attachment.name}</bdi>{' '}
                <span className="text-ink-3">{formatBytes(attachment.bytes)}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function useEntryActions(customer: Props['customer'], entry: TimelineInteraction) {
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['customer', customer.id] });
  const params = { id: customer.id, interactionId: entry.id };
  const guarded = (work: Promise<unknown>) => void work.then(refresh, (error) => failed(problemText(error)));
  return {
    answered: () =>
      guarded(
        call('updateInteraction', {
          params,
          version: entry.version,
          body: { answeredAt: new Date(Math.max(Date.now(), Date.parse(entry.occurredAt))).toISOString() },
        }).then(({ version }) => {
          tick('answer');
          done(t('timeline.markedAnswered'), () => guarded(call('updateInteraction', { params, version, body: { answeredAt: null } })));
        }),
      ),
    archive: () =>
      guarded(
        call('archiveInteraction', { params }).then(() =>
          done(t('timeline.archived'), () => guarded(call('restoreInteraction', { params }))),
        ),
      ),
  };
}

function AnswerBar({
  customer,
  entry,
  onAnswer,
}: {
  customer: Props['customer'];
  entry: TimelineInteraction;
  onAnswer: (draft: Partial<Draft>) => void;
}) {
  const can = useCan();
  const actions = useEntryActions(customer, entry);
  if (!can.any('interactions', 'write')) return null;
  const channel = ['call', 'email', 'fax', 'letter', 'chat', 'sms'].includes(entry.channel) ? entry.channel : 'email';
  return (
    <div className="mt-2.5 flex flex-wrap gap-2">
      <Button
        look="primary"
        onClick={() =>
          onAnswer({ channel, via: entry.via, direction: 'out', reason: 'complaint', outcome: 'answered', subject: entry.subject ?? '' })
        }
      >
        <CornerUpLeft className="size-4 flip-rtl" aria-hidden /> {t('timeline.answer')}
      </Button>
      <Button onClick={actions.answered}>
        <Check className="size-4" aria-hidden /> {t('timeline.markAnswered')}
      </Button>
    </div>
  );
}

function EntryMenu({ customer, entry }: { customer: Props['customer']; entry: TimelineInteraction }) {
  const can = useCan();
  const actions = useEntryActions(customer, entry);
  const navigate = useNavigate();
  const { id: here } = useParams({ strict: false });
  const [editing, setEditing] = useState(false);
  const [opening, setOpening] = useState(false);
  const { caseId } = entry;
  const items = [
    ...(entry.unanswered && can.any('interactions', 'write')
      ? [{ key: 'answered', label: t('timeline.markAnswered'), icon: <Check className="size-4" aria-hidden />, onSelect: actions.answered }]
      : []),
    ...(caseId && caseId !== here && can.any('cases', 'read')
      ? [
          {
            key: 'case',
            label: t('case.goTo'),
            icon: <Inbox className="size-4" aria-hidden />,
            onSelect: () => void navigate({ to: '/cases/$id', params: { id: caseId } }),
          },
        ]
      : []),
    ...(!caseId && can.any('cases', 'write')
      ? [{ key: 'case', label: t('case.begin'), icon: <Inbox className="size-4" aria-hidden />, onSelect: () => setOpening(true) }]
      : []),
    ...(can.any('interactions', 'write')
      ? [{ key: 'edit', label: t('members.edit'), icon: <Pencil className="size-4" aria-hidden />, onSelect: () => setEditing(true) }]
      : []),
    ...(can.any('interactions', 'delete')
      ? [{ key: 'archive', label: t('customer.archive'), icon: <Archive className="size-4" aria-hidden />, onSelect: actions.archive }]
      : []),
  ];
  if (items.length === 0) return null;
  return (
    <>
      <MoreMenu label={t('timeline.actions')} items={items} className="-my-1" />
      <Suspense>
        {editing && <EditInteraction entry={entry} onClose={() => setEditing(false)} />}
        {opening && <NewCase customer={customer} interaction={entry} onClose={() => setOpening(false)} />}
      </Suspense>
    </>
  );
}
