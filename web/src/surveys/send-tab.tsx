import { Link } from '@tanstack/react-router';
import { t } from '../i18n/i18n.ts';
import { Section } from '../ui/section.tsx';
import { AskOne } from './ask-one.tsx';
import { AskingCampaigns } from './asking-campaigns.tsx';
import { AfterEvent, ByCampaign } from './by-campaign.tsx';
import { OpenLinks } from './open-links.tsx';
import type { Survey } from './queries.ts';

/** How a survey reaches people. */
export function SendTab({ survey }: { survey: Survey }) {
  if (survey.state !== 'published' || survey.archivedAt)
    return (
      <Section title={t('survey.tab.send')}>
        <p className="py-2 text-ink-2">{t(survey.state === 'closed' ? 'survey.sendClosed' : 'survey.sendFirst')}</p>
        {survey.state === 'draft' && (
          <Link to="/surveys/$id" params={{ id: survey.id }} search={{ tab: 'build' }} className="font-medium text-brand underline">
            {t('survey.tab.build')}
          </Link>
        )}
      </Section>
    );
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <div className="grid gap-6">
        <ByCampaign survey={survey} />
        <AskingCampaigns survey={survey} />
        <AskOne survey={survey} />
        <AfterEvent />
      </div>
      <OpenLinks survey={survey} />
    </div>
  );
}
