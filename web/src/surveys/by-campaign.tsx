import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Megaphone, MessageSquareText } from 'lucide-react';
import { call } from '../api/client.ts';
import { useCan, useMe } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { isLanguage, type Language } from '../i18n/languages.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Section } from '../ui/section.tsx';
import { failed } from '../ui/toast.tsx';
import { letters, textOf } from './letters.ts';
import type { Survey } from './queries.ts';

/** Many are asked as a campaign asks: with its consents, its pace, its reminders. It begins with a letter in each language of the survey. */
export function ByCampaign({ survey }: { survey: Survey }) {
  const can = useCan();
  const { workspace } = useMe();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const make = useMutation({
    mutationFn: async (channel: 'email' | 'sms') => {
      const campaign = await call('createCampaign', { body: { name: survey.name, channel } });
      const spoken = survey.languages.filter((language) => isLanguage(language));
      const languages = spoken.includes(survey.fallbackLanguage as 'en') ? spoken : [...spoken, survey.fallbackLanguage];
      const textIn = (language: Language) => (channel === 'sms' ? textOf(language) : letters[language]);
      const texts = Object.fromEntries(languages.map((language) => [language, textIn(isLanguage(language) ? language : 'en')]));
      return call('updateCampaign', {
        params: { id: campaign.id },
        version: campaign.version,
        body: {
          content: {
            senderId: null,
            topic: workspace.consentTopics[0] ?? 'transactional',
            fallbackLanguage: survey.fallbackLanguage,
            surveyId: survey.id,
            variants: [{ key: 'A', weight: 1, texts }],
          },
        },
      });
    },
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries({ queryKey: ['campaigns'] });
      void navigate({ to: '/campaigns/$id', params: { id }, search: { tab: 'plan' } });
    },
    onError: (error) => failed(problemText(error)),
  });
  if (!can.any('campaigns', 'write')) return null;
  return (
    <Section title={t('survey.byCampaign')}>
      <div className="grid gap-3 py-2">
        <p className="text-sm text-ink-2">{t('survey.byCampaignLead')}</p>
        <div className="flex flex-wrap gap-2">
          <Button look="primary" busy={make.isPending} onClick={() => make.mutate('email')}>
            <Megaphone className="size-4" aria-hidden /> {t('survey.makeCampaign')}
          </Button>
          <Button disabled={make.isPending} onClick={() => make.mutate('sms')}>
            <MessageSquareText className="size-4" aria-hidden /> {t('survey.bySms')}
          </Button>
        </div>
      </div>
    </Section>
  );
}

/** After a visit, a closed case: a rule asks by itself. */
export function AfterEvent() {
  const can = useCan();
  if (!can.any('rules', 'write')) return null;
  return (
    <Section title={t('survey.afterEvent')}>
      <div className="grid gap-3 py-2">
        <p className="text-sm text-ink-2">{t('survey.afterEventLead', { links: '{{links.survey}}' })}</p>
        <Link to="/rules/new" className={buttonClass('secondary', 'justify-self-start')}>
          {t('rule.new')}
        </Link>
      </div>
    </Section>
  );
}
