import { useNavigate, useSearch } from '@tanstack/react-router';
import { scaleLinear, scalePoint } from 'd3-scale';
import { area, line } from 'd3-shape';
import { startOfDay } from '../../../functions/kernel/days.ts';
import type { ScoredKind } from '../../../functions/surveys/logic.ts';
import { useMe } from '../auth/me.ts';
import { formatDate, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import { Section } from '../ui/section.tsx';
import { absentText, marginText, movementText, scoreText, spanOf } from './figure-words.ts';
import type { Results, Survey } from './queries.ts';
import { Few, Rows } from './rows.tsx';

const intervals = ['day', 'week', 'month'] as const;
type Point = { from: string; value: number; low: number; high: number };

const [width, height] = [640, 216];

/** How a score moves, with the interval in which it lies; the same as a table. */
export function TrendSection({ survey, results, kind }: { survey: Survey; results: Results; kind: ScoredKind }) {
  const spanOfRow = useSpanOfRow();
  const { interval = 'month' } = useSearch({ from: '/app/surveys/$id' });
  const navigate = useNavigate({ from: '/surveys/$id' });
  const points = results.trend.flatMap(({ from, score }): Point[] =>
    score?.value == null
      ? []
      : [{ from, value: score.value, low: score.value - (score.margin ?? 0), high: score.value + (score.margin ?? 0) }],
  );
  return (
    <Section
      title={t('survey.trend')}
      aside={
        <Select
          aria-label={t('survey.interval')}
          className="w-auto!"
          value={interval}
          onChange={(event) => void navigate({ search: (before) => ({ ...before, interval: event.target.value }), replace: true })}
        >
          <Options of={intervals} words={(each) => t(`survey.by.${each}`)} />
        </Select>
      }
    >
      <div className="grid gap-3 py-2">
        {points.length > 1 && <Chart points={points} kind={kind} />}
        <div className="overflow-x-auto">
          <table className="w-full text-sm">
            <caption className="sr-only">{t('survey.trend')}</caption>
            <thead className="text-ink-3">
              <tr>
                {[t('survey.since'), t('survey.completed'), t('survey.score'), t('survey.movement')].map((head, at) => (
                  <th key={head} scope="col" className={`px-2 py-1.5 font-medium ${at === 0 ? 'text-start' : 'text-end'}`}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {results.trend.map(({ from, completed, score, movement }, at) => (
                <tr key={from} className="border-t border-line">
                  <th scope="row" className="px-2 py-1.5 text-start font-medium whitespace-nowrap">
                    {formatDate(from)}
                  </th>
                  <td className="px-2 text-end">
                    <Rows survey={survey.id} filter={spanOfRow(from, results.trend[at + 1]?.from)}>
                      {formatNumber(completed)}
                    </Rows>
                  </td>
                  <td className="tnum px-2 text-end">
                    {score?.value == null ? (
                      absentText(score)
                    ) : (
                      <span className="inline-flex flex-wrap items-center justify-end gap-x-2">
                        <Few figure={score} />
                        <b className="font-semibold">{scoreText(kind, score.value)}</b>
                        {score.margin !== null && <span className="text-ink-3">{marginText(kind, score.margin)}</span>}
                      </span>
                    )}
                  </td>
                  <td className="tnum px-2 text-end">{movement ? movementText(kind, movement.value) : '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </Section>
  );
}

/** The moments between which a row was counted: its days by the workspace's clock, within the time that the report is of. */
function useSpanOfRow() {
  const { workspace } = useMe();
  const { from, to } = useSearch({ from: '/app/surveys/$id' });
  const begin = (day: string) => new Date(startOfDay(day, workspace.timeZone)).toISOString();
  return (day: string, next: string | undefined) => ({
    from: [begin(day), from ?? ''].sort()[1],
    to: next === undefined ? to : [begin(next), to ?? '~'].sort()[0],
  });
}

function Chart({ points, kind }: { points: readonly Point[]; kind: ScoredKind }) {
  const [least, most] = spanOf(kind, null);
  const low = Math.max(least, Math.min(...points.map((point) => point.low)));
  const high = Math.min(most, Math.max(...points.map((point) => point.high)));
  const isRtl = document.documentElement.dir === 'rtl';
  const x = scalePoint(
    points.map(({ from }) => from),
    isRtl ? [width - 44, 12] : [44, width - 12],
  );
  const y = scaleLinear([low, high], [height - 30, 14]).nice(4);
  const at = ({ from }: Point) => x(from) ?? 0;
  // The first and the last date stay within the picture; an anchor's start is where the text's own direction begins.
  const [firstEdge, lastEdge] = ['start', 'end'] as const;
  const band = area<Point>()
    .x(at)
    .y0((point) => y(Math.max(least, point.low)))
    .y1((point) => y(Math.min(most, point.high)))([...points]);
  const path = line<Point>()
    .x(at)
    .y(({ value }) => y(value))([...points]);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className="h-auto w-full max-w-4xl" aria-hidden>
      {y.ticks(4).map((tick) => (
        <g key={tick}>
          <line x1={isRtl ? 12 : 40} x2={isRtl ? width - 40 : width - 12} y1={y(tick)} y2={y(tick)} className="stroke-line" />
          <text
            x={isRtl ? width - 34 : 34}
            y={y(tick) + 4}
            textAnchor={isRtl ? 'start' : 'end'}
            className="fill-ink-3 text-[0.6875rem]"
            direction="ltr"
          >
            {scoreText(kind, tick)}
          </text>
        </g>
      ))}
      {band && <path d={band} className="fill-brand-soft" />}
      {path && <path d={path} className="fill-none stroke-brand" strokeWidth={2.5} />}
      {points.map((point, index) => (
        <text
          key={point.from}
          x={at(point)}
          y={height - 6}
          textAnchor={index === 0 ? firstEdge : index === points.length - 1 ? lastEdge : 'middle'}
          className={points.length > 8 && index % Math.ceil(points.length / 6) !== 0 ? 'hidden' : 'fill-ink-3 text-[0.6875rem]'}
        >
          {formatDate(point.from)}
        </text>
      ))}
      {points.map((point) => (
        <circle key={point.from} cx={at(point)} cy={y(point.value)} r={4} className="fill-brand stroke-surface" strokeWidth={2} />
      ))}
    </svg>
  );
}
