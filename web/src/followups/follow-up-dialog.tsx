import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, lazy, Suspense, useRef, useState } from 'react';
import { call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import type { Channel } from '../api/types.ts';
import { useCan, useMe } from '../auth/me.ts';
import { CustomerPicker, type Picked } from '../customers/customer-picker.tsx';
import { useMembers } from '../customers/use-members.ts';
import { currentRegion } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { fieldText, problemText } from '../i18n/problem-text.ts';
import { channelList, channelName } from '../interactions/channels.tsx';
import { MentionField } from '../notifications/mention-field.tsx';
import { type Mentions, marked, unmarked } from '../notifications/mention-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import { NameOptions, Options } from '../ui/options.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { done as told } from '../ui/toast.tsx';
import { addDays, dueText, todayDay } from './days.ts';
import { type DueDraft, DueFields } from './due-fields.tsx';
import { type FollowUp, followUpQuery } from './queries.ts';
import { type Repeat, RepeatFields } from './repeat-fields.tsx';
import { useFollowUps } from './use-follow-ups.ts';

/** What a new follow-up begins with. */
export type FollowUpStart = { customer?: Picked; on?: string; title?: string; interactionId?: string; channel?: Channel };

const FollowUpHistory = lazy(() => import('./follow-up-history.tsx').then(({ FollowUpHistory }) => ({ default: FollowUpHistory })));

type Draft = {
  title: string;
  customer: Picked | undefined;
  due: DueDraft | undefined;
  ownerId: string;
  priority: FollowUp['priority'];
  channel: Channel | null;
  repeat: Repeat | null;
  reminders: number[];
  notes: string;
  /** Whom the names in the notes mean. */
  mentions: Mentions;
};

/** Plans a follow-up from anywhere, or changes one that is there. */
export function FollowUpDialog({
  id,
  start = {},
  onClose,
}: {
  id?: string | undefined;
  start?: FollowUpStart | undefined;
  onClose: () => void;
}) {
  return id ? <Existing id={id} onClose={onClose} /> : <Form start={start} onClose={onClose} />;
}

function Existing({ id, onClose }: { id: string; onClose: () => void }) {
  const asked = useQuery({ ...followUpQuery(id), staleTime: 0 });
  const customer = useQuery({
    queryKey: ['customer', asked.data?.customerId, 'profile'],
    queryFn: ({ signal }) => call('getCustomer', { params: { id: asked.data?.customerId ?? '' }, signal }),
    enabled: Boolean(asked.data?.customerId),
    retry: false,
  });
  if (asked.data && (!asked.data.customerId || customer.data || customer.isError))
    return <Form followUp={asked.data} start={customer.data ? { customer: customer.data } : {}} onClose={onClose} />;
  return (
    <Dialog open kind="sheet" onClose={onClose} title={t('followUp.edit')}>
      {asked.isError ? <Failure error={asked.error} retry={() => void asked.refetch()} /> : <Loading />}
    </Dialog>
  );
}

function draftOf(followUp: FollowUp | undefined, start: FollowUpStart, memberId: string): Draft {
  return {
    title: followUp?.title ?? start.title ?? '',
    customer: start.customer,
    due: followUp?.due ?? { on: start.on ?? addDays(todayDay(), 1), at: null },
    ownerId: followUp?.ownerId ?? memberId,
    priority: followUp?.priority ?? 'normal',
    channel: followUp?.channel ?? start.channel ?? null,
    repeat: followUp?.recurrence ?? null,
    reminders: followUp?.reminders ?? [0],
    notes: unmarked(followUp?.notes ?? '').text,
    mentions: unmarked(followUp?.notes ?? '').mentions,
  };
}

function Form({ followUp, start, onClose }: { followUp?: FollowUp; start: FollowUpStart; onClose: () => void }) {
  const { member } = useMe();
  const [draft, setDraft] = useState(() => draftOf(followUp, start, member.id));
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const { save, errors, failure } = useSave({ followUp, start, draft, onClose });
  const { cancel } = useFollowUps();
  const can = useCan();
  const [tab, setTab] = useState<'details' | 'changes'>('details');
  const readOnly = followUp !== undefined && (followUp.state !== 'open' || !can.to('followUps', 'write', followUp.ownerId));
  const ready = draft.title.trim() && draft.due && !readOnly;
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (ready && !save.isPending) save.mutate();
  };
  return (
    <Dialog
      open
      kind="sheet"
      onClose={onClose}
      title={followUp ? t('followUp.edit') : t('followUp.new')}
      footer={
        <>
          {followUp && !readOnly && can.to('followUps', 'delete', followUp.ownerId) && (
            <Button
              look="quietDanger"
              className="me-auto"
              onClick={() => {
                void cancel(followUp);
                onClose();
              }}
            >
              {t('followUp.cancel')}
            </Button>
          )}
          <Button onClick={onClose}>{t('common.close')}</Button>
          <Button look="primary" type="submit" form="follow-up" busy={save.isPending} disabled={!ready}>
            {followUp ? t('common.save') : t('followUp.plan')}
          </Button>
        </>
      }
    >
      {followUp && (
        <Segmented
          label={t('followUp.views')}
          hideLabel
          className="mb-4"
          value={tab}
          onChange={setTab}
          options={[
            { value: 'details', label: t('followUp.details') },
            { value: 'changes', label: t('customer.history') },
          ]}
        />
      )}
      {followUp && tab === 'changes' && (
        <Suspense fallback={<Loading rows={3} />}>
          <FollowUpHistory id={followUp.id} />
        </Suspense>
      )}
      {/* What was written stays while one looks at the changes. */}
      <form
        id="follow-up"
        className="grid gap-4"
        hidden={tab === 'changes'}
        onSubmit={submit}
        onKeyDown={(event) => event.key === 'Enter' && (event.metaKey || event.ctrlKey) && submit()}
      >
        <fieldset disabled={readOnly} className="grid min-w-0 gap-4">
          <Field label={t('followUp.title')} error={errors.title}>
            <Input
              data-autofocus
              value={draft.title}
              maxLength={200}
              placeholder={t('followUp.titlePlaceholder')}
              onChange={(event) => set({ title: event.target.value })}
            />
          </Field>
          <Field label={t('followUp.customer')} error={errors.customerId}>
            <CustomerPicker value={draft.customer} onPick={(customer) => set({ customer })} label={t('followUp.customer')} />
          </Field>
          <DueFields value={draft.due ?? { on: todayDay(), at: null }} onChange={(due) => set({ due })} error={errors.due} />
          <Choices draft={draft} set={set} />
          <RepeatFields value={draft.repeat} onChange={(repeat) => set({ repeat })} error={errors.recurrence} />
          <Field label={t('followUp.notes')} error={errors.notes}>
            <MentionField
              rows={3}
              maxLength={5_000}
              value={draft.notes}
              mentions={draft.mentions}
              onChange={(notes, mentions) => set({ notes, mentions })}
            />
          </Field>
        </fieldset>
        {failure && (
          <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
            {failure}
          </p>
        )}
      </form>
    </Dialog>
  );
}

