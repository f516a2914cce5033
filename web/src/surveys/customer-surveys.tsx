import { useInfiniteQuery, useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ClipboardList, Copy, Phone } from 'lucide-react';
import { useState } from 'react';
import { useCan } from '../auth/me.ts';
import { formatDateTime } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Field, Select } from '../ui/field.tsx';
import { NameOptions } from '../ui/options.tsx';
import { Section } from '../ui/section.tsx';
import { ShowMore } from '../ui/show-more.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { useAsk } from './ask-one.tsx';
import { Movements } from './movements.tsx';
import { customerResponsesQuery, type Survey, type SurveyResponse, surveyQuery, surveysQuery } from './queries.ts';
import { AnswersOf, ScoreBadge } from './response-card.tsx';
import { CaseOf } from './response-case.tsx';

/** What a customer has answered, and asking her something: on the phone, or by a link. */
export function CustomerSurveys({ customerId, archived }: { customerId: string; archived: boolean }) {
  const can = useCan();
  const listed = useInfiniteQuery(customerResponsesQuery(customerId));
  const rows = listed.data?.pages.flatMap(({ data }) => data) ?? [];
  const reads = can.any('surveys', 'read');
  const asked = [...new Set(rows.map(({ surveyId }) => surveyId))];
  const surveys = useQueries({ queries: (reads ? asked : []).map((id) => ({ ...surveyQuery(id), staleTime: 60_000 })) });
  const surveyOf = (id: string) => surveys.find(({ data }) => data?.id === id)?.data;
  return (
    <div className="grid gap-4">
      {!archived && reads && can.any('interactions', 'write') && <Ask customerId={customerId} />}
      {listed.isPending && <Loading rows={4} />}
      {listed.isError && <Failure error={listed.error} retry={() => void listed.refetch()} />}
      {listed.data && rows.length === 0 && (
        <Empty icon={<ClipboardList className="size-6" />} title={t('survey.customerNone')}>
          {t('survey.customerNoneLead')}
        </Empty>
      )}
      <Movements rows={rows} nameOf={(id) => surveyOf(id)?.name} />
      {rows.map((response) => (
        <Answered key={response.id} response={response} survey={surveyOf(response.surveyId)} />
      ))}
      <ShowMore of={listed} className="justify-self-start" />
    </div>
  );
}

function Answered({ response, survey }: { response: SurveyResponse; survey: Survey | undefined }) {
  return (
    <article className="grid min-w-0 gap-3 rounded-xl border border-line bg-surface px-4 py-3 shadow-sm">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <ScoreBadge response={response} />
        <h3 className="min-w-0 grow text-base">
          <Link to="/surveys/$id" params={{ id: response.surveyId }} search={{ tab: 'responses' }} className="hover:text-brand" dir="auto">
            {survey?.name ?? t('survey.settings')}
          </Link>
        </h3>
        <span className="text-sm text-ink-3">
          {response.completedAt && formatDateTime(response.completedAt)} · {t(`survey.channel.${response.channel}`)}
        </span>
      </header>
      <AnswersOf survey={survey} response={response} />
      {survey && (
        <div>
          <CaseOf survey={survey} response={response} />
        </div>
      )}
    </article>
  );
}

function Ask({ customerId }: { customerId: string }) {
  const listed = useInfiniteQuery(surveysQuery(false));
  const open = listed.data?.pages.flatMap(({ data }) => data).filter(({ state }) => state === 'published') ?? [];
  const [chosen, setChosen] = useState('');
  const ask = useAsk();
  const surveyId = chosen || open[0]?.id;
  if (!surveyId) return null;
  return (
    <Section title={t('survey.ask')}>
      <div className="flex flex-wrap items-end gap-2 py-2">
        <Field label={t('entity.survey')} className="grow basis-52">
          <Select value={surveyId} onChange={(event) => setChosen(event.target.value)}>
            <NameOptions of={open} />
          </Select>
        </Field>
        <Button look="primary" busy={ask.isPending} onClick={() => ask.mutate({ surveyId, customerId, channel: 'phone' })}>
          <Phone className="size-4" aria-hidden /> {t('survey.fillIn')}
        </Button>
        <Button busy={ask.isPending} onClick={() => ask.mutate({ surveyId, customerId, channel: 'link' })}>
          <Copy className="size-4" aria-hidden /> {t('survey.copyLink')}
        </Button>
      </div>
    </Section>
  );
}
