import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ClipboardList } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { call } from '../api/client.ts';
import { useMe } from '../auth/me.ts';
import { formatDate } from '../i18n/format.ts';
import { currentLanguage, t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Shelf, ShelfPage } from '../shell/shelf.tsx';
import { Alert } from '../ui/alert.tsx';
import { Badge, type Tone } from '../ui/badge.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { FormFooter } from '../ui/form-footer.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { type ListedSurvey, type Survey, surveysQuery, type Template, templatesQuery, useRefreshSurveys } from './queries.ts';

const tones: Record<Survey['state'], Tone> = { draft: 'plain', published: 'brand', closed: 'mango' };
export const SurveyBadge = ({ survey: { state } }: { survey: Pick<Survey, 'state'> }) => (
  <Badge tone={tones[state]}>{t(`surveyState.${state}`)}</Badge>
);

/** All surveys, the newest first. */
export const SurveysPage = () => (
  <ShelfPage of="survey" dialog={(close) => <NewSurvey onClose={close} />}>
    {(make) => <Surveys make={make} />}
  </ShelfPage>
);

function Surveys({ make }: { make: ReactNode }) {
  const archived = useSearch({ from: '/app/surveys' }).archived === 'yes';
  const listed = useInfiniteQuery(surveysQuery(archived));
  return (
    <Shelf of="survey" {...{ listed, archived, make }} icon={<ClipboardList className="size-6" />}>
      {(survey) => <SurveyRow survey={survey} />}
    </Shelf>
  );
}

const SurveyRow = ({ survey }: { survey: ListedSurvey }) => (
  <Link to="/surveys/$id" params={{ id: survey.id }} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 sm:px-5">
    <span className="min-w-0 grow">
      <span className="block truncate font-semibold" dir="auto">
        {survey.name}
      </span>
      <span className="block text-sm text-ink-3">
        {t('survey.questionCount', { count: survey.questions })}
        {survey.publishedAt && ` · ${t('survey.publishedOn', { when: formatDate(survey.publishedAt) })}`}
      </span>
    </span>
    <SurveyBadge survey={survey} />
  </Link>
);

const nameOf = ({ names }: Template): string => names[currentLanguage()] ?? names.en ?? '';

/** A single question to begin with: that of the survey which asks whether one would recommend us. */
const first = ({ definition }: Template): Template['definition'] => ({
  ...definition,
  jumps: [],
  sections: definition.sections.slice(0, 1).map((section) => ({ ...section, questions: section.questions.slice(0, 1) })),
});

/** A template, or a single question; its texts are there in every language of the client. */
function NewSurvey({ onClose }: { onClose: () => void }) {
  const templates = useQuery(templatesQuery);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('survey.new')}
      size="wide"
      footer={
        <FormFooter form="new-survey" disabled={!templates.data} onClose={onClose}>
          {t('survey.create')}
        </FormFooter>
      }
    >
      {templates.isPending && <Loading rows={4} />}
      {templates.isError && <Failure error={templates.error} retry={() => void templates.refetch()} />}
      {templates.data && <NewForm templates={templates.data.data} />}
    </Dialog>
  );
}

function NewForm({ templates }: { templates: readonly Template[] }) {
  const { workspace } = useMe();
  const navigate = useNavigate();
  const refresh = useRefreshSurveys();
  const [key, setKey] = useState(templates[0]?.key ?? '');
  const [name, setName] = useState<string>();
  const template = templates.find((each) => each.key === key);
  const shown = name ?? (template ? nameOf(template) : '');
  const make = useMutation({
    mutationFn: () => {
      const from = template ?? templates.find((each) => each.key === 'relationship') ?? templates[0];
      if (!from) throw new Error('no template');
      const { languages, fallbackLanguage, coolDownDays, definition } = from;
      return call('createSurvey', {
        body: {
          ...{ languages, coolDownDays, name: shown.trim() },
          fallbackLanguage: languages.includes(workspace.language) ? workspace.language : fallbackLanguage,
          definition: template ? definition : first(from),
        },
      });
    },
    onSuccess: async ({ id }) => {
      await refresh();
      void navigate({ to: '/surveys/$id', params: { id } });
    },
  });
  const choices = [
    ...templates.map((each) => ({ key: each.key, title: nameOf(each), lead: t('survey.questionCount', { count: count(each) }) })),
  ];
  return (
    <form
      id="new-survey"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!make.isPending) make.mutate();
      }}
    >
      <fieldset className="grid gap-2 sm:grid-cols-2">
        <legend className="mb-1 text-sm font-medium text-ink-2">{t('survey.template')}</legend>
        {[...choices, { key: '', title: t('survey.template.blank'), lead: t('survey.template.blank.lead') }].map((each) => (
          <label
            key={each.key}
            className="flex min-w-0 cursor-pointer gap-3 rounded-lg border border-line p-3 has-checked:border-brand has-checked:bg-brand-soft has-focus-visible:outline-2 has-focus-visible:outline-brand"
          >
            <input
              type="radio"
              name="template"
              className="mt-1 size-4.5 shrink-0 accent-brand"
              checked={key === each.key}
              onChange={() => setKey(each.key)}
            />
            <span className="min-w-0">
              <span className="block font-semibold">{each.title}</span>
              <span className="block text-sm text-ink-2">{each.lead}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Field label={t('column.name')}>
        <Input required maxLength={120} value={shown} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Alert>{make.isError && problemText(make.error)}</Alert>
    </form>
  );
}

const count = ({ definition }: Template) => definition.sections.reduce((sum, { questions }) => sum + questions.length, 0);
