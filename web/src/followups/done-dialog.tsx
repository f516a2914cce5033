import { useState } from 'react';
import { outcomes } from '../../../functions/interactions/kinds.ts';
import { t } from '../i18n/i18n.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Textarea } from '../ui/field.tsx';
import { FormFooter } from '../ui/form-footer.tsx';
import { Segmented } from '../ui/segmented.tsx';
import type { Outcome } from './use-follow-ups.ts';

/** How it went: an outcome and a few words, which are kept on the customer's timeline. */
export function DoneDialog(props: {
  title: string;
  name: string;
  onClose: () => void;
  onDone: (said: { outcome: Outcome; body: string }) => void;
}) {
  const [outcome, setOutcome] = useState<Outcome>('answered');
  const [body, setBody] = useState('');
  const submit = () => {
    props.onDone({ outcome, body: body.trim() });
    props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('followUp.how')}
      lead={props.title}
      footer={
        <FormFooter form="done" onClose={props.onClose}>
          {t('followUp.done')}
        </FormFooter>
      }
    >
      <form
        id="done"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => event.key === 'Enter' && (event.metaKey || event.ctrlKey) && submit()}
      >
        <Segmented
          label={t('log.outcome')}
          value={outcome}
          onChange={setOutcome}
          options={outcomes.map((each) => ({ value: each, label: t(`outcome.${each}`) }))}
        />
        <Field label={t('log.text')} hint={t('followUp.howLead', { name: props.name })}>
          <Textarea
            rows={3}
            value={body}
            maxLength={20_000}
            placeholder={t('log.textPlaceholder')}
            onChange={(event) => setBody(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
