import { AlarmClock, CheckCircle2, Clock as ClockIcon, type LucideIcon, PauseCircle } from 'lucide-react';
import { useEffect, useState } from 'react';
import { formatDateTime, formatDuration, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import type { Case, CaseRow } from './queries.ts';

const day = 86_400_000;
const hour = 3_600_000;

/** Now, to the half minute: what counts down shows itself. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** A stretch of time: "40 min", "5 h 10 min", "3 days". */
export const stretch = (ms: number): string =>
  Math.abs(ms) >= 2 * day ? t('case.days', { count: formatNumber(Math.floor(Math.abs(ms) / day)) }) : formatDuration(Math.abs(ms) / 1_000);

type Due = { dueAt: string | null; tone: Tone; text: string };

/** What is left until something is due, or since when it is late. */
function dueOf(dueAt: string, now: number): Due {
  const left = Date.parse(dueAt) - now;
  if (left < 0) return { dueAt, tone: 'danger', text: t('case.late', { time: stretch(left) }) };
  return { dueAt, tone: left < 3 * hour ? 'mango' : 'plain', text: t('case.left', { time: stretch(left) }) };
}

/** The nearest promise of a case in a list. */
export function DueBadge({ row }: { row: CaseRow }) {
  const now = useNow();
  if (row.reportedBySource) return <Badge className="whitespace-normal!">{t(`case.reported.${row.reportedBySource.timely}`)}</Badge>;
  if (row.state === 'waiting') return <Badge tone="sky">{t('case.clock.paused')}</Badge>;
  if (!row.dueAt) {
    const broken = [row.firstResponse, row.resolution].some((state) => state === 'late' || state === 'breached');
    if (row.resolution === null) return null;
    return <Badge tone={broken ? 'danger' : 'brand'}>{t(broken ? 'case.wasLate' : 'case.inTime')}</Badge>;
  }
  const due = dueOf(row.dueAt, now);
  return (
    <Badge tone={due.tone}>
      <AlarmClock className="size-3.5" aria-hidden />
      <time dateTime={row.dueAt} title={formatDateTime(row.dueAt)}>
        {due.text}
      </time>
    </Badge>
  );
}

type Clock = NonNullable<Case['clocks']['resolution']>;

function stateOf(clock: Clock, now: number): { tone: Tone; text: string; icon: LucideIcon } {
  if (clock.metAt) {
    const late = clock.breachedAt !== null;
    return {
      tone: late ? 'danger' : 'brand',
      text: t(late ? 'case.metLate' : 'case.met', { when: formatDateTime(clock.metAt) }),
      icon: CheckCircle2,
    };
  }
  if (clock.breachedAt && !clock.runningSince) return { tone: 'danger', text: t('case.clock.pausedLate'), icon: PauseCircle };
  if (!clock.runningSince) {
    const left = clock.targetMinutes - clock.elapsedMinutes;
    return { tone: 'sky', text: t('case.pausedWith', { time: formatDuration(Math.max(0, left) * 60) }), icon: PauseCircle };
  }
  if (!clock.dueAt) return { tone: 'plain', text: t('case.clock.never'), icon: ClockIcon };
  const { tone, text } = dueOf(clock.dueAt, now);
  return { tone, text, icon: AlarmClock };
}

const colours: Record<Tone, string> = {
  plain: 'text-ink',
  brand: 'text-brand',
  mango: 'text-mango-ink',
  danger: 'text-danger',
  sky: 'text-sky',
  plum: 'text-plum',
};

/** What is promised of a case, counting down. */
export function Clocks({ of }: { of: Case }) {
  const now = useNow();
  if (of.reportedBySource) return <p className="text-sm text-ink-2">{t(`case.reported.${of.reportedBySource.timely}`)}</p>;
  const named = (['firstResponse', 'resolution'] as const).flatMap((name) => {
    const clock = of.clocks[name];
    return clock ? [{ name, clock }] : [];
  });
  if (named.length === 0) return <p className="text-sm text-ink-3">{t('case.clock.none')}</p>;
  return (
    <dl className="grid gap-2">
      {named.map(({ name, clock }) => {
        const { tone, text, icon: Icon } = stateOf(clock, now);
        return (
          <div key={name} className="min-w-0">
            <dt className="text-sm text-ink-2">{t(`case.clock.${name}`)}</dt>
            <dd className={`flex items-start gap-1.5 font-semibold ${colours[tone]}`}>
              <Icon className="mt-0.5 size-4.5 shrink-0" aria-hidden /> <span className="min-w-0">{text}</span>
            </dd>
            {clock.dueAt && !clock.metAt && (
              <dd className="text-sm text-ink-3">
                <time dateTime={clock.dueAt}>{t('case.dueAt', { when: formatDateTime(clock.dueAt) })}</time>
              </dd>
            )}
          </div>
        );
      })}
    </dl>
  );
}
