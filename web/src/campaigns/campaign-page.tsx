import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Archive, Copy, PhoneCall } from 'lucide-react';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { BackLink } from '../shell/back-link.tsx';
import { ForbiddenPage } from '../shell/forbidden-page.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { ViewTabs, viewTab } from '../shell/view-tabs.tsx';
import { Asked } from '../ui/asked.tsx';
import { buttonClass } from '../ui/button.tsx';
import { MoreMenu } from '../ui/more-menu.tsx';
import { done, failed } from '../ui/toast.tsx';
import { PlanTab } from './plan-tab.tsx';
import { type Campaign, campaignQuery } from './queries.ts';
import { ReportTab } from './report-tab.tsx';
import { RunsTab } from './runs-tab.tsx';
import { CampaignBadge } from './words.tsx';

/** One campaign: what is planned, its runs, and what it came to. */
export function CampaignPage() {
  const { id } = useParams({ from: '/app/campaigns/$id' });
  const can = useCan();
  const campaign = useQuery({ ...campaignQuery(id), enabled: can.any('campaigns', 'read') });
  if (!can.any('campaigns', 'read')) return <ForbiddenPage title={t('nav.campaigns')} />;
  return (
    <>
      <BackToCampaigns />
      <Asked of={campaign} title={t('nav.campaigns')}>
        {(campaign) => <Tabs campaign={campaign} />}
      </Asked>
    </>
  );
}

export const BackToCampaigns = () => (
  <BackLink to="/campaigns" label={t('campaign.back')}>
    {t('nav.campaigns')}
  </BackLink>
);

function Tabs({ campaign }: { campaign: Campaign }) {
  const { tab = campaign.startedAt ? 'runs' : 'plan' } = useSearch({ from: '/app/campaigns/$id' });
  const tabs = ['plan', 'runs', 'report'] as const;
  return (
    <>
      <PageHeader title={campaign.name} lead={<CampaignBadge campaign={campaign} />}>
        <ToCalls campaign={campaign} />
        <More campaign={campaign} />
      </PageHeader>
      <ViewTabs label={campaign.name} className="mb-6">
        {tabs.map((each) => (
          <Link
            key={each}
            to="/campaigns/$id"
            params={{ id: campaign.id }}
            search={{ tab: each }}
            aria-current={each === tab ? 'page' : undefined}
            className={viewTab}
          >
            {t(`campaign.tab.${each}`)}
          </Link>
        ))}
      </ViewTabs>
      {tab === 'plan' && <PlanTab campaign={campaign} />}
      {tab === 'runs' && <RunsTab campaign={campaign} />}
      {tab === 'report' && <ReportTab campaign={campaign} />}
    </>
  );
}

/** The way to one's own calls, where the campaign goes by phone. */
function ToCalls({ campaign: { id, channel, startedAt } }: { campaign: Campaign }) {
  const can = useCan();
  if (channel !== 'call' || !startedAt || !can.any('followUps', 'write') || !can.any('interactions', 'write')) return null;
  return (
    <Link to="/calls" search={{ campaign: id }} className={buttonClass()}>
      <PhoneCall className="size-4.5" aria-hidden /> {t('calls.title')}
    </Link>
  );
}

function More({ campaign }: { campaign: Campaign }) {
  const can = useCan();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const fresh = () => queryClient.invalidateQueries({ queryKey: ['campaigns'] });
  const onError = (error: Error) => failed(problemText(error));
  const params = { id: campaign.id };
  const copy = useMutation({
    mutationFn: () => call('duplicateCampaign', { params }),
    onSuccess: async ({ id }) => {
      await fresh();
      done(t('campaign.duplicated'));
      void navigate({ to: '/campaigns/$id', params: { id } });
    },
    onError,
  });
  const shelve = useMutation({
    mutationFn: () => (campaign.archivedAt ? call('restoreCampaign', { params }) : call('archiveCampaign', { params })),
    onSuccess: fresh,
    onError,
  });
  const items = [
    ...(can.any('campaigns', 'write')
      ? [{ key: 'copy', label: t('campaign.duplicate'), icon: <Copy className="size-4" aria-hidden />, onSelect: () => copy.mutate() }]
      : []),
    ...(can.any('campaigns', 'delete')
      ? [
          {
            key: 'archive',
            label: campaign.archivedAt ? t('campaign.restore') : t('campaign.archive'),
            icon: <Archive className="size-4" aria-hidden />,
            onSelect: () => shelve.mutate(),
          },
        ]
      : []),
  ];
  return <MoreMenu label={t('shell.more')} items={items} />;
}
