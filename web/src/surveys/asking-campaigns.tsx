import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCan } from '../auth/me.ts';
import { CampaignBadge } from '../campaigns/words.tsx';
import { t } from '../i18n/i18n.ts';
import { Section } from '../ui/section.tsx';
import { asked } from './asked.ts';
import { askingQuery, type Results, resultsQuery, type Survey } from './queries.ts';

/** What each campaign has brought so far, its reminders too. */
function answersBy(groups: Results['groups']): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { key, completed } of groups) {
    const [campaign = ''] = key.split('#');
    counts.set(campaign, (counts.get(campaign) ?? 0) + completed);
  }
  return counts;
}

/** The campaigns that ask a survey, with what each has brought. The figures are those of the report, which has them by wave. */
export function AskingCampaigns({ survey }: { survey: Survey }) {
  const can = useCan();
  const reads = can.any('campaigns', 'read');
  const listed = useQuery({ ...askingQuery(survey.id), enabled: reads });
  const campaigns = listed.data?.data ?? [];
  const results = useQuery({ ...resultsQuery(survey.id, asked({})), enabled: campaigns.length > 0, refetchInterval: false });
  if (!reads || campaigns.length === 0) return null;
  const answers = answersBy(results.data?.groups ?? []);
  return (
    <Section title={t('survey.asking')}>
      <ul className="divide-y divide-line">
        {campaigns.map((campaign) => (
          <li key={campaign.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <Link
              to="/campaigns/$id"
              params={{ id: campaign.id }}
              search={{}}
              className="hit flex min-w-0 grow items-center font-medium hover:text-brand"
            >
              <bdi className="truncate">{campaign.name}</bdi>
            </Link>
            <span className="text-sm text-ink-3">{t(`survey.channel.${campaign.channel as 'email'}`)}</span>
            <CampaignBadge campaign={campaign} />
            {results.data && <span className="tnum text-sm">{t('survey.answersSoFar', { count: answers.get(campaign.id) ?? 0 })}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
