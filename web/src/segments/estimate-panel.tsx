import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { AlertTriangle } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Filter } from '../../../functions/kernel/filter.ts';
import { call } from '../api/client.ts';
import { formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Progress } from '../ui/progress.tsx';
import { Section } from '../ui/section.tsx';
import { type Asked, type Estimate, estimateQuery } from './queries.ts';
import { type Reason, reasons } from './reach.ts';

/** What is typed is asked for when it rests. */
function useRested<T>(value: T, ms: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return rested;
}

/** How many a filter finds while it is edited, some of them, and whom no message would reach. */
export function EstimatePanel({ where }: { where: Filter | undefined }) {
  return (
    <Section title={t('segment.estimate')} className="content-start">
      <Estimated asked={where && { where }} reasons={reasons} />
    </Section>
  );
}

/** The same of a filter or of an audience, within what stands around it; with the reasons that matter there. */
export function Estimated({ asked: now, reasons: shown }: { asked: Asked | undefined; reasons: readonly Reason[] }) {
  const asked = useRested(now, 400);
  const estimate = useQuery(estimateQuery(asked));
  return (
    <div aria-live="polite" aria-busy={estimate.isFetching} className="grid gap-4 pb-2 *:min-w-0">
      {!now && <p className="text-sm text-ink-3">{t('segment.incomplete')}</p>}
      {now && estimate.isError && <p className="text-sm text-danger">{problemText(estimate.error)}</p>}
      {now && estimate.isPending && !estimate.isError && <div className="skeleton h-16" aria-hidden />}
      {now && estimate.data && !estimate.isError && (
        <>
          <Size key={JSON.stringify(asked)} estimate={estimate.data} asked={now} />
          <Reach reachable={estimate.data.reachable} reasons={shown} />
          <Sample rows={estimate.data.sample} />
        </>
      )}
    </div>
  );
}

function Size({ estimate, asked }: { estimate: Estimate; asked: Asked }) {
  const { estimate: many, exact, low, high, standardError, examined, total } = estimate;
  return (
    <div className="grid gap-1">
      <p className="tnum text-3xl font-semibold">
        {!exact && <span className="text-ink-3">≈ </span>}
        {formatNumber(many)}
      </p>
      <p className="text-sm text-ink-2">
        {exact
          ? t('segment.exactOf', { total: formatNumber(total) })
          : t('segment.between', { low: formatNumber(low), high: formatNumber(high), error: formatNumber(Math.round(standardError)) })}
      </p>
      {!exact && (
        <p className="text-sm text-ink-3">{t('segment.sampled', { examined: formatNumber(examined), total: formatNumber(total) })}</p>
      )}
      {!exact && <ExactCount asked={asked} />}
    </div>
  );
}

type Counting = { counted: number; examined: number; total: number; done: boolean };

/** Counts step by step, with a bar; it can be stopped at any step. */
function ExactCount({ asked }: { asked: Asked }) {
  const [counting, setCounting] = useState<Counting>();
  const [problem, setProblem] = useState<string>();
  const stopped = useRef(false);
  useEffect(
    () => () => {
      stopped.current = true;
    },
    [],
  );
  const run = async () => {
    stopped.current = false;
    setProblem(undefined);
    let cursor: string | undefined;
    try {
      do {
        const step = await call('countSegment', { body: { ...asked, ...(cursor && { cursor }) } });
        cursor = step.nextCursor ?? undefined;
        if (stopped.current) return;
        setCounting({ ...step, done: cursor === undefined });
      } while (cursor);
    } catch (error) {
      setCounting(undefined);
      setProblem(problemText(error));
    }
  };
  if (!counting)
    return (
      <div className="grid justify-items-start gap-1 pt-1">
        <Button onClick={() => void run()}>{t('segment.countExactly')}</Button>
        {problem && <p className="text-sm text-danger">{problem}</p>}
      </div>
    );
  if (counting.done) return <p className="pt-1 font-semibold">{t('segment.counted', { count: counting.counted })}</p>;
  return (
    <div className="grid gap-2 pt-1">
      <Progress label={t('segment.counting')} done={counting.examined} total={counting.total} />
      <div className="flex items-center justify-between gap-2 text-sm text-ink-2">
        <span className="tnum">{t('segment.countedSoFar', { count: formatNumber(counting.counted) })}</span>
        <Button
          look="ghost"
          onClick={() => {
            stopped.current = true;
            setCounting(undefined);
          }}
        >
          {t('common.cancel')}
        </Button>
      </div>
    </div>
  );
}

type Reached = Pick<Estimate, 'reachable'> & { reasons: readonly Reason[] };

function Reach({ reachable, reasons: shown }: Reached) {
  const { found } = reachable;
  const warnings = shown.flatMap((reason) => (reachable[reason] > 0 ? [t(`segment.${reason}`, { count: reachable[reason] })] : []));
  if (found === 0 || warnings.length === 0) return null;
  return (
    <div className="grid gap-1 rounded-md bg-mango-soft px-3.5 py-2 text-sm text-mango-ink">
      <p className="flex items-center gap-1.5 font-semibold">
        <AlertTriangle className="size-4 shrink-0" aria-hidden /> {t('segment.unreached', { found: formatNumber(found) })}
      </p>
      <ul className="grid list-disc gap-0.5 ps-5">
        {warnings.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );
}

function Sample({ rows }: { rows: Estimate['sample'] }) {
  if (rows.length === 0) return null;
  return (
    <div className="grid gap-1 *:min-w-0">
      <h3 className="text-sm font-medium text-ink-2">{t('segment.sample')}</h3>
      <ul className="grid">
        {rows.map((row) => (
          <li key={row.id} className="min-w-0">
            <Link
              to="/customers/$id"
              params={{ id: row.id }}
              search={{}}
              className="hit flex min-w-0 items-center gap-2.5 rounded-md px-1 hover:bg-hover"
            >
              <Avatar name={row.name} kind={row.kind} size="sm" />
              <span className="min-w-0">
                <span className="block truncate text-sm font-medium">
                  <bdi>{row.name}</bdi>
                </span>
                <span className="block truncate text-xs text-ink-3" dir="auto">
                  {[row.city, row.email].filter(Boolean).join(' · ')}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
