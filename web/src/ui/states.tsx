import { CloudOff, Lock, RefreshCw, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { CrmProblem } from '../api/problem.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Button, buttonClass } from './button.tsx';
import { cx } from './cx.ts';

/** Nothing here yet, and what to do about it. */
export function Empty(props: { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode; className?: string }) {
  return (
    <div className={cx('grid justify-items-center gap-3 px-6 py-14 text-center', props.className)}>
      <span className="grid size-14 place-items-center rounded-xl bg-brand-soft text-brand" aria-hidden>
        {props.icon ?? <SearchX className="size-6" />}
      </span>
      <h2 className="text-lg">{props.title}</h2>
      {props.children && <div className="max-w-prose text-ink-2">{props.children}</div>}
      {props.action && <div className="mt-1 flex flex-wrap justify-center gap-2">{props.action}</div>}
    </div>
  );
}

/** Grey lines where rows will be, said once to a screen reader. */
export function Loading({ rows = 6, className }: { rows?: number; className?: string }) {
  return (
    <div role="status" className={cx('grid gap-3 p-4', className)}>
      <span className="sr-only">{t('common.loading')}</span>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move
        <div key={index} className="skeleton h-9" aria-hidden />
      ))}
    </div>
  );
}

/** What went wrong, in the reader's language, with what can be done and the request id for whoever is asked for help. */
export function Failure({ error, retry, className }: { error: unknown; retry?: () => void; className?: string }) {
  const problem = error instanceof CrmProblem ? error : undefined;
  if (problem?.code === 'forbidden') return <NoPermission className={className} />;
  if (problem?.code === 'not_found') {
    return (
      <Empty
        className={className}
        title={t('state.notFound')}
        action={
          <a href="/" className={buttonClass()}>
            {t('nav.today')}
          </a>
        }
      >
        {t('state.notFoundLead')}
      </Empty>
    );
  }
  return (
    <div role="alert">
      <Empty
        className={className}
        icon={<CloudOff className="size-6" />}
        title={problem?.code === 'network' ? t('state.offline') : t('state.failed')}
        action={
          retry && (
            <Button onClick={retry}>
              <RefreshCw className="size-4" aria-hidden /> {t('common.retry')}
            </Button>
          )
        }
      >
        <p>{problemText(error)}</p>
        {problem?.requestId && <p className="mt-1 text-sm text-ink-3">{t('state.requestId', { id: problem.requestId })}</p>}
      </Empty>
    </div>
  );
}

export function NoPermission({ className, children }: { className?: string | undefined; children?: ReactNode }) {
  return (
    <Empty className={className ?? ''} icon={<Lock className="size-6" />} title={t('state.noPermission')}>
      {children ?? t('state.noPermissionLead')}
    </Empty>
  );
}
