import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { surveysQuery } from '../surveys/queries.ts';

/** The answers under a theme, by the survey that they are to: each number opens them. */
export function ThemeAnswers({ themeId }: { themeId: string }) {
  const raised = useQuery({
    queryKey: ['cases', 'themes', themeId, 'raised'],
    queryFn: ({ signal }) => call('listRaised', { params: { id: themeId }, signal }),
  });
  const surveys = useInfiniteQuery(surveysQuery(false));
  const named = new Map(surveys.data?.pages.flatMap(({ data }) => data).map(({ id, name }) => [id, name]) ?? []);
  const answers = (raised.data?.data ?? []).flatMap(({ id }) => /^rsp_([0-9A-Z]{26})_/.exec(id)?.[1] ?? []);
  return (
    <ul className="grid gap-1 text-sm">
      {[...Map.groupBy(answers, (ulid) => `svy_${ulid}`)].map(([surveyId, found]) => (
        <li key={surveyId}>
          <Link to="/surveys/$id" params={{ id: surveyId }} search={{ tab: 'responses', themeId }} className="hit text-brand underline">
            <bdi>{named.get(surveyId) ?? t('entity.survey')}</bdi>: {t('survey.answersSoFar', { count: found.length })}
          </Link>
        </li>
      ))}
    </ul>
  );
}
