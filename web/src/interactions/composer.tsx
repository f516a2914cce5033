import { type FormEvent, useEffect, useRef, useState } from 'react';
import { t } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { type Draft, newDraft, tooBig } from './draft.ts';
import { ChannelPicker, InteractionExtras, InteractionFields } from './interaction-form.tsx';
import { useLog } from './use-log.ts';

/** The composer above a timeline: one line until it is wanted. `answer` opens it as the reply to a complaint. */
export function Composer({
  customer,
  answer,
  onAnswered,
}: {
  customer: { id: string; name: string };
  answer: Partial<Draft> | undefined;
  onAnswered: () => void;
}) {
  const [draft, setDraft] = useState<Draft>();
  const textRef = useRef<HTMLTextAreaElement>(null);
  const set = (change: Partial<Draft>) => setDraft((before) => (before ? { ...before, ...change } : before));
  const close = () => {
    setDraft(undefined);
    onAnswered();
  };
  const log = useLog(close);
  useEffect(() => {
    if (answer) setDraft(newDraft(answer.channel, answer));
  }, [answer]);
  const open = draft !== undefined;
  useEffect(() => {
    if (open) textRef.current?.focus();
  }, [open]);
  if (!draft)
    return (
      <button
        type="button"
        onClick={() => setDraft(newDraft())}
        className="min-h-12 w-full rounded-xl border border-line bg-surface px-4 text-start text-ink-3 shadow-sm transition-colors hover:border-control"
      >
        {t('log.compose')}
      </button>
    );
  const big = tooBig(draft);
  const ready = draft.at !== 'unreadable' && !big;
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (ready && !log.busy) log.send({ customerId: customer.id, customerName: customer.name, draft });
  };
  return (
    <form
      aria-label={t('log.title')}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit();
        if (event.key === 'Escape' && !draft.body && !draft.subject) close();
      }}
      className="rise grid gap-4 rounded-xl border border-control/60 bg-surface p-4 shadow-md"
    >
      <ChannelPicker draft={draft} set={set} onPicked={() => textRef.current?.focus()} />
      <InteractionFields draft={draft} set={set} textRef={textRef} errors={log.errors} />
      <InteractionExtras draft={draft} set={set} errors={log.errors} />
      {(log.failure ?? big) && (
        <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
          {big ? t('log.tooBig', { name: big.name }) : log.failure}
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Button look="primary" type="submit" busy={log.busy} disabled={!ready}>
          {t('log.button')}
        </Button>
      </div>
    </form>
  );
}
