import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowRight, CheckCircle2, Circle, FileUp, MessageSquarePlus, Search, UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCan, useMe } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { openOverlay } from '../shell/overlays.ts';
import { useRecent } from '../shell/recent.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Progress } from '../ui/progress.tsx';
import { firstDay, type Step, startAgain, tick, useTicked } from './checklist.ts';

/** The steps of the first day, ticked by doing them. */
export function FirstDay() {
  const can = useCan();
  const ticked = useTicked();
  const steps = firstDay[can.role];
  const doneCount = steps.filter((step) => ticked.has(step)).length;
  const complete = doneCount === steps.length;
  if (ticked.has('dismissed'))
    return (
      <section className="rounded-xl border border-line bg-surface p-6 shadow-sm">
        <h2 className="text-lg">{t('start.ready')}</h2>
        <p className="mt-1 max-w-prose text-ink-2">{t('start.readyLead')}</p>
        <div className="mt-4 flex flex-wrap gap-2">
          {can.any('customers', 'read') && (
            <Link to="/customers" search={{ scope: can.role === 'sales' ? 'own' : undefined }} className={buttonClass('primary')}>
              {t('nav.customers')} <ArrowRight className="size-4 flip-rtl" aria-hidden />
            </Link>
          )}
          <Button look="ghost" onClick={startAgain}>
            {t('start.again')}
          </Button>
        </div>
      </section>
    );
  return (
    <section aria-labelledby="first-day" className="overflow-clip rounded-xl border border-line bg-surface shadow-sm">
      <header className="grid gap-3 border-b border-line p-5">
        <div className="flex flex-wrap items-baseline justify-between gap-2">
          <h2 id="first-day" className="text-lg">
            {t('start.firstDay')}
          </h2>
          <p className="tnum text-sm text-ink-2">{t('start.progress', { done: doneCount, all: steps.length })}</p>
        </div>
        <Progress label={t('start.firstDay')} done={doneCount} total={steps.length} />
        <p className="text-sm text-ink-2">{t('start.firstDayLead', { role: t(`role.${can.role}`) })}</p>
      </header>
      <ol>
        {steps.map((step) => (
          <StepRow key={step} step={step} done={ticked.has(step)} />
        ))}
      </ol>
      {(complete || doneCount > 2) && (
        <footer className="border-t border-line px-5 py-3">
          <Button look={complete ? 'primary' : 'ghost'} onClick={() => tick('dismissed')}>
            {complete ? t('start.finish') : t('start.dismiss')}
          </Button>
        </footer>
      )}
    </section>
  );
}

function StepRow({ step, done }: { step: Step; done: boolean }) {
  const go = useStepAction(step);
  return (
    <li className="border-b border-line last:border-b-0">
      <button type="button" onClick={go} className="flex w-full items-start gap-3.5 px-5 py-3.5 text-start hover:bg-hover/60">
        {done ? (
          <CheckCircle2 className="mt-0.5 size-5 shrink-0 text-ok" aria-hidden />
        ) : (
          <Circle className="mt-0.5 size-5 shrink-0 text-ink-3" aria-hidden />
        )}
        <span className="min-w-0 grow">
          <span className={cx('block font-semibold', done && 'text-ink-3 line-through')}>{t(`step.${step}`)}</span>
          <span className="block text-sm text-ink-2">{t(`step.${step}.how`)}</span>
        </span>
        <span className="sr-only">{done ? t('start.stepDone') : t('start.stepOpen')}</span>
        <ArrowRight className="mt-1 size-4 shrink-0 text-ink-3 flip-rtl" aria-hidden />
      </button>
    </li>
  );
}

/** Where a step is done. */
function useStepAction(step: Step): () => void {
  const navigate = useNavigate();
  const actions: Record<Step, () => void> = {
    open: () => void navigate({ to: '/customers' }),
    find: () => openOverlay({ kind: 'palette' }),
    create: () => openOverlay({ kind: 'create' }),
    log: () => openOverlay({ kind: 'log' }),
    filter: () => void navigate({ to: '/customers', search: { lifecycle: 'prospect' } }),
    answer: () => void navigate({ to: '/customers' }),
    edit: () => void navigate({ to: '/customers' }),
    import: () => void navigate({ to: '/imports' }),
    export: () => void navigate({ to: '/customers' }),
    tag: () => void navigate({ to: '/customers' }),
    invite: () => void navigate({ to: '/settings/members' }),
    key: () => void navigate({ to: '/settings/keys' }),
    settings: () => void navigate({ to: '/settings/workspace' }),
    audit: () => void navigate({ to: '/settings/audit' }),
    palette: () => openOverlay({ kind: 'help' }),
  };
  return actions[step];
}

/** What is done most, with one press. */
export function QuickActions() {
  const can = useCan();
  const action = (icon: ReactNode, label: string, onClick: () => void) => (
    <button
      type="button"
      onClick={onClick}
      className="grid min-h-24 content-center justify-items-start gap-2 rounded-xl border border-line bg-surface p-4 text-start text-sm font-semibold shadow-sm transition-colors hover:border-brand [&>svg]:size-5 [&>svg]:text-brand"
    >
      {icon} {label}
    </button>
  );
  const navigate = useNavigate();
  return (
    <section aria-label={t('palette.actions')} className="grid grid-cols-2 gap-3">
      {can.any('interactions', 'write') && action(<MessageSquarePlus aria-hidden />, t('log.title'), () => openOverlay({ kind: 'log' }))}
      {can.any('customers', 'write') &&
        can.field('name') &&
        action(<UserPlus aria-hidden />, t('create.title'), () => openOverlay({ kind: 'create' }))}
      {can.any('customers', 'read') && action(<Search aria-hidden />, t('start.find'), () => openOverlay({ kind: 'palette' }))}
      {can.any('imports', 'write') && action(<FileUp aria-hidden />, t('customers.importFile'), () => void navigate({ to: '/imports' }))}
    </section>
  );
}

/** Where one was last. */
export function RecentCustomers() {
  const { workspace } = useMe();
  const recent = useRecent(workspace.id);
  return (
    <section className="rounded-xl border border-line bg-surface p-2 shadow-sm">
      <h2 className="px-3 pt-2 pb-1 text-sm font-semibold text-ink-2">{t('palette.recent')}</h2>
      {recent.length === 0 ? (
        <p className="px-3 pb-3 text-sm text-ink-3">{t('start.noRecent')}</p>
      ) : (
        <ul>
          {recent.map(({ id, name, kind }) => (
            <li key={id}>
              <Link to="/customers/$id" params={{ id }} search={{}} className="hit flex items-center gap-3 rounded-md px-3 hover:bg-hover">
                <Avatar name={name} kind={kind} size="sm" />
                <span className="min-w-0 truncate text-sm font-medium" dir="auto">
                  {name}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
