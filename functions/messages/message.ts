import * as z from 'zod';
import { longestSms } from '../channels/text-parts.ts';
import { CustomerId, MemberId } from '../customers/customer.ts';
import { Attachment, InteractionId } from '../interactions/interaction.ts';
import { CrmError, type FieldError } from '../kernel/errors.ts';
import { Instant, idOf, Language, StoredInstant, text } from '../kernel/values.ts';
import { MailId } from '../mail-in/mail.ts';
import { Send, SendState } from '../runs/send.ts';
import { SenderId } from '../senders/sender.ts';
import { TemplateId } from './template.ts';

/**
 * What a member writes to one customer. The text is as it was when it was written, its variables set in: what was seen is what goes. That it
 * is sent, and only once, is the business of its send. Schema and rules; pure.
 */
export const MessageId = idOf('msg');
const CaseId = idOf('cas');
export const messageChannels = ['email', 'sms'] as const;
export const MessageChannel = z.enum(messageChannels);
export type MessageChannel = z.output<typeof MessageChannel>;

/** So long may it be taken back after it was written. */
export const undoMs = 10_000;
export const mostAttachedBytes = 10 * 1024 * 1024;
const mostAheadMs = 366 * 86_400_000;

const said = {
  channel: MessageChannel.default('email'),
  /** One of hers; her main one when absent. */
  to: z.string().trim().max(254).nullable().default(null),
  subject: text(200).nullable().default(null),
  body: text(20_000),
  language: Language.nullable().default(null),
  senderId: SenderId.nullable().default(null),
  templateId: TemplateId.nullable().default(null),
  attachments: z.array(Attachment).max(10).default([]),
  /** The mail that is answered. */
  answers: MailId.nullable().default(null),
  /** The case on which it is an answer; what comes back lands there. */
  caseId: CaseId.nullable().default(null),
};

export const Message = z
  .strictObject({
    id: MessageId,
    customerId: CustomerId,
    ...said,
    to: z.string().max(254),
    /** What she must have agreed to; null for what she needs to know. */
    topic: z.string().max(40).nullable().default(null),
    /** The survey that it asks, and the answers that would be hers. */
    asks: z
      .strictObject({ surveyId: z.string().max(40), responseId: z.string().max(80) })
      .nullable()
      .default(null),
    /** Who wrote it; null where a rule did. */
    memberId: MemberId.nullable().default(null),
    /** When it is to go. */
    sendAt: StoredInstant,
    /** When to look after it next; null when all is done. */
    lookAt: StoredInstant.nullable().default(null),
    /** Its entry on the timeline, once it was sent. */
    interactionId: InteractionId.nullable().default(null),
    canceledAt: StoredInstant.nullable().default(null),
    createdAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'MessageRow' });
export type Message = z.output<typeof Message>;

export const MessageInput = z
  .strictObject({
    ...said,
    /** In ten seconds when absent, so that it can be taken back. */
    sendAt: Instant.optional(),
  })
  .meta({ id: 'MessageInput' });
export type MessageInput = z.output<typeof MessageInput>;

/** A message with what became of it. */
export const MessageView = Message.omit({ lookAt: true })
  .extend({
    state: z.enum([...SendState.options, 'canceled']),
    reason: Send.shape.reason,
    sentAt: Send.shape.sentAt,
    deliveredAt: Send.shape.deliveredAt,
    openedAt: Send.shape.openedAt,
    clickedAt: Send.shape.clickedAt,
    bounce: Send.shape.bounce,
  })
  .meta({ id: 'Message' });
export type MessageView = z.output<typeof MessageView>;

export function shownMessage({ lookAt: _, ...message }: Message, send: Send | undefined): MessageView {
  const state = message.canceledAt ? 'canceled' : (send?.state ?? 'pending');
  return {
    ...message,
    state,
    reason: send?.reason ?? null,
    sentAt: send?.sentAt ?? null,
    deliveredAt: send?.deliveredAt ?? null,
    openedAt: send?.openedAt ?? null,
    clickedAt: send?.clickedAt ?? null,
    bounce: send?.bounce ?? null,
  };
}

/** What is wrong with a message before it is written: each wrong field at once. */
export function messageErrors(input: MessageInput, now: number): FieldError[] {
  const errors: FieldError[] = [];
  const add = (pointer: string, code: string, detail: string) => errors.push({ pointer, code, detail });
  const { channel, subject, body, attachments, sendAt } = input;
  if (channel === 'email' && subject === null) add('/subject', 'required', 'a mail has a subject');
  if (channel === 'sms' && body.length > longestSms) add('/body', 'too_long', `${longestSms} characters at most`);
  if (channel === 'sms' && attachments.length > 0) add('/attachments', 'not_for_channel', 'a text message has no files');
  if (attachments.reduce((sum, { bytes }) => sum + bytes, 0) > mostAttachedBytes) add('/attachments', 'too_large', '10 MB at most in all');
  const at = sendAt === undefined ? now : Date.parse(sendAt);
  if (at < now - 60_000) add('/sendAt', 'in_past', 'this time is over');
  if (at > now + mostAheadMs) add('/sendAt', 'too_far', 'a year ahead at most');
  return errors;
}

/** Takes a message back that nobody has begun to send. */
export function canceled(message: Message, send: Send, at: string): Message {
  if (message.canceledAt || send.state !== 'pending') throw new CrmError('wrong_state', { detail: 'it is on its way' });
  return { ...message, canceledAt: at, lookAt: null };
}
