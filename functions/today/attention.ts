import * as z from 'zod';
import { Channel, CustomerId, MemberId } from '../customers/customer.ts';
import { type Interaction, InteractionId, isUnanswered } from '../interactions/interaction.ts';
import { StoredInstant } from '../kernel/values.ts';

/** What of a customer waits for us: a complaint, a reply, a promise. Derived from her timeline; schema and rules, pure. */
export const matters = ['complaint', 'reply', 'promise'] as const;

export const Matter = z.strictObject({
  kind: z.enum(matters),
  interactionId: InteractionId,
  at: StoredInstant,
  channel: Channel,
  subject: z.string().nullable().default(null),
});
export type Matter = z.output<typeof Matter>;

export const Attention = z.strictObject({
  customerId: CustomerId,
  ownerId: MemberId.nullable().default(null),
  /** At most one of each kind, the oldest. */
  matters: z.array(Matter).default([]),
  /** Since when somebody waits for the first answer, whether one is planned or not. */
  waitingSince: StoredInstant.nullable().default(null),
});
export type Attention = z.output<typeof Attention>;

/** How quickly an answer came: the time from the first thing that came in since our last answer to what went out then. */
export type Response = { interactionId: string; memberId: string; at: string; minutes: number };

/** Older things wait no more: whoever imports years of mail is not asked to answer it. */
export const attentionDays = 60;

/** Ways on which somebody who wrote waits for an answer. A call that came in was answered by being taken. */
const written = new Set(['email', 'web', 'chat', 'sms', 'letter', 'fax']);
const isClosed = ({ outcome }: Interaction) => outcome === 'answered' || outcome === 'resolved';
const waits = (one: Interaction) =>
  one.direction === 'in' && !isClosed(one) && (one.reason === 'complaint' || written.has(one.channel) || one.outcome === 'no_answer');
/** Somebody has seen to it: an answer is noted, a next step is planned, or the complaint has a case, which waits by itself. */
const isHandled = ({ answeredAt, nextStepId, reason, caseId }: Interaction) =>
  answeredAt !== null || nextStepId !== null || (reason === 'complaint' && Boolean(caseId));

const oldestFirst = (a: Interaction, b: Interaction) =>
  a.occurredAt < b.occurredAt || (a.occurredAt === b.occurredAt && a.id < b.id) ? -1 : 1;

const matter = (kind: Matter['kind'], { id, occurredAt, channel, subject }: Interaction): Matter => ({
  kind,
  interactionId: id,
  at: occurredAt,
  channel,
  subject,
});

/** What waits, of a customer's newest interactions in any order. Archived ones do not count. */
export function mattersOf(interactions: readonly Interaction[]): Matter[] {
  const live = interactions.filter(({ archivedAt }) => archivedAt === null).sort(oldestFirst);
  const lastOut = live.findLast(({ direction }) => direction === 'out')?.occurredAt ?? null;
  const complaint = live.find((one) => isUnanswered(one, lastOut) && !isClosed(one) && !isHandled(one));
  const reply = live.find((one) => waits(one) && !isHandled(one) && (lastOut === null || lastOut <= one.occurredAt));
  const promise = live.find((one) => one.outcome === 'promised' && !isHandled(one) && (lastOut === null || lastOut <= one.occurredAt));
  return [
    ...(complaint ? [matter('complaint', complaint)] : []),
    // Whoever answers the complaint answers what else she wrote.
    ...(reply && !complaint ? [matter('reply', reply)] : []),
    ...(promise && promise.id !== complaint?.id && promise.id !== reply?.id ? [matter('promise', promise)] : []),
  ];
}

/** Who answered how quickly, and since when somebody waits now. */
export function responsesOf(interactions: readonly Interaction[]): { responses: Response[]; waitingSince: string | null } {
  const responses: Response[] = [];
  let waitingSince: string | null = null;
  for (const one of interactions.filter(({ archivedAt }) => archivedAt === null).sort(oldestFirst)) {
    if (waits(one)) waitingSince ??= one.occurredAt;
    // What no member sent is no answer.
    if (one.direction !== 'out' || !one.memberId || waitingSince === null) continue;
    const minutes = Math.round((Date.parse(one.occurredAt) - Date.parse(waitingSince)) / 60_000);
    responses.push({ interactionId: one.id, memberId: one.memberId, at: one.occurredAt, minutes });
    waitingSince = null;
  }
  return { responses, waitingSince };
}
