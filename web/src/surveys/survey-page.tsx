import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Archive, Lock, Unlock } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { BackLink } from '../shell/back-link.tsx';
import { ForbiddenPage } from '../shell/forbidden-page.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { ViewTabs, viewTab } from '../shell/view-tabs.tsx';
import { Asked } from '../ui/asked.tsx';
import { MoreMenu } from '../ui/more-menu.tsx';
import { Loading } from '../ui/states.tsx';
import { done, failed } from '../ui/toast.tsx';
import { BuildTab } from './build-tab.tsx';
import { type Survey, surveyQuery, useRefreshSurveys } from './queries.ts';
import { SurveyBadge } from './surveys-page.tsx';

const ResultsTab = lazy(() => import('./results-tab.tsx').then(({ ResultsTab }) => ({ default: ResultsTab })));
const ResponsesTab = lazy(() => import('./responses-tab.tsx').then(({ ResponsesTab }) => ({ default: ResponsesTab })));
const SendTab = lazy(() => import('./send-tab.tsx').then(({ SendTab }) => ({ default: SendTab })));

/** One survey: what it asks, how it goes out, what it came to, and every response. */
export function SurveyPage() {
  const { id } = useParams({ from: '/app/surveys/$id' });
  const can = useCan();
  const survey = useQuery({ ...surveyQuery(id), enabled: can.any('surveys', 'read') });
  if (!can.any('surveys', 'read')) return <ForbiddenPage title={t('nav.surveys')} />;
  return (
    <>
      <BackLink to="/surveys" label={t('survey.back')}>
        {t('nav.surveys')}
      </BackLink>
      <Asked of={survey} title={t('nav.surveys')}>
        {(survey) => <Tabs survey={survey} />}
      </Asked>
    </>
  );
}

const tabs = ['build', 'send', 'results', 'responses'] as const;

function Tabs({ survey }: { survey: Survey }) {
  // Where one begins does not change under one's hands when the survey is published.
  const [first] = useState<(typeof tabs)[number]>(survey.publishedVersion === null ? 'build' : 'results');
  const { tab = first } = useSearch({ from: '/app/surveys/$id' });
  return (
    <>
      <PageHeader title={survey.name} lead={<SurveyBadge survey={survey} />}>
        <More survey={survey} />
      </PageHeader>
      <ViewTabs label={t('survey.views')} className="mb-6">
        {tabs.map((each) => (
          <Link
            key={each}
            to="/surveys/$id"
            params={{ id: survey.id }}
            search={{ tab: each }}
            aria-current={each === tab ? 'page' : undefined}
            className={viewTab}
          >
            {t(`survey.tab.${each}`)}
          </Link>
        ))}
      </ViewTabs>
      <Suspense fallback={<Loading />}>
        {tab === 'build' && <BuildTab key={survey.id} survey={survey} />}
        {tab === 'send' && <SendTab survey={survey} />}
        {tab === 'results' && <ResultsTab survey={survey} />}
        {tab === 'responses' && <ResponsesTab survey={survey} />}
      </Suspense>
    </>
  );
}

/** Closing, opening again, putting away: each is one press, and has its way back. */
function More({ survey }: { survey: Survey }) {
  const can = useCan();
  const refresh = useRefreshSurveys();
  const params = { id: survey.id };
  const act = useMutation({
    mutationFn: ({ work }: { work: () => Promise<unknown>; said: string; back?: () => void }) => work(),
    onSuccess: async (_, { said, back }) => {
      await refresh();
      done(said, back);
    },
    onError: (error) => failed(problemText(error)),
  });
  const run = (work: () => Promise<unknown>, said: string, back?: () => void) => act.mutate({ work, said, ...(back && { back }) });
  const close = () => run(() => call('closeSurvey', { params }), t('survey.closedNow'), reopen);
  const reopen = () => run(() => call('reopenSurvey', { params }), t('survey.reopened'));
  const restore = () => run(() => call('restoreSurvey', { params }), t('survey.restored'));
  const archive = () => run(() => call('archiveSurvey', { params }), t('survey.archivedNow'), restore);
  const writes = can.any('surveys', 'write') && !survey.archivedAt;
  const items = [
    ...(writes && survey.state === 'published'
      ? [{ key: 'close', label: t('survey.close'), icon: <Lock className="size-4" aria-hidden />, onSelect: close }]
      : []),
    ...(writes && survey.state === 'closed'
      ? [{ key: 'open', label: t('survey.reopen'), icon: <Unlock className="size-4" aria-hidden />, onSelect: reopen }]
      : []),
    ...(can.any('surveys', 'delete')
      ? [
          {
            key: 'archive',
            label: t(survey.archivedAt ? 'survey.restore' : 'survey.archive'),
            icon: <Archive className="size-4" aria-hidden />,
            onSelect: survey.archivedAt ? restore : archive,
          },
        ]
      : []),
  ];
  return <MoreMenu label={t('shell.more')} items={items} />;
}
