import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Button } from '../ui/button.tsx';
import { Field, Textarea } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { done } from '../ui/toast.tsx';
import { type Case, useRefreshCases } from './queries.ts';

type Kind = 'note' | 'called' | 'calls';
const kinds = {
  note: { channel: 'note', direction: 'none' },
  called: { channel: 'call', direction: 'out' },
  calls: { channel: 'call', direction: 'in' },
} as const;

/** A note for ourselves, or a call that was made or came in. */
export function NoteForm({ of }: { of: Case }) {
  const refresh = useRefreshCases();
  const [kind, setKind] = useState<Kind>('note');
  const [body, setBody] = useState('');
  const key = useRef(crypto.randomUUID());
  const add = useMutation({
    mutationFn: () =>
      call('logOnCase', { params: { id: of.id }, body: { ...kinds[kind], body: body.trim() }, idempotencyKey: key.current }),
    onError: (error) => {
      if (error instanceof CrmProblem && !error.retryable) key.current = crypto.randomUUID();
    },
    onSuccess: async () => {
      key.current = crypto.randomUUID();
      setBody('');
      done(t(`case.logged.${kind}`));
      await refresh(of.customerId);
    },
  });
  const submit = () => body.trim() !== '' && !add.isPending && add.mutate();
  return (
    <form
      className="grid gap-3 rounded-xl border border-line bg-surface px-4 py-3 shadow-sm"
      aria-label={t('case.note')}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => event.key === 'Enter' && (event.metaKey || event.ctrlKey) && submit()}
    >
      <Segmented
        label={t('case.note')}
        hideLabel
        className="justify-self-start"
        value={kind}
        onChange={setKind}
        options={(['note', 'called', 'calls'] as const).map((each) => ({ value: each, label: t(`case.note.${each}`) }))}
      />
      <Field label={t('case.noteText')} hideLabel error={add.isError ? problemText(add.error) : undefined}>
        <Textarea
          rows={2}
          value={body}
          maxLength={20_000}
          placeholder={t(`case.notePlaceholder.${kind}`)}
          onChange={(event) => setBody(event.target.value)}
        />
      </Field>
      <Button type="submit" className="justify-self-end" busy={add.isPending} disabled={body.trim() === ''}>
        {t('case.noteAdd')}
      </Button>
    </form>
  );
}
