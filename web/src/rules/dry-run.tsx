import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { When } from '../../../functions/rules/when.ts';
import { call } from '../api/client.ts';
import { formatDateTime, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Progress } from '../ui/progress.tsx';
import type { DryRun, Rule } from './queries.ts';
import { waitsForMoment } from './words.ts';

export type Draft = Pick<Rule, 'name' | 'when' | 'where' | 'does' | 'imported'>;
type Sum = Omit<DryRun, 'nextCursor'>;
export type Running = { sum: Sum | undefined; busy: boolean; error: unknown };

const added = (a: Sum, b: Sum): Sum => ({
  examined: a.examined + b.examined,
  matching: a.matching + b.matching,
  passed: a.passed + b.passed,
  soon: a.soon + b.soon,
  later: a.later + b.later,
  sample: [...a.sample, ...b.sample].slice(0, 5),
});

/** Whom a rule would touch, customer after customer, until all are counted. Another rule begins anew. */
export function useDryRun(rule: Draft | undefined): Running {
  const [running, setRunning] = useState<Running>({ sum: undefined, busy: true, error: undefined });
  const key = rule && JSON.stringify([rule.when, rule.where]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what a dry run asks is the key
  useEffect(() => {
    if (!rule) return;
    const stop = new AbortController();
    const { name, when, where, does, imported } = rule;
    const go = async () => {
      let sum: Sum | undefined;
      let cursor: string | undefined;
      do {
        const page: DryRun = await call('dryRunRule', {
          body: { rule: { name: name || '–', when, where, does, imported } as never, ...(cursor && { cursor }) },
          signal: stop.signal,
        });
        const { nextCursor, ...counts } = page;
        sum = sum ? added(sum, counts) : added(counts, { examined: 0, matching: 0, passed: 0, soon: 0, later: 0, sample: [] });
        cursor = nextCursor ?? undefined;
        if (!stop.signal.aborted) setRunning({ sum, busy: cursor !== undefined, error: undefined });
      } while (cursor && !stop.signal.aborted);
    };
    setRunning({ sum: undefined, busy: true, error: undefined });
    go().catch((error: unknown) => !stop.signal.aborted && setRunning({ sum: undefined, busy: false, error }));
    return () => stop.abort();
  }, [key]);
  return running;
}

/** The counts of a dry run, growing while it goes on, and some of those whom it found. */
export function DryRunFigures({ run: { sum, busy, error }, when }: { run: Running; when: When }) {
  const moment = waitsForMoment(when);
  return (
    <div className="grid gap-3" aria-live="polite" aria-busy={busy}>
      {error !== undefined && <p className="text-sm text-danger">{problemText(error)}</p>}
      {busy && <Progress label={t('rule.counting')} done={sum?.examined ?? 0} total={null} />}
      {sum && (
        <>
          <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-4">
            <Figure label={t('rule.count.matching')} value={sum.matching} />
            {moment && <Figure label={t('rule.count.passed')} value={sum.passed} />}
            {moment && <Figure label={t('rule.count.soon')} value={sum.soon} />}
            {moment && <Figure label={t('rule.count.later')} value={sum.later} />}
          </dl>
          {!moment && <p className="text-sm text-ink-3">{t('rule.countEvent')}</p>}
          {sum.sample.length > 0 && (
            <ul className="grid gap-1 text-sm">
              {sum.sample.slice(0, 5).map(({ customerId, name, at }) => (
                <li key={customerId} className="flex flex-wrap justify-between gap-x-4">
                  <Link
                    to="/customers/$id"
                    params={{ id: customerId }}
                    className="min-w-0 break-words text-brand hover:underline"
                    dir="auto"
                  >
                    {name}
                  </Link>
                  {at && <span className="tnum text-ink-3">{formatDateTime(at)}</span>}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  );
}

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <div className="grid content-start">
      <dt className="text-sm text-ink-3">{label}</dt>
      <dd className="tnum text-xl font-semibold">{formatNumber(value)}</dd>
    </div>
  );
}
