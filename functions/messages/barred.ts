import type { Consent, Customer } from '../customers/customer.ts';
import type { SkipReason } from '../runs/send.ts';
import { bars, type Suppression } from '../suppressions/suppression.ts';
import type { Message } from './message.ts';
import { addressOf } from './plan.ts';

/** Whether it is what she needs to know. A question is nothing of the kind. */
export const isNeeded = ({ topic, asks }: Partial<Pick<Message, 'topic' | 'asks'>>): boolean => !topic && !asks;

type Barring = Pick<Message, 'channel' | 'to'> & Partial<Pick<Message, 'topic' | 'asks'>>;

/**
 * Why a message may not go to her now; undefined where it may. Preferences for news do not hold what she needs to know; suppressions do. A
 * question is nothing that she needs: whoever wants no messages, or none for a while, is not asked. `consent` is that of the message's topic.
 */
export function barredBecause(
  message: Barring,
  known: { customer: Customer | undefined; suppression: Suppression | undefined; consent: Consent | undefined; now?: number },
): SkipReason | undefined {
  const { customer, suppression, consent, now = 0 } = known;
  if (!customer || customer.archivedAt) return 'archived';
  const address = addressOf(message.channel, customer, message.to);
  if (address === undefined) return 'no_address';
  const email = customer.emails.find((one) => one.address === address);
  if (message.channel === 'email' && email?.state === 'bounced') return 'bounced';
  if (message.channel === 'email' && email?.state === 'complained') return 'suppressed';
  const needed = isNeeded(message);
  const held = suppression && heldBy(suppression, needed);
  if (held) return held;
  if (!needed && Date.parse(customer.preferences.pausedUntil ?? '') > now) return 'opted_out_channel';
  if (message.topic && !consent) return 'no_consent';
  return consent?.status === 'withdrawn' ? 'consent_withdrawn' : undefined;
}

/** Why an address may not be written to. Whoever wants no messages still gets what she needs to know. */
export function heldBy(suppression: Suppression, needed: boolean): SkipReason | undefined {
  if (!bars(suppression)) return undefined;
  if (suppression.reason === 'unsubscribe_all') return needed ? undefined : 'opted_out_channel';
  return suppression.reason === 'hard_bounce' ? 'bounced' : 'suppressed';
}
