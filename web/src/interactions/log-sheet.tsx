import { type FormEvent, useRef, useState } from 'react';
import type { Channel } from '../api/types.ts';
import { useCan } from '../auth/me.ts';
import { CustomerPicker, type Picked } from '../customers/customer-picker.tsx';
import { t } from '../i18n/i18n.ts';
import { openOverlay } from '../shell/overlays.ts';
import { Kbd } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Check, Field } from '../ui/field.tsx';
import { type Draft, newDraft, tooBig } from './draft.ts';
import { ChannelPicker, InteractionExtras, InteractionFields } from './interaction-form.tsx';
import { useLog } from './use-log.ts';

/** Logs anything with anybody from anywhere. On a customer's page: `l`, Enter, and the call is noted. */
export function LogSheet({
  onClose,
  customer: given,
  channel,
}: {
  onClose: () => void;
  customer?: Picked | undefined;
  channel?: Channel | undefined;
}) {
  const [customer, setCustomer] = useState(given);
  const [draft, setDraft] = useState(() => newDraft(channel));
  const textRef = useRef<HTMLTextAreaElement>(null);
  const [withNext, setWithNext] = useState(false);
  const can = useCan();
  const log = useLog((logged) => {
    onClose();
    if (withNext && logged && customer) openOverlay({ kind: 'followUp', start: { customer, interactionId: logged.id } });
  });
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const big = tooBig(draft);
  const ready = customer && draft.at !== 'unreadable' && !big;
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (customer && ready && !log.busy) log.send({ customerId: customer.id, customerName: customer.name, draft });
  };
  return (
    <Dialog
      open
      kind="sheet"
      onClose={onClose}
      title={t('log.title')}
      footer={
        <>
          <span className="me-auto hidden text-sm text-ink-3 sm:inline">
            <Kbd>⌘</Kbd> <Kbd>↵</Kbd>
          </span>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" form="log-interaction" busy={log.busy} disabled={!ready}>
            {t('log.button')}
          </Button>
        </>
      }
    >
      <form
        id="log-interaction"
        className="grid gap-4"
        onSubmit={submit}
        onKeyDown={(event) => event.key === 'Enter' && (event.metaKey || event.ctrlKey) && submit()}
      >
        <Field label={t('log.customer')} error={log.errors.id}>
          <CustomerPicker value={customer} onPick={setCustomer} label={t('log.customer')} autoFocus={!given} />
        </Field>
        <ChannelPicker draft={draft} set={set} onPicked={() => textRef.current?.focus()} autoFocus={Boolean(given)} />
        <InteractionFields draft={draft} set={set} textRef={textRef} errors={log.errors} />
        <InteractionExtras draft={draft} set={set} errors={log.errors} />
        {can.any('followUps', 'write') && (
          <Check checked={withNext} onChange={(event) => setWithNext(event.target.checked)}>
            {t('followUp.nextStep')}
          </Check>
        )}
        {(log.failure ?? big) && (
          <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
            {big ? t('log.tooBig', { name: big.name }) : log.failure}
          </p>
        )}
      </form>
    </Dialog>
  );
}
