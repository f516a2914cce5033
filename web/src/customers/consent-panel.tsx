import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, ShieldCheck, ShieldX } from 'lucide-react';
import { useState } from 'react';
import { type Call, call } from '../api/client.ts';
import { consentsQuery } from '../api/queries.ts';
import type { Consent, Customer } from '../api/types.ts';
import { useCan, useMe } from '../auth/me.ts';
import { formatDate } from '../i18n/format.ts';
import { t, tMaybe } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { channelName } from '../interactions/channels.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input, Select, Textarea } from '../ui/field.tsx';
import { FormFooter } from '../ui/form-footer.tsx';
import { Options } from '../ui/options.tsx';
import { Section } from '../ui/section.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Loading } from '../ui/states.tsx';
import { done, failed } from '../ui/toast.tsx';

type Change = Pick<Consent, 'channel' | 'topic'> & Call<'setConsent'>['body'];
const topicName = (topic: string) => tMaybe(`topic.${topic}`) ?? topic;

/** What may be sent to whom on which channel about what, since when and how we know. */
export function ConsentPanel({ customer }: { customer: Customer }) {
  const can = useCan();
  const queryClient = useQueryClient();
  const consents = useQuery(consentsQuery(customer.id));
  const [editing, setEditing] = useState<Partial<Consent>>();
  const editable = !customer.archivedAt && can.any('customers', 'write');
  const set = useMutation({
    mutationFn: ({ channel, topic, ...body }: Change) => call('setConsent', { params: { id: customer.id, channel, topic }, body }),
    onSuccess: async (consent) => {
      setEditing(undefined);
      done(t('consent.saved', { status: t(`consent.${consent.status}`) }));
      await queryClient.invalidateQueries({ queryKey: ['customer', customer.id] });
    },
    onError: (error) => failed(problemText(error)),
  });
  return (
    <Section
      title={t('consent.title')}
      aside={
        editable && (
          <IconButton label={t('consent.record')} onClick={() => setEditing({})} className="-me-2">
            <Plus className="size-4.5" aria-hidden />
          </IconButton>
        )
      }
    >
      {consents.isPending && <Loading rows={2} className="px-0" />}
      {consents.isError && <p className="py-2 text-sm text-danger">{problemText(consents.error)}</p>}
      {consents.data?.data.length === 0 && <p className="pb-2 text-sm text-ink-3">{t('consent.none')}</p>}
      <ul className="grid">
        {consents.data?.data.map((consent) => {
          const granted = consent.status === 'granted';
          return (
            <li key={`${consent.channel}#${consent.topic}`} className="flex items-start gap-2.5 py-1.5 text-sm">
              {granted ? (
                <ShieldCheck className="mt-0.5 size-4 shrink-0 text-ok" aria-hidden />
              ) : (
                <ShieldX className="mt-0.5 size-4 shrink-0 text-danger" aria-hidden />
              )}
              <div className="min-w-0 grow">
                <p className="flex flex-wrap items-center gap-1.5">
                  <span className="font-medium">{channelName(consent.channel)}</span>{' '}
                  <bdi className="text-ink-2">{topicName(consent.topic)}</bdi>
                  <Badge tone={granted ? 'brand' : 'danger'}>{t(`consent.${consent.status}`)}</Badge>
                </p>
                <p className="text-xs text-ink-3" dir="auto">
                  {formatDate(consent.at)} · {consent.source}
                  {consent.evidence && ` · ${consent.evidence}`}
                </p>
              </div>
              {editable && (
                <Button
                  look="ghost"
                  className="shrink-0"
                  onClick={() => setEditing({ ...consent, status: granted ? 'withdrawn' : 'granted', evidence: null })}
                >
                  {granted ? t('consent.withdraw') : t('consent.grant')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {editing && <ConsentDialog consent={editing} busy={set.isPending} onClose={() => setEditing(undefined)} onSave={set.mutate} />}
    </Section>
  );
}

function ConsentDialog({
  consent,
  busy,
  onClose,
  onSave,
}: {
  consent: Partial<Consent>;
  busy: boolean;
  onClose: () => void;
  onSave: (change: Change) => void;
}) {
  const { workspace } = useMe();
  const [status, setStatus] = useState<Consent['status']>(consent.status ?? 'granted');
  const topics = [...new Set(['transactional', ...workspace.consentTopics, ...(consent.topic ? [consent.topic] : [])])];
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('consent.record')}
      lead={t('consent.lead')}
      footer={
        <FormFooter form="consent" busy={busy} onClose={onClose}>
          {t('common.save')}
        </FormFooter>
      }
    >
      <form
        id="consent"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const text = (name: string) => String(form.get(name) ?? '').trim();
          onSave({
            channel: text('channel') as Consent['channel'],
            topic: text('topic'),
            status,
            source: text('source'),
            evidence: text('evidence') || null,
          });
        }}
      >
        <Segmented
          label={t('consent.status')}
          value={status}
          onChange={setStatus}
          options={[
            { value: 'granted', label: t('consent.granted') },
            { value: 'withdrawn', label: t('consent.withdrawn') },
          ]}
        />
        <div className="grid grid-cols-2 gap-3">
          <Field label={t('log.channel')}>
            <Select name="channel" defaultValue={consent.channel ?? 'email'}>
              <Options of={['email', 'sms', 'call', 'letter', 'chat'] as const} words={channelName} />
            </Select>
          </Field>
          <Field label={t('consent.topic')}>
            <Select name="topic" defaultValue={consent.topic ?? topics[1] ?? topics[0]}>
              <Options of={topics} words={topicName} />
            </Select>
          </Field>
        </div>
        <Field label={t('consent.source')} hint={t('consent.sourceHint')}>
          <Input name="source" required maxLength={100} />
        </Field>
        <Field label={t('consent.evidence')}>
          <Textarea name="evidence" rows={2} maxLength={500} />
        </Field>
      </form>
    </Dialog>
  );
}
