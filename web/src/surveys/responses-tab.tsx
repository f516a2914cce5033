import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { MessageSquareText, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { bands, type Definition } from '../../../functions/surveys/logic.ts';
import { ResponseExport } from '../exports/response-export.tsx';
import { languageName } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import { ShowMore } from '../ui/show-more.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { responseQuery, responsesQuery, type Survey } from './queries.ts';
import { ResponseCard } from './response-card.tsx';
import { type RowFilter, rowFilters, type SurveySearch } from './search.ts';
import { nameOf, readingLanguage } from './words.tsx';

const channels = ['email', 'sms', 'call', 'letter', 'phone', 'link', 'open'] as const;

/** Every response that was handed in, the newest first: by filter, tag and search. */
export function ResponsesTab({ survey }: { survey: Survey }) {
  const { response } = useSearch({ from: '/app/surveys/$id' });
  return response ? <One survey={survey} id={response} /> : <Listed survey={survey} />;
}

/** The one that a link leads to. */
function One({ survey, id }: { survey: Survey; id: string }) {
  const found = useQuery(responseQuery(survey.id, id));
  return (
    <div className="grid gap-4">
      <Link
        to="/surveys/$id"
        params={{ id: survey.id }}
        search={{ tab: 'responses' }}
        className={buttonClass('soft', 'justify-self-start')}
      >
        <X className="size-4" aria-hidden /> {t('survey.onlyPart')}
      </Link>
      {found.isPending && <Loading />}
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.data && <ResponseCard survey={survey} response={found.data} />}
    </div>
  );
}

function Listed({ survey }: { survey: Survey }) {
  const search = useSearch({ from: '/app/surveys/$id' });
  const query = Object.fromEntries(
    [...rowFilters, 'archived' as const].flatMap((name) => (search[name] === undefined ? [] : [[name, search[name]]])),
  );
  const listed = useInfiniteQuery(responsesQuery(survey.id, query));
  const rows = listed.data?.pages.flatMap(({ data }) => data) ?? [];
  const isFiltered = Object.keys(query).length > 0;
  return (
    <div className="grid gap-4">
      <Filters survey={survey} filter={query} />
      {listed.isPending && <Loading />}
      {listed.isError && <Failure error={listed.error} retry={() => void listed.refetch()} />}
      {listed.data && rows.length === 0 && !listed.hasNextPage && (
        <Empty icon={<MessageSquareText className="size-6" />} title={t(isFiltered ? 'survey.noneLikeThat' : 'survey.noAnswers')}>
          {!isFiltered && t('survey.noAnswersLead')}
        </Empty>
      )}
      <ul className="grid gap-3" aria-label={t('survey.tab.responses')}>
        {rows.map((response) => (
          <li key={response.id} className="grid min-w-0">
            <ResponseCard survey={survey} response={response} />
          </li>
        ))}
      </ul>
      <ShowMore of={listed} className="justify-self-start" />
    </div>
  );
}

function Filters({ survey, filter }: { survey: Survey; filter: RowFilter }) {
  const search = useSearch({ from: '/app/surveys/$id' });
  const navigate = useNavigate({ from: '/surveys/$id' });
  const [text, setText] = useState(search.q ?? '');
  const set = (part: Partial<SurveySearch>) =>
    void navigate({ search: (before) => ({ ...before, tab: 'responses', ...part }), replace: true });
  const find = (event: FormEvent) => {
    event.preventDefault();
    set({ q: text.trim() || undefined });
  };
  const definition = survey.definition as Definition;
  const language = readingLanguage(survey.languages, survey.fallbackLanguage);
  const questions = definition.sections.flatMap((section) => section.questions);
  // What came with a link to these rows, and has no field of its own here.
  const hidden = (['surveyVersion', 'from', 'to', 'wave', 'ownerId', 'value', 'tag', 'segmentId', 'themeId', 'scored'] as const).filter(
    (name) => search[name] !== undefined,
  );
  return (
    <div className="grid gap-3">
      <form className="flex flex-wrap items-end gap-3" onSubmit={find}>
        <Field label={t('survey.searchWords')} className="grow basis-60">
          <Input type="search" maxLength={100} value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
        <Choice
          label={t('survey.score')}
          value={search.band}
          options={bands.map((band) => [band, t(`survey.band.${band}`)])}
          set={(band) => set({ band, scored: undefined })}
        />
        <Choice
          label={t('survey.question')}
          value={search.question}
          options={questions.map((question) => [
            question.key,
            nameOf(definition, question, { language, fallback: survey.fallbackLanguage }),
          ])}
          set={(question) => set({ question, value: undefined })}
        />
        <Choice
          label={t('survey.cut.language')}
          value={search.language}
          options={survey.languages.map((each) => [each, languageName(each)])}
          set={(each) => set({ language: each })}
        />
        <Choice
          label={t('survey.cut.channel')}
          value={search.channel}
          options={channels.map((channel) => [channel, t(`survey.channel.${channel}`)])}
          set={(channel) => set({ channel })}
        />
        <Button type="submit">{t('survey.find')}</Button>
      </form>
      <div className="flex flex-wrap gap-2">
        <ResponseExport survey={survey.id} filter={filter} />
        {hidden.length > 0 && (
          <Button look="soft" onClick={() => set(Object.fromEntries(hidden.map((name) => [name, undefined])))}>
            <X className="size-4" aria-hidden /> {t('survey.onlyPart')}
          </Button>
        )}
        <button
          type="button"
          className={buttonClass('ghost')}
          onClick={() => set({ archived: search.archived === 'true' ? undefined : 'true' })}
        >
          {t(search.archived === 'true' ? 'survey.showCounted' : 'survey.showTakenOut')}
        </button>
      </div>
    </div>
  );
}

function Choice(props: {
  label: string;
  value: string | undefined;
  options: readonly (readonly [string, string])[];
  set: (value: string | undefined) => void;
}) {
  return (
    <Field label={props.label} className="max-w-full grow basis-36 sm:max-w-56">
      <Select value={props.value ?? ''} onChange={(event) => props.set(event.target.value || undefined)}>
        <option value="">{t('common.any')}</option>
        {props.options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
    </Field>
  );
}
