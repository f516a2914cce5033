import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Archive, ChevronLeft, Copy, MoreHorizontal, PhoneCall } from 'lucide-react';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { PageHeader } from '../shell/page-header.tsx';
import { buttonClass, IconButton } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { Failure, Loading, NoPermission } from '../ui/states.tsx';
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
  if (!can.any('campaigns', 'read'))
    return (
      <>
        <PageHeader title={t('nav.campaigns')} />
        <NoPermission />
      </>
    );
  return (
    <>
      <BackToCampaigns />
      {campaign.isPending && <Loading />}
      {campaign.isError && <Failure error={campaign.error} retry={() => void campaign.refetch()} />}
      {campaign.data && <Tabs campaign={campaign.data} />}
    </>
  );
}

export const BackToCampaigns = () => (
  <nav className="py-2 lg:pt-0" aria-label={t('campaign.back')}>
    <Link
      to="/campaigns"
      className="hit -ms-1 inline-flex items-center gap-1 rounded-md pe-2 text-sm font-medium text-ink-2 hover:text-ink"
    >
      <ChevronLeft className="size-4 flip-rtl" aria-hidden /> {t('nav.campaigns')}
    </Link>
  </nav>
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
      <nav aria-label={campaign.name} className="-mx-4 mb-6 flex gap-1 overflow-x-auto border-b border-line px-4 sm:mx-0 sm:px-0">
        {tabs.map((each) => (
          <Link
            key={each}
            to="/campaigns/$id"
            params={{ id: campaign.id }}
            search={{ tab: each }}
            aria-current={each === tab ? 'page' : undefined}
            className="hit -mb-px flex items-center border-b-2 border-transparent px-3 text-sm font-semibold whitespace-nowrap text-ink-2 hover:text-ink aria-[current=page]:border-brand aria-[current=page]:text-ink"
          >
            {t(`campaign.tab.${each}`)}
          </Link>
        ))}
      </nav>
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
  if (items.length === 0) return null;
  return (
    <Menu
      label={t('shell.more')}
      align="end"
      items={items}
      trigger={(attributes) => (
        <IconButton label={t('shell.more')} {...attributes}>
          <MoreHorizontal className="size-5" aria-hidden />
        </IconButton>
      )}
    />
  );
}
