import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { caseTypes } from '../../../functions/cases/kinds.ts';
import { type Call, call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { CustomerPicker, type Picked } from '../customers/customer-picker.tsx';
import { useMembers } from '../customers/use-members.ts';
import { t } from '../i18n/i18n.ts';
import { fieldText, problemText } from '../i18n/problem-text.ts';
import { channelName } from '../interactions/channels.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input, Select, Textarea } from '../ui/field.tsx';
import { NameOptions, Options } from '../ui/options.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { levelsQuery, useRefreshCases } from './queries.ts';

type Said = Call<'createCase'>['body'];
/** What a case begins with, where it is on the timeline already. */
export type Beginning = { id: string; subject: string | null; reason: string };

const typeOf = (reason: string | undefined): Said['type'] =>
  reason === 'enquiry' ? 'question' : reason === 'service' ? 'request' : 'complaint';

type Opening = { customer?: Pick<Picked, 'id' | 'name'>; interaction?: Beginning; onClose: () => void };

/** Opens a case: for whom, what about, how it came. */
export function NewCase({ customer, interaction, onClose }: Opening) {
  const navigate = useNavigate();
  const refresh = useRefreshCases();
  const { members } = useMembers();
  const levels = useQuery(levelsQuery);
  const [picked, setPicked] = useState<Picked>();
  const who = customer ?? picked;
  const [said, setSaid] = useState<Omit<Said, 'customerId'>>({
    type: typeOf(interaction?.reason),
    subject: interaction?.subject ?? '',
    priority: 'normal',
    channel: 'call',
  });
  const set = (change: Partial<Said>) => setSaid((before) => ({ ...before, ...change }));
  const key = useRef(crypto.randomUUID());
  const make = useMutation({
    mutationFn: (body: Said) => call('createCase', { body, idempotencyKey: key.current }),
    onError: (error) => {
      if (error instanceof CrmProblem && !error.retryable) key.current = crypto.randomUUID();
    },
    onSuccess: async (made) => {
      await refresh(made.customerId);
      onClose();
      await navigate({ to: '/cases/$id', params: { id: made.id } });
    },
  });
  const ready = who !== undefined && said.subject.trim() !== '';
  const submit = () => {
    if (!who || !ready || make.isPending) return;
    make.mutate({
      ...said,
      subject: said.subject.trim(),
      customerId: who.id,
      ...(interaction && { interactionId: interaction.id, channel: undefined }),
    });
  };
  const problem = make.error instanceof CrmProblem ? make.error : undefined;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('case.new')}
      footer={
        <>
          {make.isError && (
            <p role="alert" className="me-auto text-sm text-danger">
              {fieldText(problem?.errors[0]) ?? problemText(make.error)}
            </p>
          )}
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" busy={make.isPending} disabled={!ready} onClick={submit}>
            {t('case.open')}
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears the key that sends */}
      <div className="grid gap-4" onKeyDown={(event) => event.key === 'Enter' && (event.metaKey || event.ctrlKey) && submit()}>
        {!customer && (
          <div className="grid gap-1">
            <span className="text-sm font-medium text-ink-2">{t('case.customer')}</span>
            <CustomerPicker value={picked} onPick={setPicked} label={t('case.customer')} autoFocus />
          </div>
        )}
        <Segmented
          label={t('case.type')}
          value={said.type}
          onChange={(type) => set({ type })}
          options={caseTypes.map((type) => ({
            value: type,
            label: t(`case.type.${type}`),
          }))}
        />
        <Field label={t('case.subject')}>
          <Input value={said.subject} maxLength={200} onChange={(event) => set({ subject: event.target.value })} />
        </Field>
        {!interaction && (
          <>
            <Field label={t('case.body')}>
              <Textarea
                rows={4}
                maxLength={20_000}
                value={said.body ?? ''}
                onChange={(event) => set({ body: event.target.value || null })}
              />
            </Field>
            <Field label={t('case.channel')}>
              <Select value={said.channel} onChange={(event) => set({ channel: event.target.value as Said['channel'] & string })}>
                <Options of={['call', 'visit', 'email', 'chat', 'sms', 'letter', 'fax', 'web', 'note'] as const} words={channelName} />
              </Select>
            </Field>
          </>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('case.priority')}>
            <Select value={said.priority} onChange={(event) => set({ priority: event.target.value as 'normal' })}>
              <Options of={['urgent', 'high', 'normal', 'low'] as const} words={(priority) => t(`case.priority.${priority}`)} />
            </Select>
          </Field>
          <Field label={t('case.owner')}>
            <Select value={said.ownerId ?? ''} onChange={(event) => set({ ownerId: event.target.value || null })}>
              <option value="">{t('case.nobody')}</option>
              <NameOptions of={members.filter(({ status }) => status === 'active')} />
            </Select>
          </Field>
          {(levels.data?.queues.length ?? 0) > 0 && (
            <Field label={t('case.queue')}>
              <Select value={said.queue ?? ''} onChange={(event) => set({ queue: event.target.value || null })}>
                <option value="">{t('common.none')}</option>
                <Options of={levels.data?.queues ?? []} />
              </Select>
            </Field>
          )}
        </div>
      </div>
    </Dialog>
  );
}
