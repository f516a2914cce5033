import { useMutation } from '@tanstack/react-query';
import { Copy, Phone } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { CustomerPicker, type Picked } from '../customers/customer-picker.tsx';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/section.tsx';
import { done, failed } from '../ui/toast.tsx';
import type { Survey } from './queries.ts';

/** One customer is asked: the member fills the form in while she is on the phone, or gives her a link of her own. */
export function AskOne({ survey }: { survey: Pick<Survey, 'id'> }) {
  const can = useCan();
  const [customer, setCustomer] = useState<Picked>();
  const ask = useAsk();
  if (!can.any('interactions', 'write')) return null;
  return (
    <Section title={t('survey.askOne')}>
      <div className="grid gap-3 py-2">
        <p className="text-sm text-ink-2">{t('survey.askOneLead')}</p>
        <CustomerPicker label={t('survey.customer')} value={customer} onPick={setCustomer} />
        <div className="flex flex-wrap gap-2">
          <Button
            look="primary"
            busy={ask.isPending}
            disabled={!customer}
            onClick={() => customer && ask.mutate({ surveyId: survey.id, customerId: customer.id, channel: 'phone' })}
          >
            <Phone className="size-4" aria-hidden /> {t('survey.fillIn')}
          </Button>
          <Button
            busy={ask.isPending}
            disabled={!customer}
            onClick={() => customer && ask.mutate({ surveyId: survey.id, customerId: customer.id, channel: 'link' })}
          >
            <Copy className="size-4" aria-hidden /> {t('survey.copyLink')}
          </Button>
        </div>
      </div>
    </Section>
  );
}

type Ask = { surveyId: string; customerId: string; channel: 'phone' | 'link' };

/** Makes a customer's link: on the phone it opens beside the client, else it goes to the clipboard. */
export function useAsk() {
  return useMutation({
    mutationFn: async ({ surveyId, customerId, channel }: Ask) => {
      // A window that opens later than the press is taken for a nuisance, so it opens now and is told where to go then.
      const beside = channel === 'phone' ? window.open('', '_blank') : null;
      try {
        const { url } = await call('inviteCustomer', { params: { id: customerId }, body: { surveyId, channel } });
        if (beside) beside.location.replace(url);
        else await navigator.clipboard.writeText(url);
      } catch (error) {
        beside?.close();
        throw error;
      }
    },
    onSuccess: (_, { channel }) => channel === 'link' && done(t('survey.copied')),
    onError: (error) => failed(problemText(error)),
  });
}
