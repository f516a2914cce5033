import { ArrowRight } from 'lucide-react';
import { formatDate } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { Section } from '../ui/section.tsx';
import { movementText } from './figure-words.ts';
import type { SurveyResponse } from './queries.ts';
import { ScoreBadge } from './response-card.tsx';

type Scored = SurveyResponse & { score: NonNullable<SurveyResponse['score']>; completedAt: string };
const isScored = (response: SurveyResponse): response is Scored => response.score !== null && response.completedAt !== null;

/** The last two answers to each survey that was answered more than once: what it was, and what it has become. */
function movementsOf(rows: readonly SurveyResponse[]): { before: Scored; after: Scored }[] {
  const bySurvey = Map.groupBy(rows.filter(isScored), ({ surveyId }) => surveyId);
  return [...bySurvey.values()].flatMap(([after, before]) =>
    after && before && before.score.kind === after.score.kind ? [{ before, after }] : [],
  );
}

/** How a customer's answers have moved: before and after. `rows` are hers, the newest first. */
export function Movements({ rows, nameOf }: { rows: readonly SurveyResponse[]; nameOf: (surveyId: string) => string | undefined }) {
  const moved = movementsOf(rows);
  if (moved.length === 0) return null;
  return (
    <Section title={t('survey.beforeAfter')}>
      <ul className="grid gap-2 py-2">
        {moved.map(({ before, after }) => (
          <li key={after.surveyId} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="min-w-0 grow basis-40 break-words font-medium" dir="auto">
              {nameOf(after.surveyId) ?? t('entity.survey')}
            </span>
            <span className="tnum flex flex-wrap items-center gap-2">
              <ScoreBadge response={before} />
              <ArrowRight className="size-4 text-ink-3 flip-rtl" role="img" aria-label={t('survey.became')} />
              <ScoreBadge response={after} />
              <span className="font-semibold">{movementText(after.score.kind, after.score.value - before.score.value)}</span>
              <span className="text-sm text-ink-3">
                {t('survey.between', { from: formatDate(before.completedAt), to: formatDate(after.completedAt) })}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
