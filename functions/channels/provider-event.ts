import * as z from 'zod';
import { isoOf } from '../kernel/clock.ts';
import type { SendTags } from './outcome.ts';

/**
 * What became of a message, in one form for every provider. `sent`: the provider took it. `delivered`: the reader's server or carrier did.
 * `bounced`: nobody did; hard, where nobody ever will. `failed`: the provider took it and dropped it (a virus, a template without data,
 * a text that may not be sent). `delayed`: it still tries.
 */
export type ProviderEvent = {
  channel: 'email' | 'sms';
  kind: 'sent' | 'delivered' | 'bounced' | 'complained' | 'opened' | 'clicked' | 'failed' | 'delayed';
  /** When it happened, RFC 3339 in UTC. */
  at: string;
  /** The provider's id of the message, as its answer to the call gave it. */
  messageId: string;
  tags: SendTags;
  bounce?: 'hard' | 'soft';
  /** Of a click: where to. */
  link?: string;
  /** In the provider's own word. */
  code?: string;
};

const Tag = z.string().min(1).max(256);
const Tags = z.object({ tenant: Tag, run: Tag, shard: Tag, send: Tag });
const Moment = z.object({ timestamp: z.string() });
const listed = z.array(Tag).min(1);

/** An event of an SES configuration set, as far as it is read here. */
const SesEvent = z.object({
  eventType: z.string(),
  mail: z.object({ timestamp: z.string(), messageId: z.string().min(1).max(256), tags: z.record(z.string(), listed) }),
  bounce: Moment.extend({ bounceType: z.string(), bounceSubType: z.string().optional() }).optional(),
  complaint: Moment.extend({ complaintFeedbackType: z.string().nullish() }).optional(),
  delivery: Moment.optional(),
  open: Moment.optional(),
  click: Moment.extend({ link: z.string().max(8_192).optional() }).optional(),
  deliveryDelay: Moment.extend({ delayType: z.string().optional() }).optional(),
  reject: z.object({ reason: z.string().optional() }).optional(),
  failure: z.object({ errorMessage: z.string().optional() }).optional(),
});
type SesEvent = z.output<typeof SesEvent>;

type Told = Pick<ProviderEvent, 'kind' | 'bounce' | 'link' | 'code'> & { timestamp: string };

/** By SES's own names of events. A complaint of "this is no spam" is none. */
const mails: Record<string, (event: SesEvent) => Told | undefined> = {
  Send: ({ mail }) => ({ kind: 'sent', timestamp: mail.timestamp }),
  Delivery: ({ delivery }) => delivery && { kind: 'delivered', timestamp: delivery.timestamp },
  Bounce: ({ bounce }) =>
    bounce && {
      kind: 'bounced',
      bounce: bounce.bounceType === 'Permanent' ? 'hard' : 'soft',
      timestamp: bounce.timestamp,
      ...(bounce.bounceSubType && { code: bounce.bounceSubType }),
    },
  Complaint: ({ complaint }) =>
    complaint && complaint.complaintFeedbackType !== 'not-spam' ? { kind: 'complained', timestamp: complaint.timestamp } : undefined,
  Open: ({ open }) => open && { kind: 'opened', timestamp: open.timestamp },
  Click: ({ click }) => click && { kind: 'clicked', timestamp: click.timestamp, ...(click.link && { link: click.link }) },
  Reject: ({ mail, reject }) => ({ kind: 'failed', timestamp: mail.timestamp, code: reject?.reason ?? 'Reject' }),
  'Rendering Failure': ({ mail }) => ({ kind: 'failed', timestamp: mail.timestamp, code: 'RenderingFailure' }),
  DeliveryDelay: ({ deliveryDelay }) =>
    deliveryDelay && {
      kind: 'delayed',
      timestamp: deliveryDelay.timestamp,
      ...(deliveryDelay.delayType && { code: deliveryDelay.delayType }),
    },
};

/** An event of AWS End User Messaging for a text message; times in milliseconds. */
const SmsEvent = z.object({
  eventType: z.string().startsWith('TEXT_'),
  eventTimestamp: z.number().int().positive(),
  messageId: z.string().min(1).max(256),
  context: z.record(z.string(), z.string()),
});

/** A carrier that says nothing within 72 hours makes the message `UNKNOWN`: it was sent, and no more is known. */
const texts: Record<string, Pick<ProviderEvent, 'kind' | 'bounce'>> = {
  TEXT_QUEUED: { kind: 'sent' },
  TEXT_SENT: { kind: 'sent' },
  TEXT_PENDING: { kind: 'sent' },
  TEXT_SUCCESSFUL: { kind: 'sent' },
  TEXT_UNKNOWN: { kind: 'sent' },
  TEXT_DELIVERED: { kind: 'delivered' },
  TEXT_INVALID: { kind: 'bounced', bounce: 'hard' },
  TEXT_BLOCKED: { kind: 'bounced', bounce: 'hard' },
  TEXT_UNREACHABLE: { kind: 'bounced', bounce: 'soft' },
  TEXT_CARRIER_UNREACHABLE: { kind: 'bounced', bounce: 'soft' },
  TEXT_CARRIER_BLOCKED: { kind: 'bounced', bounce: 'soft' },
  TEXT_TTL_EXPIRED: { kind: 'bounced', bounce: 'soft' },
  TEXT_SPAM: { kind: 'failed' },
  TEXT_INVALID_MESSAGE: { kind: 'failed' },
  TEXT_PROTECT_BLOCKED: { kind: 'failed' },
};

const momentOf = (text: string): string | undefined => {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : isoOf(time);
};

function mailEvent({ eventType, mail, ...rest }: SesEvent): ProviderEvent | undefined {
  const told = Object.hasOwn(mails, eventType) ? mails[eventType]?.({ eventType, mail, ...rest }) : undefined;
  // What was not sent for a row of ours, such as an invitation by the sign-in service, has no such tags.
  const tags = Tags.safeParse(Object.fromEntries(Object.entries(mail.tags).map(([name, [value]]) => [name, value])));
  const at = told && momentOf(told.timestamp);
  if (!told || !tags.success || !at) return undefined;
  const { timestamp: _, ...what } = told;
  return { channel: 'email', ...what, at, messageId: mail.messageId, tags: tags.data };
}

function smsEvent({ eventType, eventTimestamp, messageId, context }: z.output<typeof SmsEvent>): ProviderEvent | undefined {
  const what = Object.hasOwn(texts, eventType) ? texts[eventType] : undefined;
  const tags = Tags.safeParse(context);
  if (!what || !tags.success) return undefined;
  return { channel: 'sms', ...what, at: isoOf(eventTimestamp), messageId, tags: tags.data, code: eventType };
}

/** What a provider told, from the text of its notification; undefined for what is no news of a message of ours. */
export function providerEventOf(message: string): ProviderEvent | undefined {
  let told: unknown;
  try {
    told = JSON.parse(message);
  } catch {
    return undefined;
  }
  const mail = SesEvent.safeParse(told);
  if (mail.success) return mailEvent(mail.data);
  const sms = SmsEvent.safeParse(told);
  return sms.success ? smsEvent(sms.data) : undefined;
}
