import type { Agent } from '../agent.ts';
import { type Customer, primaryOf } from '../customers/customer.ts';
import { sendEntity } from '../runs/send.entity.ts';
import { newSend } from '../runs/send.ts';
import { addressHash } from '../suppressions/suppression.entity.ts';
import type { Action } from '../table/entity.ts';
import { messageEntity, sendPlace } from './message.entity.ts';
import { type Message, type MessageChannel, type MessageInput, undoMs } from './message.ts';

/** The addresses of a customer on a channel, her main one first. A number that does not parse reaches nobody. */
export function addressesOn(channel: MessageChannel, customer: Customer): string[] {
  if (channel === 'email') {
    const main = primaryOf(customer.emails);
    return [...new Set([main, ...customer.emails].flatMap((email) => (email ? [email.address] : [])))];
  }
  const numbers = customer.phones.filter(({ type, e164 }) => (type === 'mobile' || type === 'other') && e164 !== null);
  const main = primaryOf(numbers.filter(({ type }) => type === 'mobile')) ?? primaryOf(numbers);
  return [...new Set([main, ...numbers].flatMap((phone) => (phone?.e164 ? [phone.e164] : [])))];
}

/** Hers among her addresses, in whatever spelling it was said; undefined where it is none of hers. */
export const addressOf = (channel: MessageChannel, customer: Customer, said: string | null): string | undefined =>
  said === null
    ? addressesOn(channel, customer)[0]
    : addressesOn(channel, customer).find((address) => addressHash(channel, address) === addressHash(channel, said));

type Planner = Pick<Agent, 'tenant' | 'stamp' | 'now' | 'iso' | 'newId'>;

/** A message and its send, for somebody's own commit: 6 W. The text is as its reader gets it. */
export function messageActions(
  { tenant, stamp, now, iso, newId }: Planner,
  said: Omit<MessageInput, 'to' | 'caseId'> & {
    customerId: string;
    to: string;
    memberId: string | null;
    caseId?: string | null;
    topic?: string | null;
    /** Where the text has links of its own, which name the message. */
    id?: string;
    asks?: Message['asks'];
  },
): { message: Message; actions: Action[] } {
  const { sendAt = new Date(now + undoMs).toISOString(), caseId = null, ...rest } = said;
  const message: Message = {
    ...rest,
    caseId,
    id: rest.id ?? newId('msg', now),
    sendAt,
    lookAt: sendAt,
    topic: rest.topic ?? null,
    asks: rest.asks ?? null,
    interactionId: null,
    canceledAt: null,
    createdAt: iso,
    version: 1,
  };
  const place = sendPlace(message);
  const send = newSend({ channel: message.channel, hash: place.hash, customerId: message.customerId, dueAt: sendAt });
  return {
    message,
    actions: [...messageEntity.create(tenant, message, message, stamp), ...sendEntity.create(tenant, place, send, stamp)],
  };
}
