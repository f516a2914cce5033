import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban, Plus } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { useCan } from '../auth/me.ts';
import { formatDate } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { fieldText, problemText } from '../i18n/problem-text.ts';
import { FormAlert } from '../ui/alert.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input, Select, Textarea } from '../ui/field.tsx';
import { FormFooter } from '../ui/form-footer.tsx';
import { Options } from '../ui/options.tsx';
import { Section } from '../ui/section.tsx';
import { Empty, Failure, Loading, NoPermission } from '../ui/states.tsx';
import { done, failed } from '../ui/toast.tsx';
import { type Suppression, suppressionsQuery } from './queries.ts';

/** Addresses that are never written to, whoever holds them: seen by those who see campaigns, lifted by an admin alone. */
export function SuppressionsSettings() {
  const can = useCan();
  const [adding, setAdding] = useState(false);
  const [lifting, setLifting] = useState<Suppression>();
  const listed = useInfiniteQuery({ ...suppressionsQuery, enabled: can.any('campaigns', 'read') });
  if (!can.any('campaigns', 'read')) return <NoPermission />;
  const rows = listed.data?.pages.flatMap(({ data }) => data) ?? [];
  const add = can.any('campaigns', 'write') && (
    <Button look="primary" onClick={() => setAdding(true)}>
      <Plus className="size-4" aria-hidden /> {t('suppression.add')}
    </Button>
  );
  return (
    <Section title={t('suppression.title')} aside={add}>
      <p className="pb-2 text-sm text-ink-3">{t('suppression.lead')}</p>
      {listed.isPending && <Loading rows={4} className="px-0" />}
      {listed.isError && !listed.data && <Failure error={listed.error} retry={() => void listed.refetch()} />}
      {listed.data && rows.length === 0 && (
        <Empty icon={<Ban className="size-6" />} title={t('suppression.none')}>
          {t('suppression.noneLead')}
        </Empty>
      )}
      <ul>
        {rows.map((row) => (
          <li
            key={`${row.channel}${row.id}`}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-2.5 first:border-t-0"
          >
            <div className="min-w-0 grow basis-48">
              <p className="flex flex-wrap items-center gap-2">
                <bdi className="font-semibold">{row.hint}</bdi> <Badge>{t(`channel.${row.channel}`)}</Badge>
                <Badge tone={row.reason === 'complaint' ? 'danger' : 'mango'}>{t(`suppression.reason.${row.reason}`)}</Badge>
              </p>
              <p className="text-sm text-ink-3">
                {formatDate(row.at)}
                {row.note && (
                  <>
                    {' · '}
                    <bdi>{row.note}</bdi>
                  </>
                )}
              </p>
            </div>
            {can.any('settings', 'write') && <Button onClick={() => setLifting(row)}>{t('suppression.lift')}</Button>}
          </li>
        ))}
      </ul>
      {listed.hasNextPage && (
        <Button className="mt-3" busy={listed.isFetchingNextPage} onClick={() => void listed.fetchNextPage()}>
          {t('timeline.older')}
        </Button>
      )}
      {adding && <AddDialog onClose={() => setAdding(false)} />}
      {lifting && <LiftDialog suppression={lifting} onClose={() => setLifting(undefined)} />}
    </Section>
  );
}

const useRefresh = () => {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ['suppressions'] });
};

function AddDialog({ onClose }: { onClose: () => void }) {
  const refresh = useRefresh();
  const add = useMutation({
    mutationFn: (body: { channel: 'email' | 'sms' | 'call' | 'letter'; address: string; note: string | null }) =>
      call('addSuppression', { body }),
    onSuccess: async () => {
      done(t('suppression.added'));
      onClose();
      await refresh();
    },
  });
  const problem = add.error instanceof CrmProblem ? add.error : undefined;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('suppression.add')}
      lead={t('suppression.addLead')}
      footer={
        <FormFooter form="suppression" busy={add.isPending} onClose={onClose}>
          {t('suppression.add')}
        </FormFooter>
      }
    >
      <form
        id="suppression"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          add.mutate({
            channel: String(form.get('channel')) as 'email',
            address: String(form.get('address') ?? '').trim(),
            note: String(form.get('note') ?? '').trim() || null,
          });
        }}
      >
        <Field label={t('log.channel')}>
          <Select name="channel">
            <Options of={['email', 'sms', 'call', 'letter'] as const} words={(channel) => t(`channel.${channel}`)} />
          </Select>
        </Field>
        <Field label={t('message.address')} error={fieldText(problem?.at('address'))}>
          <Input name="address" required maxLength={254} data-autofocus />
        </Field>
        <Field label={t('suppression.note')}>
          <Input name="note" maxLength={500} />
        </Field>
        <FormAlert error={add.error} />
      </form>
    </Dialog>
  );
}

function LiftDialog({ suppression, onClose }: { suppression: Suppression; onClose: () => void }) {
  const refresh = useRefresh();
  const lift = useMutation({
    mutationFn: (reason: string) =>
      call('liftSuppression', { params: { channel: suppression.channel, id: suppression.id }, body: { reason } }),
    onSuccess: async () => {
      done(t('suppression.lifted'));
      onClose();
      await refresh();
    },
    onError: (error) => failed(problemText(error)),
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('suppression.lift')}
      lead={<bdi>{suppression.hint}</bdi>}
      footer={
        <FormFooter form="lift" busy={lift.isPending} onClose={onClose}>
          {t('suppression.lift')}
        </FormFooter>
      }
    >
      <form
        id="lift"
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          lift.mutate(String(new FormData(event.currentTarget).get('reason') ?? '').trim());
        }}
      >
        <p>{t('suppression.liftLead')}</p>
        <Field label={t('suppression.why')}>
          <Textarea name="reason" required maxLength={500} rows={3} data-autofocus />
        </Field>
      </form>
    </Dialog>
  );
}