const reminderChoices = [0, 10, 60, 1_440] as const;
const reminderText = (minutes: number) => {
  if (minutes === 0) return t('followUp.remind.at');
  if (minutes % 1_440 === 0) return t('followUp.remind.days', { n: minutes / 1_440 });
  return minutes % 60 === 0 ? t('followUp.remind.hours', { n: minutes / 60 }) : t('followUp.remind.minutes', { n: minutes });
};

/** Who, how, how important, and when to be reminded. */
function Choices({ draft, set }: { draft: Draft; set: (change: Partial<Draft>) => void }) {
  const can = useCan();
  const { member } = useMe();
  const { members } = useMembers();
  const others =
    can.scope('followUps', 'write') === 'all' ? members.filter(({ status, id }) => status === 'active' && id !== member.id) : [];
  const reminder = draft.reminders[0] ?? '';
  const choices = [...new Set([...reminderChoices, ...draft.reminders])].sort((a, b) => a - b);
  return (
    <div className="grid grid-cols-2 gap-3">
      {others.length > 0 && (
        <Field label={t('followUp.owner')} className="col-span-2">
          <Select value={draft.ownerId} onChange={(event) => set({ ownerId: event.target.value })}>
            <NameOptions of={[{ id: member.id, name: member.name }, ...others]} />
          </Select>
        </Field>
      )}
      <Field label={t('followUp.channel')}>
        <Select value={draft.channel ?? ''} onChange={(event) => set({ channel: (event.target.value || null) as Channel | null })}>
          <option value="">{t('followUp.anyChannel')}</option>
          <Options of={channelList} words={channelName} />
        </Select>
      </Field>
      <Field label={t('followUp.priority')}>
        <Select value={draft.priority} onChange={(event) => set({ priority: event.target.value as Draft['priority'] })}>
          <Options of={['low', 'normal', 'high'] as const} words={(priority) => t(`followUp.priority.${priority}`)} />
        </Select>
      </Field>
      <Field label={t('followUp.remind')} className="col-span-2">
        <Select value={reminder} onChange={(event) => set({ reminders: event.target.value === '' ? [] : [Number(event.target.value)] })}>
          <option value="">{t('followUp.remind.none')}</option>
          <Options of={choices} words={reminderText} />
        </Select>
      </Field>
    </div>
  );
}

