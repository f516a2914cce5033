import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useMembers } from '../customers/use-members.ts';
import { formatAgo, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { absentText, marginText, scoreText, shareText } from '../surveys/figure-words.ts';
import type { Figure } from '../surveys/queries.ts';
import { Field, Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import { Section } from '../ui/section.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { reportQuery } from './queries.ts';
import type { CasesSearch } from './search.ts';

const spans = [7, 30, 90, 365] as const;
const outcomes = ['kept', 'broken', 'open'] as const;
const sources = ['yes', 'no', 'unknown'] as const;
const urgency = ['urgent', 'high', 'normal', 'low'];
const byUrgency = (a: { priority: string }, b: { priority: string }) => urgency.indexOf(a.priority) - urgency.indexOf(b.priority);
type Promised = { kept: number; broken: number; open: number };

/** Of what is over, the share that was kept. */
const shareOf = ({ kept, broken }: Promised) => shareText(kept, kept + broken);

/** What became of what was promised, from our own clocks; what sources report stands apart. */
export function CaseReport() {
  const [days, setDays] = useState<number>(30);
  const { name } = useMembers();
  const asked = useQuery(reportQuery(days));
  const report = asked.data;
  return (
    <div className="grid gap-4">
      <Field label={t('caseReport.span')} className="max-w-48">
        <Select value={days} onChange={(event) => setDays(Number(event.target.value))}>
          <Options of={spans} words={(span) => t('caseReport.days', { count: span })} />
        </Select>
      </Field>
      {asked.isPending && <Loading rows={5} />}
      {asked.isError && !report && <Failure error={asked.error} retry={() => void asked.refetch()} />}
      {report && (
        <>
          <Section title={t('caseReport.own')}>
            <Table
              head={t('case.priority')}
              span={report}
              rows={[
                { label: t('caseReport.all'), only: {}, ...report },
                ...report.byPriority.toSorted(byUrgency).map((row) => ({
                  label: t(`case.priority.${row.priority}`),
                  only: { priority: row.priority },
                  ...row,
                })),
              ]}
            />
          </Section>
          <Section title={t('caseReport.byOwner')}>
            <Table
              head={t('case.owner')}
              span={report}
              rows={report.byOwner.map((row) => ({
                label: row.ownerId ? name(row.ownerId) : t('case.nobody'),
                only: { owner: row.ownerId ?? 'none' },
                ...row,
              }))}
            />
          </Section>
          <Section title={t('caseReport.reported')}>
            <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
              {sources.map((reported) => (
                <Cases key={reported} span={report} only={{ reported }}>
                  {t(`caseReport.source.${reported}`, { count: formatNumber(report.reportedBySource[reported]) })}
                </Cases>
              ))}
            </p>
            <p className="pb-1 text-sm text-ink-2">{t('caseReport.reportedLead')}</p>
          </Section>
          <p className="text-sm text-ink-3">
            {t('caseReport.asOf', { ago: formatAgo(report.asOf) })}
            {!report.complete && ` · ${t('caseReport.partly', { count: report.examined })}`}
          </p>
        </>
      )}
    </div>
  );
}

type Span = { from: string; to: string };

/** A number that opens the cases that it was counted from. */
function Cases({ span: { from, to }, only, children }: { span: Span; only: CasesSearch; children: ReactNode }) {
  return (
    <Link
      to="/cases"
      search={{ state: 'any', from, to, ...only }}
      className="tnum hit-number -mx-1 px-1 underline decoration-line decoration-2 underline-offset-4 hover:decoration-brand"
    >
      {children}
    </Link>
  );
}

type Row = { label: string; only: CasesSearch; cases: number; firstResponse: Promised; resolution: Promised; satisfaction: Figure };

function Table({ head, span, rows }: { head: string; span: Span; rows: Row[] }) {
  const cell = 'px-4 py-2 text-end tnum';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="-mx-4 overflow-x-auto" tabIndex={0} aria-label={head}>
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line text-ink-3">
            <th scope="col" className="px-4 py-2 text-start font-medium">
              {head}
            </th>
            <th scope="col" className="px-4 py-2 text-end font-medium">
              {t('nav.cases')}
            </th>
            <th scope="col" className="px-4 py-2 text-end font-medium">
              {t('case.clock.firstResponse')}
            </th>
            <th scope="col" className="px-4 py-2 text-end font-medium">
              {t('levels.resolution')}
            </th>
            <th scope="col" className="px-4 py-2 text-end font-medium">
              {t('caseReport.satisfied')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.label} className="border-b border-line last:border-b-0">
              <th scope="row" className="px-4 py-2 text-start font-medium">
                <bdi>{row.label}</bdi>
              </th>
              <td className={cell}>
                <Cases span={span} only={{ ...row.only, counted: 'true' }}>
                  {formatNumber(row.cases)}
                </Cases>
              </td>
              {(['firstResponse', 'resolution'] as const).map((promise) => (
                <td key={promise} className={cell}>
                  <span className="block font-semibold">{shareOf(row[promise])}</span>
                  <span className="flex flex-wrap justify-end gap-x-3 text-ink-3">
                    {outcomes.map((outcome) => (
                      <Cases key={outcome} span={span} only={{ ...row.only, counted: 'true', [promise]: outcome }}>
                        {t(`caseReport.outcome.${outcome}`, { count: formatNumber(row[promise][outcome]) })}
                      </Cases>
                    ))}
                  </span>
                </td>
              ))}
              <td className={cell}>
                <Satisfied figure={row.satisfaction} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The share of those who answered that they are satisfied; of fewer than five nothing is told. */
function Satisfied({ figure }: { figure: Figure }) {
  const { n, value, margin, hidden, few } = figure;
  if (n === 0) return <span className="text-ink-3">–</span>;
  return (
    <>
      <span className="block font-semibold">{value === null ? absentText(figure) : scoreText('csat', value)}</span>
      <span className="block text-ink-3">
        {margin !== null && `${marginText('csat', margin)} · `}
        {t(few && !hidden ? 'survey.few' : 'caseReport.answers', { count: n })}
      </span>
    </>
  );
}
