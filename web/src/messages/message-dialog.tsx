import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { customerQuery } from '../api/queries.ts';
import type { Customer } from '../api/types.ts';
import { formatDateTime } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { fieldText, problemText } from '../i18n/problem-text.ts';
import { upload } from '../interactions/draft.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { done, failed } from '../ui/toast.tsx';
import { addressesOf, answerSubject, bytesOf, type Letter, mostFileBytes } from './compose.ts';
import { LetterForm } from './letter-form.tsx';

/** The mail that is answered. */
export type Answered = { mailId: string; subject: string | null };

/** The case that is answered. */
export type OnCase = { id: string; subject: string };

/** Writes to one customer: now, with ten seconds to think again, or at a time. */
export function MessageDialog(props: {
  customer: { id: string; name: string };
  answers?: Answered | undefined;
  onCase?: OnCase | undefined;
  onClose: () => void;
}) {
  const customer = useQuery(customerQuery(props.customer.id));
  const title = t('message.to', { name: props.customer.name });
  if (customer.data)
    return <Write key={customer.data.id} customer={customer.data} answers={props.answers} onCase={props.onCase} onClose={props.onClose} />;
  return (
    <Dialog open onClose={props.onClose} title={title} size="wide">
      {customer.isPending ? <Loading rows={5} /> : <Failure error={customer.error} retry={() => void customer.refetch()} />}
    </Dialog>
  );
}

function firstLetter(customer: Customer, answers: Pick<Answered, 'subject'> | undefined): Letter {
  const channel = addressesOf(customer, 'email').length > 0 || addressesOf(customer, 'sms').length === 0 ? 'email' : 'sms';
  const to = addressesOf(customer, channel)[0] ?? '';
  const subject = answers ? answerSubject(answers.subject) : '';
  return { channel, to, senderId: '', templateId: '', language: '', subject, body: '', files: [], at: 'now' };
}

type Writing = { customer: Customer; answers: Answered | undefined; onCase: OnCase | undefined; onClose: () => void };

function Write({ customer, answers, onCase, onClose }: Writing) {
  const [letter, setLetter] = useState(() => firstLetter(customer, answers ?? onCase));
  const set = (change: Partial<Letter>) => setLetter((before) => ({ ...before, ...change }));
  const send = useSend(customer, { answers, onCase, onSent: onClose });
  const tooLarge = bytesOf(letter.files) > mostFileBytes;
  const ready = letter.to !== '' && letter.body.trim() !== '' && (letter.channel === 'sms' || letter.subject.trim() !== '');
  const may = ready && !tooLarge && letter.at !== 'unreadable' && !send.busy;
  const submit = () => may && send.send(letter);
  return (
    <Dialog
      open
      onClose={onClose}
      size="wide"
      title={t('message.to', { name: customer.name })}
      lead={answers || onCase ? t('message.answers', { subject: (answers ?? onCase)?.subject ?? '' }) : undefined}
      footer={
        <>
          {send.failure && (
            <p role="alert" className="me-auto text-sm text-danger">
              {send.failure}
            </p>
          )}
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" busy={send.busy} disabled={!may} onClick={submit} aria-keyshortcuts="Control+Enter Meta+Enter">
            {letter.at === 'now' ? t('message.send') : t('message.plan')}
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears the key that sends */}
      <div
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit();
        }}
      >
        <LetterForm customer={customer} letter={letter} set={set} errors={send.errors} tooLarge={tooLarge} />
      </div>
    </Dialog>
  );
}

/** Uploads the files, writes the message, and offers to take it back while it has not gone. */
function useSend(customer: Customer, { answers, onCase, onSent }: Pick<Writing, 'answers' | 'onCase'> & { onSent: () => void }) {
  const queryClient = useQueryClient();
  // One key until it has worked: pressing the button again after a lost answer must not write twice.
  const key = useRef<string>(undefined);
  const refresh = () =>
    Promise.all(
      ['customer', 'cases'].map((noun) => queryClient.invalidateQueries({ queryKey: noun === 'cases' ? [noun] : [noun, customer.id] })),
    );
  const sending = useMutation({
    mutationFn: async (letter: Letter) => {
      key.current ??= crypto.randomUUID();
      const attachments = await Promise.all(letter.files.map((file) => upload(customer.id, file)));
      const { channel, to, body, at } = letter;
      return call('createMessage', {
        params: { id: customer.id },
        idempotencyKey: key.current,
        body: {
          channel,
          to,
          body,
          attachments,
          subject: channel === 'email' ? letter.subject.trim() : null,
          ...(letter.senderId && { senderId: letter.senderId }),
          ...(letter.templateId && { templateId: letter.templateId }),
          ...(letter.language && { language: letter.language }),
          ...(answers && { answers: answers.mailId }),
          ...(onCase && { caseId: onCase.id }),
          ...(at instanceof Date && { sendAt: at.toISOString() }),
        },
      });
    },
    onError: (error) => {
      if (error instanceof CrmProblem && !error.retryable) key.current = undefined;
    },
    onSuccess: async (message, letter) => {
      key.current = undefined;
      const undo = () =>
        void call('cancelMessage', { params: { id: customer.id, messageId: message.id } }).then(
          () => {
            done(t('message.takenBack'));
            return refresh();
          },
          (error) => failed(problemText(error)),
        );
      done(letter.at === 'now' ? t('message.goes') : t('message.planned', { time: formatDateTime(message.sendAt) }), undo);
      onSent();
      await refresh();
    },
  });
  const problem = sending.error instanceof CrmProblem ? sending.error : undefined;
  const errors = Object.fromEntries((problem?.errors ?? []).map((error) => [error.pointer.split('/')[1] ?? '', fieldText(error)]));
  return {
    send: (letter: Letter) => sending.mutate(letter),
    busy: sending.isPending,
    errors: errors as Record<string, string | undefined>,
    failure: sending.isError && !problem?.errors.length ? problemText(sending.error) : undefined,
  };
}
