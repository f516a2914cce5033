import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, type Call, call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { t } from '../i18n/i18n.ts';
import { fieldText } from '../i18n/problem-text.ts';
import { FormAlert } from '../ui/alert.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { FormFooter } from '../ui/form-footer.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { done } from '../ui/toast.tsx';
import { NewCases, newCasesIn } from './new-cases.tsx';

type Sender = Answer<'listSenders'>['data'][number];
type Kind = Call<'addSender'>['body']['kind'];

const textOf = (form: FormData, name: string) => String(form.get(name) ?? '').trim();

function ReplyTo({ value, error }: { value?: string; error: string | undefined }) {
  return (
    <Field label={t('senders.replyTo')} hint={t('senders.replyTo.hint')} error={error}>
      <Input name="replyTo" type="email" dir="ltr" maxLength={254} defaultValue={value} autoComplete="off" />
    </Field>
  );
}

/** A new sender: of a domain that is proved by DNS, or of one address that is proved by a click. */
export function AddSender({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const [kind, setKind] = useState<Kind>('domain');
  const add = useMutation({
    mutationFn: (body: Call<'addSender'>['body']) => call('addSender', { body }),
    onSuccess: ({ address }) => {
      done(t('senders.added', { address }));
      onClose();
      return queryClient.invalidateQueries({ queryKey: ['senders'] });
    },
  });
  const problem = add.error instanceof CrmProblem ? add.error : undefined;
  const options = (['domain', 'address'] as const).map((value) => ({ value, label: t(`senders.kind.${value}`) }));
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('senders.add')}
      footer={
        <FormFooter form="sender" busy={add.isPending} onClose={onClose}>
          {t('senders.add')}
        </FormFooter>
      }
    >
      <form
        id="sender"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          add.mutate({ kind, name: textOf(form, 'name'), address: textOf(form, 'address'), replyTo: textOf(form, 'replyTo') || null });
        }}
      >
        <div>
          <Segmented label={t('senders.kind')} value={kind} onChange={setKind} options={options} />
          <p className="mt-1 text-sm text-ink-3">{t(`senders.kind.${kind}.hint`)}</p>
        </div>
        <Field label={t('senders.address')} error={fieldText(problem?.at('address'))}>
          <Input name="address" type="email" dir="ltr" required maxLength={254} autoComplete="off" data-autofocus />
        </Field>
        <Field label={t('senders.name')} error={fieldText(problem?.at('name'))}>
          <Input name="name" required maxLength={100} autoComplete="off" />
        </Field>
        <ReplyTo error={fieldText(problem?.at('replyTo'))} />
        <FormAlert error={add.error} />
      </form>
    </Dialog>
  );
}

/** The name that readers see, and where answers go. The address stays: another one is another sender. */
export function EditSender({ sender, onClose }: { sender: Sender; onClose: () => void }) {
  const queryClient = useQueryClient();
  const { id, version, address } = sender;
  const change = useMutation({
    mutationFn: (body: Call<'changeSender'>['body']) => call('changeSender', { params: { id }, body, version }),
    onSuccess: () => {
      done(t('senders.saved'));
      onClose();
      return queryClient.invalidateQueries({ queryKey: ['senders'] });
    },
  });
  const problem = change.error instanceof CrmProblem ? change.error : undefined;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('senders.edit')}
      lead={<bdi dir="ltr">{address}</bdi>}
      footer={
        <FormFooter form="sender" busy={change.isPending} onClose={onClose}>
          {t('senders.save')}
        </FormFooter>
      }
    >
      <form
        id="sender"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          change.mutate({
            name: textOf(form, 'name'),
            replyTo: textOf(form, 'replyTo') || null,
            ...(sender.kind === 'workspace' && { newCases: newCasesIn(form) }),
          });
        }}
      >
        <Field label={t('senders.name')} error={fieldText(problem?.at('name'))}>
          <Input name="name" required maxLength={100} defaultValue={sender.name} autoComplete="off" data-autofocus />
        </Field>
        <ReplyTo value={sender.replyTo ?? ''} error={fieldText(problem?.at('replyTo'))} />
        {sender.kind === 'workspace' && <NewCases sender={sender} error={fieldText(problem?.at('newCases/queue'))} />}
        <FormAlert error={change.error} />
      </form>
    </Dialog>
  );
}
