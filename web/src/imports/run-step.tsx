import { Link } from '@tanstack/react-router';
import { Download, PartyPopper, RotateCcw, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { formatDuration, formatNumber } from '../i18n/format.ts';
import { t, tMaybe } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Progress } from '../ui/progress.tsx';
import { failed } from '../ui/toast.tsx';
import { Figure } from './check-step.tsx';
import type { Act } from './import-page.tsx';
import type { ImportDetail } from './queries.ts';

/** A run while it goes, its report, and the way back. */
export function RunStep({ detail, busy, act }: { detail: ImportDetail; busy: boolean; act: Act }) {
  const can = useCan();
  const { id, state, counts } = detail;
  const [asking, setAsking] = useState(false);
  const running = state === 'running' || state === 'undoing';
  const params = { id };
  const errors = () =>
    call('getImportErrors', { params }).then(
      ({ url }) => location.assign(url),
      (error) => failed(problemText(error)),
    );
  return (
    <div className="grid gap-5">
      <section className="grid gap-3 rounded-xl border border-line bg-surface p-5 shadow-sm" aria-live="polite">
        <h2 className="flex items-center gap-2 text-lg">
          {state === 'done' && <PartyPopper className="size-5 text-brand" aria-hidden />}
          {t(`import.run.${state as 'done'}`)}
        </h2>
        {running && (
          <>
            <Progress label={t('import.step.run')} done={detail.done} total={detail.total} />
            <p className="tnum text-sm text-ink-2">
              {detail.total === null ? formatNumber(detail.done) : t('import.rowsOf', { done: detail.done, total: detail.total })}
              {detail.rate !== null && ` · ${t('import.rate', { rate: Math.round(detail.rate) })}`}
              {detail.secondsLeft !== null && ` · ${t('import.left', { time: formatDuration(detail.secondsLeft) })}`}
            </p>
            <p className="text-sm text-ink-3">{t('import.mayLeave')}</p>
          </>
        )}
        {state === 'failed' && (
          <p className="text-sm text-danger">{tMaybe(`problem.${detail.problem?.code ?? ''}`) ?? t('problem.internal')}</p>
        )}
        {state === 'undone' && <p className="text-sm text-ink-2">{t('import.undoneLead')}</p>}
      </section>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {Object.entries(counts).map(([name, value]) => (
          <Figure
            key={name}
            label={tMaybe(`count.${name}`) ?? name}
            value={value}
            tone={name === 'failed' ? 'danger' : name === 'created' ? 'brand' : undefined}
          />
        ))}
      </dl>
      <div className="flex flex-wrap justify-end gap-2">
        {detail.hasErrors && (
          <Button onClick={() => void errors()}>
            <Download className="size-4" aria-hidden /> {t('import.errorFile')}
          </Button>
        )}
        {detail.canUndo && can.any('imports', 'write') && (
          <Button look="quietDanger" busy={busy} onClick={() => setAsking(true)}>
            <Undo2 className="size-4 flip-rtl" aria-hidden /> {t('import.undo')}
          </Button>
        )}
        {detail.canResume && (
          <Button look="primary" busy={busy} onClick={() => act(() => call('resumeImport', { params }))}>
            <RotateCcw className="size-4" aria-hidden /> {t('import.resume')}
          </Button>
        )}
        {(state === 'done' || state === 'undone') && (
          <Link to="/customers" search={{ sort: '-createdAt' }} className={buttonClass('primary')}>
            {t('import.seeCustomers')}
          </Link>
        )}
      </div>
      {asking && (
        <Dialog
          open
          onClose={() => setAsking(false)}
          title={t('import.undo')}
          footer={
            <>
              <Button onClick={() => setAsking(false)}>{t('common.cancel')}</Button>
              <Button
                look="danger"
                onClick={() => {
                  setAsking(false);
                  act(() => call('undoImport', { params }));
                }}
              >
                {t('import.undo')}
              </Button>
            </>
          }
        >
          <p>{t('import.undoLead')}</p>
        </Dialog>
      )}
    </div>
  );
}
