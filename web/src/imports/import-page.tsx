import { type UseMutationResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { t, tMaybe } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { BackLink } from '../shell/back-link.tsx';
import { ForbiddenPage } from '../shell/forbidden-page.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { Asked } from '../ui/asked.tsx';
import { cx } from '../ui/cx.ts';
import { Failure } from '../ui/states.tsx';
import { CheckStep } from './check-step.tsx';
import { StateBadge } from './imports-page.tsx';
import { MapStep } from './map-step.tsx';
import { type ImportDetail, importQuery } from './queries.ts';
import { RunStep } from './run-step.tsx';

export type Act = (work: () => Promise<unknown>) => void;
type Steps = 'file' | 'map' | 'check' | 'run';

/** Where an import is on its way, as the four steps of the wizard. */
function stepOf({ state, step }: ImportDetail, back: boolean): Steps {
  if (state === 'validated') return back ? 'map' : 'check';
  if (state === 'draft') return step === 'map' || step === 'check' ? 'map' : 'file';
  if (state === 'validating') return step === 'check' ? 'check' : 'file';
  if (state === 'failed') return step === 'run' ? 'run' : step === 'check' ? 'map' : 'file';
  return 'run';
}

/** One import, from file to report. Its state is the server's, so a reload or another device shows the same. */
export function ImportPage() {
  const { id } = useParams({ from: '/app/imports/$id' });
  const can = useCan();
  const detail = useQuery({ ...importQuery(id), enabled: can.any('imports', 'read') });
  if (!can.any('imports', 'read')) return <ForbiddenPage title={t('nav.imports')} />;
  return (
    <>
      <BackLink to="/imports" label={t('import.back')}>
        {t('nav.imports')}
      </BackLink>
      <Asked of={detail} title={t('nav.imports')}>
        {(detail) => <Wizard key={id} detail={detail} />}
      </Asked>
    </>
  );
}

function Wizard({ detail }: { detail: ImportDetail }) {
  const queryClient = useQueryClient();
  const [back, setBack] = useState(false);
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: () => setBack(false),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['imports'] }),
  });
  const step = stepOf(detail, back);
  return (
    <>
      <PageHeader title={detail.name} lead={<StateBadge state={detail.state} />} />
      <Stepper step={step} done={detail.state === 'done' || detail.state === 'undone'} />
      {act.isError && (
        <p role="alert" className="mb-4 rounded-md bg-danger-soft px-3.5 py-2.5 text-sm text-danger">
          {problemText(act.error)}
        </p>
      )}
      <Body detail={detail} step={step} act={act} onBack={() => setBack(true)} />
    </>
  );
}

function Body({
  detail,
  step,
  act,
  onBack,
}: {
  detail: ImportDetail;
  step: Steps;
  act: UseMutationResult<unknown, Error, () => Promise<unknown>>;
  onBack: () => void;
}) {
  const { id } = detail;
  if (detail.state === 'validating')
    return <Waiting text={step === 'file' ? t('import.reading') : t('import.checking')} done={detail.done} total={detail.total} />;
  if (step === 'file')
    return detail.state === 'failed' ? (
      <Broken detail={detail} onAgain={() => act.mutate(() => call('inspectImport', { params: { id }, body: {} }))} />
    ) : (
      <Waiting text={t('import.uploading')} done={0} total={null} />
    );
  if (step === 'map') return <MapStep key={`${detail.version}`} detail={detail} busy={act.isPending} act={act.mutate} />;
  if (step === 'check') return <CheckStep detail={detail} busy={act.isPending} act={act.mutate} onBack={onBack} />;
  return <RunStep detail={detail} busy={act.isPending} act={act.mutate} />;
}

function Stepper({ step, done }: { step: Steps; done: boolean }) {
  const steps: { name: Steps; label: string }[] = [
    { name: 'file', label: t('import.step.file') },
    { name: 'map', label: t('import.step.map') },
    { name: 'check', label: t('import.step.check') },
    { name: 'run', label: t('import.step.run') },
  ];
  const at = steps.findIndex(({ name }) => name === step);
  return (
    <ol className="mb-6 flex gap-1 overflow-x-auto sm:gap-2">
      {steps.map(({ name, label }, index) => {
        const past = index < at || done;
        return (
          <li
            key={name}
            aria-current={index === at ? 'step' : undefined}
            className={cx(
              'flex min-w-0 grow basis-0 items-center gap-2 border-t-2 pt-2 text-sm',
              index <= at ? 'border-brand font-semibold text-ink' : 'border-line text-ink-3',
            )}
          >
            <span
              className={cx(
                'tnum hidden size-5 shrink-0 place-items-center rounded-full text-xs sm:grid',
                index <= at ? 'bg-brand text-brand-ink' : 'bg-hover text-ink-3',
              )}
            >
              {past ? <Check className="size-3" aria-hidden /> : index + 1}
            </span>
            <span className="min-w-0">{label}</span>
          </li>
        );
      })}
    </ol>
  );
}

function Waiting({ text, done, total }: { text: string; done: number; total: number | null }) {
  return (
    <div
      role="status"
      className="grid justify-items-center gap-4 rounded-xl border border-line bg-surface px-6 py-16 text-center shadow-sm"
    >
      <div className="w-full max-w-sm">
        <div className="skeleton h-2.5 w-full rounded-full bg-brand!" />
      </div>
      <p className="font-semibold">{text}</p>
      {total !== null && total > 0 && <p className="tnum text-sm text-ink-2">{t('import.rowsOf', { done, total })}</p>}
    </div>
  );
}

function Broken({ detail, onAgain }: { detail: ImportDetail; onAgain: () => void }) {
  return (
    <div className="rounded-xl border border-line bg-surface shadow-sm">
      <Failure error={new Error(detail.problem?.code)} retry={onAgain} />
      <p className="pb-8 text-center text-sm text-ink-2">
        {detail.problem?.code === 'unreadable_file' ? (tMaybe(`unreadable.${detail.problem.reason}`) ?? t('problem.unreadable_file')) : ''}
      </p>
    </div>
  );
}
