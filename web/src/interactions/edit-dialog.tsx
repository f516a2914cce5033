import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import type { TimelineInteraction } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';
import { fieldText, problemText } from '../i18n/problem-text.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormFooter } from '../ui/form-footer.tsx';
import { done } from '../ui/toast.tsx';
import { type Draft, draftOf, fieldsOf } from './draft.ts';
import { ChannelPicker, InteractionFields } from './interaction-form.tsx';

/** Corrects what was written down. When and with whom it happened stays. */
export function EditInteraction({ entry, onClose }: { entry: TimelineInteraction; onClose: () => void }) {
  const queryClient = useQueryClient();
  // The version that was opened: a refresh behind the dialog must not hide that somebody else was faster.
  const [opened] = useState(entry);
  const [draft, setDraft] = useState<Draft>(() => draftOf(entry));
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const save = useMutation({
    mutationFn: () =>
      call('updateInteraction', {
        params: { id: opened.customerId, interactionId: opened.id },
        version: opened.version,
        body: fieldsOf(draft),
      }),
    onSuccess: async () => {
      done(t('customer.saved'));
      onClose();
      await queryClient.invalidateQueries({ queryKey: ['customer', opened.customerId] });
    },
  });
  const problem = save.error instanceof CrmProblem ? save.error : undefined;
  const errors = Object.fromEntries((problem?.errors ?? []).map((error) => [error.pointer.split('/')[1] ?? '', fieldText(error)]));
  return (
    <Dialog
      open
      kind="sheet"
      onClose={onClose}
      title={t('timeline.edit')}
      footer={
        <FormFooter form="edit-interaction" busy={save.isPending} onClose={onClose}>
          {t('common.save')}
        </FormFooter>
      }
    >
      <form
        id="edit-interaction"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <ChannelPicker draft={draft} set={set} />
        <InteractionFields draft={draft} set={set} errors={errors} />
        {save.isError && !problem?.errors.length && (
          <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
            {problemText(save.error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
