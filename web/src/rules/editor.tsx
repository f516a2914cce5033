import { useMutation } from '@tanstack/react-query';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import { CrmProblem } from '../api/problem.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Button } from '../ui/button.tsx';
import { Check, Field, Input } from '../ui/field.tsx';
import { Section } from '../ui/section.tsx';
import { Loading } from '../ui/states.tsx';
import { type Draft, DryRunFigures, useDryRun } from './dry-run.tsx';
import { EffectsEditor } from './effects-editor.tsx';
import { useLabels } from './use-labels.ts';
import { WhenEditor } from './when-editor.tsx';
import { effectText, whenText } from './words.ts';

const WhereEditor = lazy(() => import('./where-editor.tsx').then(({ WhereEditor }) => ({ default: WhereEditor })));

type Props = { begin: Draft; save: (draft: Draft) => Promise<unknown>; onCancel: () => void; action: string };

/** A rule as three questions: when, whom, what. The sentence that they make stands above, and whom it would touch beside. */
export function RuleEditor({ begin, save, onCancel, action }: Props) {
  const labels = useLabels();
  const [draft, setDraft] = useState(begin);
  const [whole, setWhole] = useState(true);
  const [asked, setAsked] = useState<Draft>();
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const saving = useMutation({ mutationFn: () => save(draft) });
  const run = useDryRun(asked);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (whole && !saving.isPending) saving.mutate();
  };
  return (
    <form onSubmit={submit} className="grid items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="grid min-w-0 gap-4">
        <Field label={t('rule.name')}>
          <Input value={draft.name} maxLength={100} required onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <Section title={t('rule.stepWhen')} className="pb-4">
          <WhenEditor when={draft.when} set={(when) => set({ when })} />
          <Check checked={draft.imported} onChange={(event) => set({ imported: event.target.checked })} className="mt-3">
            {t('rule.imported')}
          </Check>
        </Section>
        <Section title={t('rule.stepWhere')} className="pb-4">
          <Suspense fallback={<Loading rows={2} className="px-0" />}>
            <WhereEditor
              begin={begin.where}
              onChange={(where) => {
                setWhole(where !== undefined);
                if (where !== undefined) set({ where });
              }}
            />
          </Suspense>
        </Section>
        <Section title={t('rule.stepThen')} className="pb-4">
          <EffectsEditor when={draft.when} does={draft.does} set={(does) => set({ does })} />
        </Section>
        {saving.isError && (
          <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
            {[problemText(saving.error), ...wrongFields(saving.error)].join(' ')}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onCancel}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" busy={saving.isPending} disabled={!whole}>
            {action}
          </Button>
        </div>
      </div>
      <Section title={t('rule.reads')} className="sticky top-4 grid gap-3 pb-4">
        <p className="text-sm text-ink-2">{whenText(draft.when, labels)}</p>
        <ul className="grid gap-1 text-sm">
          {draft.does.map((effect, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: effects have no id, and stand where they were put
            <li key={at} className="break-words">
              {effectText(effect, labels)}
            </li>
          ))}
        </ul>
        <Button className="justify-self-start" disabled={!whole} onClick={() => setAsked(draft)}>
          {t('rule.tryIt')}
        </Button>
        {asked && <DryRunFigures run={run} when={asked.when} />}
      </Section>
    </form>
  );
}

/** What the API says of single fields, in its own words: the form checks most of it before. */
const wrongFields = (error: unknown): string[] =>
  error instanceof CrmProblem
    ? (error.errors ?? [])
        .slice(0, 3)
        .map(({ detail }) => detail)
        .filter((text) => typeof text === 'string')
    : [];