type Saving = { followUp: FollowUp | undefined; start: FollowUpStart; draft: Draft; onClose: () => void };

function useSave({ followUp, start, draft, onClose }: Saving) {
  const { refresh } = useFollowUps();
  // One key until it has worked: pressing again after a lost answer must not plan twice.
  const key = useRef<string>(undefined);
  const save = useMutation({
    mutationFn: async () => {
      const due = draft.due ?? { on: todayDay(), at: null };
      const said = {
        title: draft.title.trim(),
        notes: marked(draft.notes.trim(), draft.mentions) || null,
        customerId: draft.customer?.id ?? null,
        priority: draft.priority,
        channel: draft.channel,
        recurrence: draft.repeat,
        reminders: draft.reminders,
        ownerId: draft.ownerId,
        // Whoever plans reads times by her own clock, until it was planned by another's.
        due: { on: due.on, at: due.at, zone: followUp?.due.zone ?? currentRegion().zone },
      };
      if (followUp)
        return call('updateFollowUp', { params: { id: followUp.id }, version: followUp.version, body: changed(followUp, said) });
      key.current ??= crypto.randomUUID();
      const body = { ...said, ...(start.interactionId && said.customerId && { interactionId: start.interactionId }) };
      return call('createFollowUp', { body, idempotencyKey: key.current });
    },
    onError: (error) => {
      if (error instanceof CrmProblem && !error.retryable) key.current = undefined;
    },
    onSuccess: async (saved) => {
      told(followUp ? t('followUp.saved') : t('followUp.planned', { when: dueText(saved) }));
      onClose();
      await refresh(saved.customerId);
    },
  });
  const problem = save.error instanceof CrmProblem ? save.error : undefined;
  const errors = Object.fromEntries((problem?.errors ?? []).map((error) => [error.pointer.split('/')[1] ?? '', fieldText(error)]));
  return { save, errors, failure: save.isError && !problem?.errors.length ? problemText(save.error) : undefined };
}

/** Only what differs: what somebody else changed meanwhile stays as it is. */
function changed<T extends object>(before: FollowUp, after: T): Partial<T> {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  return Object.fromEntries(Object.entries(after).filter(([field, value]) => !same(before[field as keyof FollowUp], value))) as Partial<T>;
}
