import {
  boundsOf,
  type Definition,
  type Question,
  type QuestionKind,
  type ScoredKind,
  scoredKinds,
} from '../../../functions/surveys/logic.ts';
import { formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { Section } from '../ui/section.tsx';
import { absentText, marginText, scoreText, shareText } from './figure-words.ts';
import type { Results, Survey } from './queries.ts';
import { Few, Rows } from './rows.tsx';
import { kindIcon, optionName, readingLanguage, titleOf } from './words.tsx';

type Asked = Results['questions'][number];

/** Each question with what was answered, and how many left at it. */
export function QuestionResults({ survey, results }: { survey: Survey; results: Results }) {
  const questions = (survey.definition as Definition).sections.flatMap((section) => section.questions);
  const language = readingLanguage(survey.languages, survey.fallbackLanguage);
  return (
    <Section title={t('survey.questions')}>
      <ol className="grid gap-x-8 xl:grid-cols-2">
        {results.questions.map((asked, at) => (
          <li key={asked.key} className="grid content-start gap-2 border-t border-line py-4 first:border-t-0 xl:nth-2:border-t-0">
            <h3 className="flex min-w-0 items-start gap-2 text-sm font-semibold">
              <span className="mt-0.5 shrink-0 text-ink-3" aria-hidden>
                {kindIcon(asked.kind as QuestionKind)}
              </span>
              <span className="min-w-0">
                {at + 1}. <bdi>{titleOf(asked, language, survey.fallbackLanguage)}</bdi>
              </span>
            </h3>
            <Answers survey={survey} asked={asked} question={questions.find(({ key }) => key === asked.key)} language={language} />
            <DropOff survey={survey} asked={asked} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** Who saw it, who answered, who went no further. */
function DropOff({ survey, asked }: { survey: Survey; asked: Asked }) {
  return (
    <dl className="flex flex-wrap gap-x-5 gap-y-1 text-sm text-ink-2">
      <div className="flex gap-1.5">
        <dt>{t('survey.shown')}</dt>
        <dd className="tnum font-semibold">{formatNumber(asked.shown)}</dd>
      </div>
      <div className="flex gap-1.5">
        <dt>{t('survey.answered')}</dt>
        <dd className="tnum font-semibold">
          <Rows survey={survey.id} filter={{ question: asked.key }}>
            {formatNumber(asked.answered)}
          </Rows>{' '}
          <span className="font-normal text-ink-3">{shareText(asked.answered, asked.shown)}</span>
        </dd>
      </div>
      <div className="flex gap-1.5">
        <dt>{t('survey.left')}</dt>
        <dd className="tnum font-semibold">{formatNumber(asked.left)}</dd>
      </div>
    </dl>
  );
}

type Props = { survey: Survey; asked: Asked; question: Question | undefined; language: string };
const isScored = (kind: string): kind is ScoredKind => (scoredKinds as readonly string[]).includes(kind);

function Answers({ survey, asked, question, language }: Props) {
  const { figure, options, kind, key } = asked;
  if (figure && isScored(kind)) {
    const least = boundsOf({ kind, min: null, max: question?.max ?? null })?.min ?? 1;
    return (
      <>
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="tnum text-xl font-semibold">{figure.value === null ? absentText(figure) : scoreText(kind, figure.value)}</span>
          {figure.margin !== null && <span className="tnum text-sm text-ink-2">{marginText(kind, figure.margin)}</span>}
          <Few figure={figure} />
        </p>
        {figure.counts && (
          <CountBars
            survey={survey.id}
            question={key}
            rows={figure.counts.map((count, at) => ({ value: String(at + least), label: String(at + least), count }))}
          />
        )}
      </>
    );
  }
  if (options)
    return (
      <CountBars
        survey={survey.id}
        question={key}
        rows={options.map((option) => ({
          value: option.key,
          label: optionLabel(question, option.key, { language, fallback: survey.fallbackLanguage }),
          count: option.count,
        }))}
      />
    );
  if (kind === 'text' && asked.answered > 0)
    return (
      <p className="text-sm">
        <Rows survey={survey.id} filter={{ question: key }}>
          {t('survey.readThem')}
        </Rows>
      </p>
    );
  if (asked.answered > 0 && (kind === 'single' || kind === 'multiple' || kind === 'consent'))
    return <p className="text-sm text-ink-2">{t('survey.hiddenLead')}</p>;
  return null;
}

/** What a row of a choice is called; those of a consent are yes and no. */
function optionLabel(question: Question | undefined, key: string, speaking: { language: string; fallback: string }): string {
  if (question?.kind === 'consent') return t(key === 'yes' ? 'common.yes' : 'common.no');
  return question ? optionName(question, key, speaking) : key;
}

/** Counts as a table whose rows carry their bars; each count opens its rows. */
function CountBars(props: { survey: string; question: string; rows: { value: string; label: string; count: number }[] }) {
  const most = Math.max(1, ...props.rows.map(({ count }) => count));
  return (
    <table className="w-full text-sm">
      <tbody>
        {props.rows.map(({ value, label, count }) => (
          <tr key={value}>
            <th scope="row" className="max-w-48 py-0.5 pe-3 text-start font-normal text-ink-2">
              <bdi>{label}</bdi>
            </th>
            <td className="w-3/5 py-0.5" aria-hidden>
              <span className="block h-3 rounded-sm bg-brand" style={{ inlineSize: `${(count / most) * 100}%` }} />
            </td>
            <td className="w-14 py-0.5 ps-3 text-end font-semibold">
              {count > 0 ? (
                <Rows survey={props.survey} filter={{ question: props.question, value }}>
                  {formatNumber(count)}
                </Rows>
              ) : (
                <span className="tnum text-ink-3">0</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
