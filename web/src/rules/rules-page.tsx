import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { AlertTriangle, Plus, Workflow } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { formatAgo, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { ForbiddenPage } from '../shell/forbidden-page.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/section.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { done, failed } from '../ui/toast.tsx';
import { type Ready, type Rule, readyQuery, rulesQuery, useRefreshRules } from './queries.ts';
import { useLabels } from './use-labels.ts';
import { effectText, readyName, readyTitle, reasonText, whenText } from './words.ts';

const TurnOn = lazy(() => import('./turn-on.tsx').then(({ TurnOn }) => ({ default: TurnOn })));

/** The rules of the workspace, and ready-made ones to begin with. */
export function RulesPage() {
  const can = useCan();
  const navigate = useNavigate();
  const rules = useQuery({ ...rulesQuery, enabled: can.any('rules', 'read') });
  const writes = can.any('rules', 'write');
  if (!can.any('rules', 'read')) return <ForbiddenPage title={t('rule.title')} />;
  return (
    <>
      <PageHeader title={t('rule.title')} lead={t('rule.lead')}>
        {writes && (
          <Button look="primary" onClick={() => void navigate({ to: '/rules/new' })}>
            <Plus className="size-4" aria-hidden /> {t('rule.new')}
          </Button>
        )}
      </PageHeader>
      <div className="grid gap-6">
        {rules.isPending && <Loading rows={4} />}
        {rules.isError && <Failure error={rules.error} retry={() => void rules.refetch()} />}
        {rules.data?.data.length === 0 && (
          <Empty icon={<Workflow className="size-6" />} title={t('rule.none')}>
            {t('rule.noneLead')}
          </Empty>
        )}
        {rules.data && rules.data.data.length > 0 && (
          <ul className="grid gap-3 xl:grid-cols-2" aria-label={t('rule.title')}>
            {rules.data.data.map((rule) => (
              <li key={rule.id} className="grid">
                <RuleCard rule={rule} />
              </li>
            ))}
          </ul>
        )}
        {writes && rules.data && <ReadyMade used={rules.data.data} />}
      </div>
    </>
  );
}

/** A rule in its own words, whether it is on, and what it has come to. */
function RuleCard({ rule }: { rule: Rule }) {
  const can = useCan();
  const labels = useLabels();
  const { done: acted, failed: failures, lastAt } = rule.counts;
  return (
    <article className="grid content-start gap-2 rounded-xl border border-line bg-surface px-4 py-3 shadow-sm" aria-labelledby={rule.id}>
      <header className="flex items-start gap-3">
        <h2 id={rule.id} className="min-w-0 grow self-center text-base font-semibold">
          <Link to="/rules/$id" params={{ id: rule.id }} className="break-words hover:text-brand" dir="auto">
            {rule.name}
          </Link>
        </h2>
        {can.any('rules', 'write') ? (
          <OnOff rule={rule} />
        ) : (
          <Badge tone={rule.on ? 'brand' : 'plain'}>{t(rule.on ? 'rule.on' : 'rule.off')}</Badge>
        )}
      </header>
      <p className="text-sm text-ink-2">{whenText(rule.when, labels)}</p>
      <ul className="grid gap-0.5 text-sm text-ink">
        {rule.does.map((effect, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: effects stand in their order and are never moved
          <li key={at} className="break-words first-letter:uppercase">
            {effectText(effect, labels)}
          </li>
        ))}
      </ul>
      {(rule.paused ?? rule.lastProblem) && (
        <p className="flex items-start gap-1.5 text-sm text-danger">
          <AlertTriangle className="mt-0.5 size-4 shrink-0" aria-hidden />
          {rule.paused ? t('rule.pausedFor', { why: reasonText(rule.paused.code) }) : reasonText(rule.lastProblem?.code ?? '')}
        </p>
      )}
      <p className="tnum flex flex-wrap gap-x-3 text-sm text-ink-3">
        <span>{t('rule.acted', { count: acted })}</span>
        {failures > 0 && <span>{t('rule.failed', { count: failures })}</span>}
        {lastAt && <span>{t('rule.last', { ago: formatAgo(lastAt) })}</span>}
        {rule.planning !== null && <span>{t('rule.planning', { count: formatNumber(rule.planning) })}</span>}
      </p>
    </article>
  );
}

/** Turned on after a look at whom it would touch; turned off at once. */
export function OnOff({ rule }: { rule: Rule }) {
  const refresh = useRefreshRules();
  const [asking, setAsking] = useState(false);
  const off = useMutation({
    mutationFn: () => call('turnRuleOff', { params: { id: rule.id } }),
    onSuccess: () => {
      done(t('rule.turnedOff', { name: rule.name }));
      return refresh();
    },
    onError: (error) => failed(problemText(error)),
  });
  return (
    <>
      <button
        type="button"
        role="switch"
        aria-checked={rule.on}
        aria-label={t('rule.onOf', { name: rule.name })}
        aria-busy={off.isPending || undefined}
        onClick={() => (rule.on ? off.mutate() : setAsking(true))}
        className="hit flex shrink-0 items-center gap-2 rounded-md px-1 text-sm font-medium text-ink-2"
      >
        <span aria-hidden>{t(rule.on ? 'rule.on' : 'rule.off')}</span>
        <span
          aria-hidden
          className={`flex h-6 w-10 rounded-full border p-0.5 transition-colors ${rule.on ? 'justify-end border-brand bg-brand' : 'border-control bg-sunken'}`}
        >
          <span className={`size-4.5 rounded-full ${rule.on ? 'bg-brand-ink' : 'bg-control'}`} />
        </span>
      </button>
      {asking && (
        <Suspense>
          <TurnOn rule={rule} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}

/** Rules that only have to be turned on. One that was made already is left out. */
function ReadyMade({ used }: { used: readonly Rule[] }) {
  const ready = useQuery(readyQuery);
  const left = ready.data?.data.filter((one) => !used.some((rule) => rule.ready === one.ready)) ?? [];
  if (ready.isSuccess && left.length === 0) return null;
  return (
    <Section title={t('rule.ready')}>
      {ready.isPending && <Loading rows={3} className="px-0" />}
      {ready.isError && <p className="py-2 text-sm text-danger">{problemText(ready.error)}</p>}
      <ul>
        {left.map((one) => (
          <ReadyRow key={one.ready} ready={one} />
        ))}
      </ul>
    </Section>
  );
}

/** A ready-made rule with its words in the reader's language. */
const inWords = (ready: Ready): Ready => ({
  ...ready,
  name: readyName(ready.ready),
  does: ready.does.map((effect) =>
    effect.kind === 'followUp'
      ? { ...effect, title: readyTitle(ready.ready) }
      : effect.kind === 'notify'
        ? { ...effect, text: readyName(ready.ready) }
        : effect,
  ),
});

function ReadyRow({ ready }: { ready: Ready }) {
  const labels = useLabels();
  const navigate = useNavigate();
  const refresh = useRefreshRules();
  const make = useMutation({
    mutationFn: () => call('createRule', { body: inWords(ready) as never }),
    onSuccess: async (rule) => {
      await refresh();
      await navigate({ to: '/rules/$id', params: { id: rule.id } });
    },
    onError: (error) => failed(problemText(error)),
  });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line py-2.5 first:border-t-0">
      <div className="min-w-0 grow basis-64">
        <p className="font-semibold">{readyName(ready.ready)}</p>
        <p className="text-sm text-ink-2">{whenText(ready.when, labels)}</p>
      </div>
      <Button busy={make.isPending} onClick={() => make.mutate()} aria-label={t('rule.useOf', { name: readyName(ready.ready) })}>
        {t('rule.use')}
      </Button>
    </li>
  );
}
