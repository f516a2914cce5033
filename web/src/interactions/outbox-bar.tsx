import { useQueryClient } from '@tanstack/react-query';
import { CloudUpload, X } from 'lucide-react';
import { useEffect } from 'react';
import { useMe } from '../auth/me.ts';
import { t, tMaybe } from '../i18n/i18n.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { done } from '../ui/toast.tsx';
import { channelName } from './channels.tsx';
import { discard, sendWaiting, useWaiting } from './outbox.ts';

/** What was logged without a connection: how much waits, and what was refused. It goes by itself as soon as it can. */
export function OutboxBar() {
  const { member, workspace } = useMe();
  const queryClient = useQueryClient();
  const mine = useWaiting().filter(({ person, tenant }) => person === member.id && tenant === workspace.id);
  const waiting = mine.filter(({ refused }) => !refused).length;
  useEffect(() => {
    if (waiting === 0) return;
    const send = async () => {
      const sent = await sendWaiting(member.id, workspace.id);
      if (sent === 0) return;
      done(t('outbox.sent', { count: sent }));
      await queryClient.invalidateQueries({ queryKey: ['customer'] });
    };
    void send();
    const timer = setInterval(() => void send(), 10_000);
    const online = () => void send();
    addEventListener('online', online);
    return () => {
      clearInterval(timer);
      removeEventListener('online', online);
    };
  }, [waiting, member.id, workspace.id, queryClient]);
  if (mine.length === 0) return null;
  return (
    <aside
      aria-label={t('outbox.title')}
      className="mb-4 grid gap-2 rounded-xl border border-mango bg-mango-soft px-4 py-2.5 text-sm text-mango-ink"
    >
      {waiting > 0 && (
        <p role="status" className="flex flex-wrap items-center gap-2">
          <CloudUpload className="size-4.5 shrink-0" aria-hidden />{' '}
          <span className="min-w-0 grow">{t('outbox.waiting', { count: waiting })}</span>
          <Button onClick={() => void sendWaiting(member.id, workspace.id)}>{t('outbox.now')}</Button>
        </p>
      )}
      {mine
        .filter(({ refused }) => refused)
        .map(({ body, customerName, refused }) => (
          <p key={body.id} role="alert" className="flex items-center gap-2">
            <span className="min-w-0 grow">
              {channelName(body.channel)}, <bdi>{customerName}</bdi>: {tMaybe(`problem.${refused}`) ?? t('problem.internal')}
            </span>
            <IconButton label={t('outbox.discard')} onClick={() => discard(body.id)}>
              <X className="size-4" aria-hidden />
            </IconButton>
          </p>
        ))}
    </aside>
  );
}
