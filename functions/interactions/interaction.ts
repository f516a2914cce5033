import * as z from 'zod';
import { Channel, CustomerId, MemberId } from '../customers/customer.ts';
import { CrmError } from '../kernel/errors.ts';
import { Instant, InstantOfId, idOf, StoredInstant, text } from '../kernel/values.ts';
import { chatVias, directions, outcomes, reasons } from './kinds.ts';

/** Something that happened with a customer: channel, direction, time, reason, outcome; never in the future. Schema and rules; pure. */
export const InteractionId = idOf('int');
export const AttachmentId = idOf('att');

export const maxAttachmentBytes = 25 * 1024 * 1024;

export const Attachment = z.strictObject({
  id: AttachmentId,
  name: text(200),
  bytes: z.int().min(1).max(maxAttachmentBytes),
  type: z.string().regex(/^[\w.+-]{1,60}\/[\w.+-]{1,100}$/, 'a media type such as image/jpeg'),
});
export type Attachment = z.output<typeof Attachment>;

const fields = {
  channel: Channel,
  /** Which messenger, for channel chat. */
  via: z.enum(chatVias).nullable().default(null),
  /** The source's own word for the channel, for channel other. */
  sourceWord: text(60).nullable().default(null),
  direction: z.enum(directions).default('none'),
  reason: z.enum(reasons).default('other'),
  durationSeconds: z.int().min(0).max(604_800).nullable().default(null),
  subject: text(200).nullable().default(null),
  body: text(20_000).nullable().default(null),
  outcome: z.enum(outcomes).default('none'),
  answeredAt: StoredInstant.nullable().default(null),
  attachments: z.array(Attachment).max(10).default([]),
};

export const Interaction = z
  .strictObject({
    id: InteractionId,
    customerId: CustomerId,
    ...fields,
    occurredAt: StoredInstant,
    memberId: MemberId.nullable().default(null),
    /** The follow-up that was done by it. */
    followUpId: z.string().max(40).nullable().default(null),
    /** The mail that came in, or the message that went out, of which this tells. */
    mailId: z.string().max(40).nullable().default(null),
    /** The answers to a survey of which this tells. */
    responseId: z.string().max(80).nullable().default(null),
    /** The follow-up that was planned from it. */
    nextStepId: z.string().max(40).nullable().default(null),
    /** The case that it belongs to. */
    caseId: z.string().max(40).nullable().default(null),
    archivedAt: StoredInstant.nullable().default(null),
    version: z.int().positive(),
  })
  .meta({ id: 'Interaction' });
export type Interaction = z.output<typeof Interaction>;

/** No follow-up was done by it, none was planned from it, and it belongs to no case. */
export const unlinked = { followUpId: null, nextStepId: null, mailId: null, responseId: null, caseId: null };

export const InteractionInput = z
  .strictObject({
    ...fields,
    answeredAt: Instant.nullable().default(null),
    /** Made by a client that may be offline for longer than a day; its time must be that of `occurredAt`. */
    id: InteractionId.optional(),
    /** Now, when absent. */
    occurredAt: InstantOfId.optional(),
    /** The caller, when absent. */
    memberId: MemberId.nullable().optional(),
  })
  .meta({ id: 'InteractionInput' });
export type InteractionInput = z.output<typeof InteractionInput>;

/** Everything but when and with whom it happened: those cannot change (log again, archive the old one). */
export const InteractionPatch = z
  .strictObject({
    channel: Channel,
    via: z.enum(chatVias).nullable(),
    sourceWord: text(60).nullable(),
    direction: z.enum(directions),
    reason: z.enum(reasons),
    durationSeconds: z.int().min(0).max(604_800).nullable(),
    subject: text(200).nullable(),
    body: text(20_000).nullable(),
    outcome: z.enum(outcomes),
    answeredAt: Instant.nullable(),
    attachments: z.array(Attachment).max(10).nullable(),
  })
  .partial()
  .meta({ id: 'InteractionPatch' });
export type InteractionPatch = z.output<typeof InteractionPatch>;

/** An interaction as a timeline shows it. */
export const TimelineInteraction = Interaction.extend({
  /** A complaint from outside that nobody has answered: no interaction went out after it, and no answer is noted. */
  unanswered: z.boolean(),
  /** Of a campaign's message: whose run it was. Nobody changes it. */
  campaign: z.strictObject({ campaignId: z.string(), occurrence: z.string() }).nullable().default(null),
}).meta({ id: 'TimelineInteraction' });
export type TimelineInteraction = z.output<typeof TimelineInteraction>;

/** What a customer's interactions come to, derived from the table's stream. */
export const Activity = z
  .strictObject({
    interactions: z.int().nonnegative(),
    lastInteractionAt: StoredInstant.nullable(),
    lastInboundAt: StoredInstant.nullable(),
    lastOutboundAt: StoredInstant.nullable(),
    byChannel: z.partialRecord(Channel, z.int().nonnegative()),
  })
  .meta({ id: 'Activity' });
export type Activity = z.output<typeof Activity>;

/** An inbound complaint stays unanswered until something went out after it, or an answer is noted. `lastOutboundAt` is the customer's newest. */
export function isUnanswered(interaction: Interaction, lastOutboundAt: string | null): boolean {
  if (interaction.reason !== 'complaint' || interaction.direction !== 'in' || interaction.archivedAt) return false;
  return interaction.answeredAt === null && (lastOutboundAt === null || lastOutboundAt <= interaction.occurredAt);
}

/** Refuses what cannot have happened: anything in the future, an answer before its question, a messenger on another channel than chat. */
export function checked(interaction: Interaction, now: number): Interaction {
  const errors = [];
  if (Date.parse(interaction.occurredAt) > now + 60_000)
    errors.push({ pointer: '/occurredAt', code: 'in_future', detail: 'an interaction has happened; plan a follow-up instead' });
  if (interaction.via && interaction.channel !== 'chat')
    errors.push({ pointer: '/via', code: 'not_for_channel', detail: 'a messenger goes with the channel chat' });
  if (interaction.answeredAt && Date.parse(interaction.answeredAt) > now + 60_000)
    errors.push({ pointer: '/answeredAt', code: 'in_future', detail: 'an answer has been given' });
  if (interaction.answeredAt && interaction.answeredAt < interaction.occurredAt)
    errors.push({ pointer: '/answeredAt', code: 'before_it_happened', detail: 'an answer comes after the interaction' });
  if (errors.length) throw new CrmError('invalid_input', { errors });
  return interaction;
}
