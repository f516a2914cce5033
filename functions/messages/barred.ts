import type { Consent, Customer } from '../customers/customer.ts';
import type { SkipReason } from '../runs/send.ts';
import { bars, type Suppression } from '../suppressions/suppression.ts';
import type { Message } from './message.ts';
import { addressOf } from './plan.ts';

/** Why a message may not go to her now; undefined where it may. Preferences for news do not hold what she needs to know; suppressions do. */
export function barredBecause(
  message: Pick<Message, 'channel' | 'to'>,
  known: { customer: Customer | undefined; suppression: Suppression | undefined; consent: Consent | undefined },
): SkipReason | undefined {
  const { customer, suppression, consent } = known;
  if (!customer || customer.archivedAt) return 'archived';
  const address = addressOf(message.channel, customer, message.to);
  if (address === undefined) return 'no_address';
  const email = customer.emails.find((one) => one.address === address);
  if (message.channel === 'email' && email?.state === 'bounced') return 'bounced';
  if (message.channel === 'email' && email?.state === 'complained') return 'suppressed';
  if (suppression && bars(suppression) && suppression.reason !== 'unsubscribe_all')
    return suppression.reason === 'hard_bounce' ? 'bounced' : 'suppressed';
  return consent?.status === 'withdrawn' ? 'consent_withdrawn' : undefined;
}
