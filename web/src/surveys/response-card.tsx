import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Archive, RotateCcw, Tag, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Answer, Definition, Question } from '../../../functions/surveys/logic.ts';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { formatDateTime, formatNumber, languageName } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';
import { done, failed } from '../ui/toast.tsx';
import type { Survey, SurveyResponse } from './queries.ts';
import { CaseOf } from './response-case.tsx';
import { ThemeOf } from './response-theme.tsx';
import { optionName, readingLanguage, titleOf } from './words.tsx';

const tones: Record<NonNullable<SurveyResponse['band']>, Tone> = { detractor: 'danger', passive: 'mango', promoter: 'brand' };

export const ScoreBadge = ({ response: { score, band } }: { response: Pick<SurveyResponse, 'score' | 'band'> }) =>
  score && (
    <Badge tone={band ? tones[band] : 'plain'} className="tnum text-sm!">
      {t(`survey.short.${score.kind}`)} {formatNumber(score.value)}
    </Badge>
  );

type Asking = Pick<Survey, 'languages' | 'fallbackLanguage' | 'definition'>;

/** An answer as it reads: options by their names, a consent as yes, words as they were said. */
export function answerText(answer: Answer, question: Question | undefined, speaking: { language: string; fallback: string }): string {
  if (typeof answer === 'boolean') return t(answer ? 'common.yes' : 'common.no');
  if (typeof answer === 'number') return formatNumber(answer);
  if (!question) return Array.isArray(answer) ? answer.join(', ') : answer;
  if (Array.isArray(answer)) return answer.map((key) => optionName(question, key, speaking)).join(', ');
  return question.kind === 'single' ? optionName(question, answer, speaking) : answer;
}

/** What was said, question by question, in the order of the survey. */
export function AnswersOf({ survey, response }: { survey: Asking | undefined; response: Pick<SurveyResponse, 'answers'> }) {
  const questions = ((survey?.definition ?? { sections: [] }) as Definition).sections.flatMap((section) => section.questions);
  const fallback = survey?.fallbackLanguage ?? 'en';
  const speaking = { fallback, language: readingLanguage(survey?.languages ?? [], fallback) };
  const order = new Map(questions.map(({ key }, at) => [key, at]));
  const said = Object.entries(response.answers).sort(([a], [b]) => (order.get(a) ?? 99) - (order.get(b) ?? 99));
  return (
    <dl className="grid min-w-0 gap-x-4 gap-y-1 text-sm sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      {said.map(([key, answer]) => {
        const question = questions.find((one) => one.key === key);
        return (
          <div key={key} className="contents">
            <dt className="text-ink-3" dir="auto">
              {question ? titleOf(question, speaking.language, fallback) : key}
            </dt>
            <dd className="mb-1 min-w-0 break-words whitespace-pre-line sm:mb-0" dir="auto">
              {answerText(answer as Answer, question, speaking)}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** One response: who, when, what; its tags; and taking it out of the report, which can be undone. */
export function ResponseCard({ survey, response }: { survey: Survey; response: SurveyResponse }) {
  const can = useCan();
  const queryClient = useQueryClient();
  const params = { id: survey.id, responseId: response.id };
  const act = useMutation({
    mutationFn: ({ work }: { work: () => Promise<unknown>; said?: string; back?: () => void }) => work(),
    onSuccess: async (_, { said, back }) => {
      await queryClient.invalidateQueries({ queryKey: ['surveys', survey.id] });
      if (said) done(said, back);
    },
    onError: (error) => failed(problemText(error)),
  });
  const restore = () => act.mutate({ work: () => call('restoreResponse', { params }), said: t('survey.responseBack') });
  const archive = () => act.mutate({ work: () => call('archiveResponse', { params }), said: t('survey.responseOut'), back: restore });
  const sort = (body: { tags: string[] } | { themeId: string | null }) =>
    act.mutate({ work: () => call('sortResponse', { params, version: response.version, body }) });
  const editable = can.any('surveys', 'write') && !response.archivedAt;
  return (
    <article className="grid min-w-0 gap-3 rounded-xl border border-line bg-surface px-4 py-3 shadow-sm">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <ScoreBadge response={response} />
        <span className="min-w-0 grow font-semibold">
          {response.customer ? (
            <Link
              to="/customers/$id"
              params={{ id: response.customer.id }}
              search={{ tab: 'surveys' }}
              className="hover:text-brand"
              dir="auto"
            >
              {response.customer.name}
            </Link>
          ) : (
            t(response.source.kind === 'open' ? 'survey.anonymous' : 'survey.notYours')
          )}
        </span>
        <span className="text-sm text-ink-3">
          {response.completedAt && formatDateTime(response.completedAt)} · {t(`survey.channel.${response.channel}`)} ·{' '}
          {languageName(response.language)}
        </span>
        {can.any('surveys', 'delete') && (
          <IconButton
            label={t(response.archivedAt ? 'survey.bringBack' : 'survey.takeOut')}
            onClick={response.archivedAt ? restore : archive}
          >
            {response.archivedAt ? <RotateCcw className="size-4" aria-hidden /> : <Archive className="size-4" aria-hidden />}
          </IconButton>
        )}
      </header>
      <AnswersOf survey={survey} response={response} />
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <CaseOf survey={survey} response={response} />
        <ThemeOf response={response} editable={editable} set={(themeId) => sort({ themeId })} />
        <Tags survey={survey.id} tags={response.tags} editable={editable} set={(tags) => sort({ tags })} />
      </div>
    </article>
  );
}

type TagsProps = { survey: string; tags: readonly string[]; editable: boolean; set: (tags: string[]) => void };

/** Each opens all answers that have it. */
function Tags({ survey, tags, editable, set }: TagsProps) {
  const [adding, setAdding] = useState(false);
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const tag = String(new FormData(event.currentTarget).get('tag') ?? '').trim();
    setAdding(false);
    if (tag && !tags.includes(tag)) set([...tags, tag]);
  };
  if (tags.length === 0 && !editable) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {tags.map((tag) => (
        <span key={tag} className="inline-flex items-center rounded-sm bg-hover text-xs">
          <Link
            to="/surveys/$id"
            params={{ id: survey }}
            search={{ tab: 'responses', tag }}
            aria-label={t('survey.withTag', { tag })}
            className="hit inline-flex items-center px-1.5 hover:text-brand"
          >
            <bdi>{tag}</bdi>
          </Link>
          {editable && (
            <IconButton label={t('survey.removeTag', { tag })} onClick={() => set(tags.filter((each) => each !== tag))}>
              <X className="size-3" aria-hidden />
            </IconButton>
          )}
        </span>
      ))}
      {editable &&
        (adding ? (
          <form onSubmit={add} className="flex gap-1">
            <Input name="tag" maxLength={40} aria-label={t('survey.newTag')} autoFocus />
            <Button type="submit">{t('common.save')}</Button>
          </form>
        ) : (
          <Button look="ghost" onClick={() => setAdding(true)}>
            <Tag className="size-4" aria-hidden /> {t('survey.newTag')}
          </Button>
        ))}
    </div>
  );
}
