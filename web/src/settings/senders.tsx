import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Mail, Plus } from 'lucide-react';
import { useState } from 'react';
import { type Answer, call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Section } from '../ui/section.tsx';
import { Empty, Failure, Loading, NoPermission } from '../ui/states.tsx';
import { done, failed } from '../ui/toast.tsx';
import { DnsRecords } from './dns-records.tsx';
import { AddSender, EditSender } from './sender-forms.tsx';

export type Sender = Answer<'listSenders'>['data'][number];

/** Whom messages come from: the workspace itself, and what is proved to be its own. */
export function SendersSettings() {
  const can = useCan();
  const senders = useQuery({
    queryKey: ['senders'],
    queryFn: ({ signal }) => call('listSenders', { signal }),
    enabled: can.any('campaigns', 'read'),
  });
  const [adding, setAdding] = useState(false);
  if (!can.any('campaigns', 'read')) return <NoPermission />;
  const add = can.any('settings', 'write') && (
    <Button look="primary" onClick={() => setAdding(true)}>
      <Plus className="size-4" aria-hidden /> {t('senders.add')}
    </Button>
  );
  return (
    <Section title={t('senders.title')} aside={add}>
      <p className="max-w-prose text-sm text-ink-3">{t('senders.lead')}</p>
      {senders.isPending && <Loading rows={3} className="px-0" />}
      {senders.isError && <Failure error={senders.error} retry={() => void senders.refetch()} />}
      {senders.data?.data.length === 0 && (
        <Empty icon={<Mail className="size-6" />} title={t('senders.title')}>
          {t('senders.empty')}
        </Empty>
      )}
      <ul className="mt-2">
        {senders.data?.data.map((sender) => (
          <SenderRow key={sender.id} sender={sender} />
        ))}
      </ul>
      {adding && <AddSender onClose={() => setAdding(false)} />}
    </Section>
  );
}

/** What an admin may do with a sender, each said when it is done. */
function useActs({ id, address, kind }: Sender) {
  const queryClient = useQueryClient();
  const fresh = () => queryClient.invalidateQueries({ queryKey: ['senders'] });
  const onError = (error: Error) => failed(problemText(error));
  const waiting = kind === 'address' ? t('senders.check.address', { address }) : t('senders.check.pending');
  const check = useMutation({
    mutationFn: () => call('checkSender', { params: { id } }),
    onSuccess: ({ state }) => {
      done(state === 'verified' ? t('senders.check.verified', { address }) : waiting);
      return fresh();
    },
    onError,
  });
  const test = useMutation({
    mutationFn: () => call('testSender', { params: { id } }),
    onSuccess: ({ sentTo }) => done(t('senders.tested', { address: sentTo })),
    onError,
  });
  const remove = useMutation({
    mutationFn: () => call('removeSender', { params: { id } }),
    onSuccess: () => {
      done(t('senders.removed', { address }));
      return fresh();
    },
    onError,
  });
  return { check, test, remove };
}

function SenderRow({ sender }: { sender: Sender }) {
  const can = useCan();
  const { check, test, remove } = useActs(sender);
  const [open, setOpen] = useState<'edit' | 'remove'>();
  const { address, name, kind, state, replyTo, newCases } = sender;
  const isVerified = state === 'verified';
  const mayChange = can.any('settings', 'write');
  return (
    <li className="border-t border-line py-3 first:border-t-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-0 grow basis-60">
          <p className="flex flex-wrap items-center gap-2">
            <bdi className="font-semibold">{name}</bdi>
            <Badge tone={isVerified ? 'brand' : 'mango'}>{t(isVerified ? 'senders.state.verified' : 'senders.state.pending')}</Badge>
            <Badge>{t(`senders.kind.${kind}`)}</Badge>
            {newCases && <Badge tone="sky">{t('senders.newCases')}</Badge>}
          </p>
          <p className="text-sm break-all text-ink-3">
            <bdi dir="ltr">{address}</bdi>
          </p>
          {replyTo && (
            <p className="text-sm break-all text-ink-3">
              {t('senders.replyTo')} <bdi dir="ltr">{replyTo}</bdi>
            </p>
          )}
        </div>
        {mayChange && (
          <div className="flex flex-wrap gap-1">
            {isVerified ? (
              <Button look="ghost" busy={test.isPending} onClick={() => test.mutate()}>
                {t('senders.test')}
              </Button>
            ) : (
              <Button look="soft" busy={check.isPending} onClick={() => check.mutate()}>
                {t('senders.check')}
              </Button>
            )}
            <Button look="ghost" onClick={() => setOpen('edit')}>
              {t('senders.edit')}
            </Button>
            {kind !== 'workspace' && can.any('settings', 'delete') && (
              <Button look="quietDanger" onClick={() => setOpen('remove')}>
                {t('senders.remove')}
              </Button>
            )}
          </div>
        )}
      </div>
      <Proof sender={sender} />
      {open === 'edit' && <EditSender sender={sender} onClose={() => setOpen(undefined)} />}
      {open === 'remove' && (
        <Dialog
          open
          onClose={() => setOpen(undefined)}
          title={t('senders.remove.title')}
          footer={
            <>
              <Button onClick={() => setOpen(undefined)}>{t('common.cancel')}</Button>
              <Button
                look="danger"
                busy={remove.isPending}
                onClick={() => remove.mutate(undefined, { onSettled: () => setOpen(undefined) })}
              >
                {t('senders.remove')}
              </Button>
            </>
          }
        >
          <p>{t('senders.remove.lead', { address })}</p>
        </Dialog>
      )}
    </li>
  );
}

/** How a sender is proved: in sight while it is not, folded away afterwards. */
function Proof({ sender }: { sender: Sender }) {
  const { kind, state, address, records } = sender;
  if (kind === 'address' && state === 'pending')
    return <p className="mt-2 rounded-lg bg-mango-soft px-3 py-2 text-sm text-mango-ink">{t('senders.address.wait', { address })}</p>;
  if (records.length === 0) return null;
  const domain = address.slice(address.indexOf('@') + 1);
  if (state === 'pending') return <DnsRecords domain={domain} records={records} />;
  return (
    <details className="mt-1 text-sm">
      <summary className="hit inline-flex cursor-pointer items-center font-medium text-ink-2 hover:text-ink">
        {t('senders.records.show')}
      </summary>
      <DnsRecords domain={domain} records={records} />
    </details>
  );
}
