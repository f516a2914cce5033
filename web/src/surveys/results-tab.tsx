import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ScoredKind } from '../../../functions/surveys/logic.ts';
import { formatDateTime, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { Field, Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import { Section } from '../ui/section.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { asked } from './asked.ts';
import { CutsSection } from './cuts-section.tsx';
import { absentText, marginText, scoreText, shareText } from './figure-words.ts';
import { type Figure, type Results, resultsQuery, type Survey } from './queries.ts';
import { QuestionResults } from './question-results.tsx';
import { Few, Rows } from './rows.tsx';
import type { SurveySearch } from './search.ts';
import { TrendSection } from './trend-section.tsx';

/** What a survey came to: its score and how sure that is, who answered, where they left, and how it moves. */
export function ResultsTab({ survey }: { survey: Survey }) {
  const search = useSearch({ from: '/app/surveys/$id' });
  const results = useQuery(resultsQuery(survey.id, asked(search)));
  return (
    <div className="grid gap-6">
      <Filters survey={survey} />
      {results.isPending && <Loading />}
      {results.isError && <Failure error={results.error} retry={() => void results.refetch()} />}
      {results.data && <Shown survey={survey} results={results.data} />}
    </div>
  );
}

function Shown({ survey, results }: { survey: Survey; results: Results }) {
  if (results.started === 0) return <Empty title={t('survey.noAnswers')}>{t('survey.noAnswersLead')}</Empty>;
  return (
    <>
      <p className="text-sm text-ink-3">
        {t('campaign.asOf', { when: formatDateTime(results.asOf) })}
        {!results.complete && ` ${t('survey.notAll', { count: formatNumber(results.examined) })}`}
      </p>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        {results.main && results.score && <Score survey={survey} kind={results.main.kind} figure={results.score} />}
        <Rates survey={survey} results={results} />
      </div>
      {results.main && <TrendSection survey={survey} results={results} kind={results.main.kind} />}
      <QuestionResults survey={survey} results={results} />
      <CutsSection survey={survey} results={results} />
    </>
  );
}

const days = [30, 90, 365] as const;

function Filters({ survey }: { survey: Survey }) {
  const search = useSearch({ from: '/app/surveys/$id' });
  const navigate = useNavigate({ from: '/surveys/$id' });
  const set = (part: Partial<SurveySearch>) =>
    void navigate({ search: (before) => ({ ...before, tab: 'results', ...part }), replace: true });
  const since = search.from && Math.round((Date.now() - Date.parse(search.from)) / 86_400_000);
  return (
    <div className="flex flex-wrap gap-3">
      <Field label={t('survey.period')} className="grow basis-36 sm:grow-0">
        <Select
          value={since ? String(days.find((each) => Math.abs(each - Number(since)) < 2) ?? '') : ''}
          onChange={(event) => set({ from: event.target.value ? sinceDays(Number(event.target.value)) : undefined, to: undefined })}
        >
          <option value="">{t('survey.allTime')}</option>
          <Options of={days} words={(each) => t('survey.lastDays', { days: each })} />
        </Select>
      </Field>
      {(survey.publishedVersion ?? 0) > 1 && (
        <Field label={t('survey.version')} className="grow basis-36 sm:grow-0">
          <Select value={search.surveyVersion ?? ''} onChange={(event) => set({ surveyVersion: event.target.value || undefined })}>
            <option value="">{t('survey.allVersions')}</option>
            {Array.from({ length: survey.publishedVersion ?? 1 }, (_, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: versions are numbered
              <option key={at} value={at + 1}>
                {t('survey.versionNumber', { version: at + 1 })}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </div>
  );
}

/** The beginning of a day, so that looking again asks the same. */
const sinceDays = (count: number) => `${new Date(Date.now() - count * 86_400_000).toISOString().slice(0, 10)}T00:00:00.000Z`;

const bandParts = {
  nps: [
    ['detractor', 0, 7],
    ['passive', 7, 9],
    ['promoter', 9, 11],
  ],
  csat: [
    ['detractor', 0, 2],
    ['passive', 2, 3],
    ['promoter', 3, 5],
  ],
  ces: [
    ['detractor', 0, 3],
    ['passive', 3, 4],
    ['promoter', 4, 7],
  ],
} as const;
const fills = { detractor: 'bg-danger', passive: 'bg-mango', promoter: 'bg-brand' } as const;

function Score(props: { survey: Survey; kind: ScoredKind; figure: Figure }) {
  const { survey, kind, figure } = props;
  const bands = kind === 'rating' || !figure.counts ? [] : bandParts[kind];
  return (
    <Section title={t(`survey.kind.${kind}`)} aside={<Few figure={figure} />}>
      <div className="grid gap-3 py-2">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="tnum text-4xl font-semibold">{figure.value === null ? absentText(figure) : scoreText(kind, figure.value)}</span>
          {figure.margin !== null && <span className="tnum text-ink-2">{marginText(kind, figure.margin)}</span>}
        </p>
        {figure.hidden && <p className="text-sm text-ink-2">{t('survey.hiddenLead')}</p>}
        {bands.length > 0 && figure.n > 0 && (
          <>
            <div className="flex h-3 overflow-hidden rounded-full bg-hover" aria-hidden>
              {bands.map(([band, from, to]) => (
                <span key={band} className={fills[band]} style={{ inlineSize: `${(part(figure, from, to) / figure.n) * 100}%` }} />
              ))}
            </div>
            <dl className="grid grid-cols-3 gap-2 text-sm">
              {bands.map(([band, from, to]) => (
                <div key={band} className="min-w-0">
                  <dt className="flex items-center gap-1.5 text-ink-2">
                    <span className={`size-2 shrink-0 rounded-full ${fills[band]}`} aria-hidden />
                    {t(kind === 'nps' ? `survey.band.${band}` : `survey.feeling.${band}`)}
                  </dt>
                  <dd className="font-semibold">
                    <Rows survey={survey.id} filter={{ band, scored: kind }}>
                      {formatNumber(part(figure, from, to))}
                    </Rows>{' '}
                    <span className="tnum text-sm font-normal text-ink-3">{shareText(part(figure, from, to), figure.n)}</span>
                  </dd>
                </div>
              ))}
            </dl>
          </>
        )}
        <p className="text-xs text-ink-3">{t(`survey.method.${kind}`)}</p>
      </div>
    </Section>
  );
}

const part = ({ counts }: Figure, from: number, to: number) => (counts ?? []).slice(from, to).reduce((sum, one) => sum + one, 0);

function Rates({ survey, results }: { survey: Survey; results: Results }) {
  const { started, completed, responseRate, completionRate } = results;
  return (
    <Section title={t('survey.whoAnswered')}>
      <dl className="grid grid-cols-2 gap-4 py-2">
        <Fact name={t('survey.completed')}>
          <Rows survey={survey.id} filter={{}}>
            {formatNumber(completed)}
          </Rows>
        </Fact>
        <Fact name={t('survey.started')}>{formatNumber(started)}</Fact>
        <Fact
          name={t('survey.responseRate')}
          note={
            responseRate?.of ? t('survey.countOf', { count: formatNumber(responseRate.count), of: formatNumber(responseRate.of) }) : null
          }
        >
          {responseRate ? shareText(responseRate.count, responseRate.of) : '–'}
        </Fact>
        <Fact
          name={t('survey.completionRate')}
          note={t('survey.countOf', { count: formatNumber(completionRate.count), of: formatNumber(completionRate.of) })}
        >
          {shareText(completionRate.count, completionRate.of)}
        </Fact>
      </dl>
      <p className="pb-2 text-xs text-ink-3">{t('survey.ratesHint')}</p>
    </Section>
  );
}

function Fact({ name, note, children }: { name: string; note?: string | null; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-ink-2">{name}</dt>
      <dd className="tnum text-2xl font-semibold">{children}</dd>
      {note && <dd className="tnum text-sm text-ink-3">{note}</dd>}
    </div>
  );
}
