import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CornerUpLeft, FileDown, ShieldAlert } from 'lucide-react';
import { call } from '../api/client.ts';
import type { TimelineInteraction } from '../api/types.ts';
import { useCan } from '../auth/me.ts';
import { formatAgo, formatBytes } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { openOverlay } from '../shell/overlays.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { done, failed } from '../ui/toast.tsx';
import { type Mail, mailQuery, messageQuery } from './queries.ts';

type Entry = Pick<TimelineInteraction, 'id' | 'customerId' | 'mailId' | 'subject'>;

/** What belongs to an entry because it is a mail: an answer, the original, files that were held back; or what became of what was sent. */
export function EntryMail({ entry, customer }: { entry: Entry; customer: { id: string; name: string } }) {
  if (entry.mailId?.startsWith('mai_')) return <Received mailId={entry.mailId} entry={entry} customer={customer} />;
  if (entry.mailId?.startsWith('msg_')) return <Sent messageId={entry.mailId} customerId={customer.id} />;
  return null;
}

export const downloadOriginal = (id: string) =>
  void call('getOriginal', { params: { id } }).then(
    ({ url }) => location.assign(url),
    (error) => failed(problemText(error)),
  );

function Received({ mailId, entry, customer }: { mailId: string; entry: Entry; customer: { id: string; name: string } }) {
  const can = useCan();
  const mail = useQuery(mailQuery(mailId));
  const held = mail.data?.files.filter((file) => file.held !== null) ?? [];
  return (
    <div className="mt-2 grid gap-2">
      {mail.data?.unreadable && <p className="text-sm text-ink-3">{t('mail.unreadable')}</p>}
      {held.map((file) => (
        <HeldFile key={file.id} mailId={mailId} file={file} customerId={customer.id} />
      ))}
      <div className="flex flex-wrap gap-2">
        {can.any('interactions', 'write') && (
          <Button onClick={() => openOverlay({ kind: 'message', customer, answers: { mailId, subject: entry.subject } })}>
            <CornerUpLeft className="size-4 flip-rtl" aria-hidden /> {t('mail.answer')}
          </Button>
        )}
        <Button look="ghost" onClick={() => downloadOriginal(mailId)}>
          <FileDown className="size-4" aria-hidden /> {t('mail.original')}
        </Button>
      </div>
    </div>
  );
}

export function HeldFile({ mailId, file, customerId }: { mailId: string; file: Mail['files'][number]; customerId: string | null }) {
  const can = useCan();
  const queryClient = useQueryClient();
  const release = () =>
    void call('releaseMailFile', { params: { id: mailId, fileId: file.id } }).then(
      async () => {
        done(t('mail.released', { name: file.name }));
        await queryClient.invalidateQueries({ queryKey: ['mail', mailId] });
        await queryClient.invalidateQueries({ queryKey: ['customer', customerId] });
      },
      (error) => failed(problemText(error)),
    );
  const never = file.held === 'virus' || file.held === 'too_large';
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-md bg-mango-soft px-3 py-1.5 text-sm text-mango-ink">
      <ShieldAlert className="size-4 shrink-0" aria-hidden />
      <bdi className="min-w-0 max-w-56 truncate font-semibold">{file.name}</bdi>
      <span className="tnum">{formatBytes(file.bytes)}</span>
      <span>{t(`mail.held.${file.held ?? 'unknown_type'}`)}</span>
      {customerId !== null && !never && can.any('interactions', 'write') && (
        <button type="button" className="hit ms-auto rounded-md px-2 font-semibold underline underline-offset-4" onClick={release}>
          {t('mail.release')}
        </button>
      )}
    </p>
  );
}

function Sent({ messageId, customerId }: { messageId: string; customerId: string }) {
  const message = useQuery(messageQuery(customerId, messageId));
  if (!message.data) return null;
  const { state, openedAt, bounce } = message.data;
  return (
    <p className="mt-1 flex flex-wrap items-center gap-2 text-sm text-ink-3">
      <Badge tone={state === 'bounced' || state === 'complained' ? 'danger' : state === 'delivered' ? 'brand' : 'plain'}>
        {state === 'bounced' && bounce === 'soft' ? t('message.softBounce') : t(`message.state.${state}`)}
      </Badge>
      {openedAt && <span>{t('message.opened', { ago: formatAgo(openedAt) })}</span>}
    </p>
  );
}
