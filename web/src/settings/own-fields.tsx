import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { type Call, call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { meQuery, useCan, useMe } from '../auth/me.ts';
import { wordsOf } from '../customers/list-editors.tsx';
import { t } from '../i18n/i18n.ts';
import { fieldText, problemText } from '../i18n/problem-text.ts';
import { FormAlert } from '../ui/alert.tsx';
import { Badge } from '../ui/badge.tsx';
import { IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import { FormFooter } from '../ui/form-footer.tsx';
import { Options } from '../ui/options.tsx';
import { Section } from '../ui/section.tsx';
import { done, failed } from '../ui/toast.tsx';

/** The fields that the workspace has added to a customer. */
export function OwnFields() {
  const { workspace } = useMe();
  const can = useCan();
  const queryClient = useQueryClient();
  const [adding, setAdding] = useState(false);
  const refresh = () => queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
  const editable = can.any('settings', 'write');
  const remove = (field: (typeof workspace.fields)[number]) =>
    void call('removeField', { params: { key: field.key } }).then(
      () => {
        const { removedAt: _, ...again } = field;
        done(
          t('settings.fieldRemoved', { name: field.label }),
          () => void call('addField', { body: again }).then(refresh, (error) => failed(problemText(error))),
        );
        void refresh();
      },
      (error) => failed(problemText(error)),
    );
  return (
    <Section
      title={t('about.custom')}
      aside={
        editable && (
          <IconButton label={t('settings.addField')} onClick={() => setAdding(true)} className="-me-2">
            <Plus className="size-4.5" aria-hidden />
          </IconButton>
        )
      }
    >
      {workspace.fields.length === 0 && <p className="pb-3 text-sm text-ink-3">{t('settings.noFields')}</p>}
      <ul>
        {workspace.fields.map((field) => (
          <li key={field.key} className="flex items-center gap-3 border-t border-line py-1.5 text-sm first:border-t-0">
            <span className="min-w-0 grow">
              <bdi className="font-medium">{field.label}</bdi>{' '}
              <code className="text-xs text-ink-3" dir="ltr">
                {field.key}
              </code>
            </span>
            <Badge>{t(`fieldKind.${field.kind}`)}</Badge>
            {editable && (
              <IconButton label={t('field.remove', { field: field.label })} onClick={() => remove(field)}>
                <Trash2 className="size-4" aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {adding && (
        <AddField
          onClose={() => setAdding(false)}
          onAdded={() => {
            setAdding(false);
            void refresh();
          }}
        />
      )}
    </Section>
  );
}

function AddField({ onClose, onAdded }: { onClose: () => void; onAdded: () => void }) {
  const [kind, setKind] = useState<'text' | 'number' | 'date' | 'choice'>('text');
  const add = useMutation({ mutationFn: (body: Call<'addField'>['body']) => call('addField', { body }), onSuccess: onAdded });
  const problem = add.error instanceof CrmProblem ? add.error : undefined;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('settings.addField')}
      footer={
        <FormFooter form="add-field" busy={add.isPending} onClose={onClose}>
          {t('common.save')}
        </FormFooter>
      }
    >
      <form
        id="add-field"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const text = (name: string) => String(form.get(name) ?? '').trim();
          add.mutate({ label: text('label'), key: text('key'), kind, choices: kind === 'choice' ? wordsOf(text('choices')) : [] });
        }}
      >
        <Field label={t('settings.fieldLabel')} error={fieldText(problem?.at('label'))}>
          <Input name="label" required maxLength={60} data-autofocus />
        </Field>
        <Field label={t('settings.fieldKey')} hint={t('settings.fieldKeyHint')} error={fieldText(problem?.at('key'))}>
          <Input name="key" required maxLength={40} dir="ltr" />
        </Field>
        <Field label={t('field.kind')}>
          <Select value={kind} onChange={(event) => setKind(event.target.value as typeof kind)}>
            <Options of={['text', 'number', 'date', 'choice'] as const} words={(each) => t(`fieldKind.${each}`)} />
          </Select>
        </Field>
        {kind === 'choice' && (
          <Field label={t('settings.choices')} hint={t('field.commas')} error={fieldText(problem?.at('choices'))}>
            <Input name="choices" required />
          </Field>
        )}
        <FormAlert error={add.error} />
      </form>
    </Dialog>
  );
}
