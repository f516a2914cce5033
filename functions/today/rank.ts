import type { FollowUp } from '../followups/follow-up.ts';
import type { Matter } from './attention.ts';

/** What the place of something in the queue is made of, and the sentence that says why. */
export type Terms = {
  kind: 'followUp' | 'case' | Matter['kind'];
  /** When it is late: a follow-up when it is due, the rest by what an answer may take. RFC 3339 in UTC. */
  lateAt: string;
  /** A whole day, of which only the day is said: `2026-12-01`. */
  day: string | null;
  /** When it came in or was promised; of a follow-up when it is due. */
  since: string;
  channel: string | null;
  /** Minutes until it is late; below zero since when it is. */
  minutesToBreach: number;
  /** We said that we would, or somebody complained, and the time has passed. */
  promiseBroken: boolean;
  /** 0 to 5: one for each order on the timeline, and one for a customer who is active. */
  worth: number;
  /** Days since anything happened with the customer; null where nothing ever did, or there is none. */
  silenceDays: number | null;
  priority: FollowUp['priority'];
};

/** One part of the sentence: which words, and what stands in them. The client says it in the reader's language. */
export type Reason = { code: string; values: Record<string, string | number> };

/** What an answer may take, in hours, until a service level says otherwise. */
export const answerHours = { complaint: 24, reply: 24, promise: 48 } as const;

const silent = 60;
const priorities = { low: -8, normal: 0, high: 12 };

/**
 * The place in the queue: the higher, the sooner. What is late counts 50 and 4 for each doubling of the hours, 70 at most; what is not
 * yet late half as much for every eight hours that are left. A broken promise counts 25, worth up to 10, silence up to 10 at half a year.
 */
export function rankOf({ minutesToBreach, promiseBroken, worth, silenceDays, priority }: Terms): number {
  const hours = minutesToBreach / 60;
  const urgency = hours <= 0 ? 50 + Math.min(20, 4 * Math.log2(1 - hours)) : 50 * 2 ** (-hours / 8);
  const silence = Math.min(silenceDays ?? 0, 180) / 18;
  const sum = urgency + (promiseBroken ? 25 : 0) + worth * 2 + silence + priorities[priority];
  return Math.round(sum * 1_000) / 1_000;
}

/** Why it is there, the first part what it is, from the same terms. */
export function reasonsOf(terms: Terms): Reason[] {
  return [
    whatOf(terms),
    ...(terms.silenceDays !== null && terms.silenceDays >= silent ? [{ code: 'silence', values: { days: terms.silenceDays } }] : []),
    ...(terms.priority === 'high' ? [{ code: 'high', values: {} }] : []),
    ...(terms.worth >= 4 ? [{ code: 'worth', values: {} }] : []),
  ];
}

function whatOf({ kind, minutesToBreach, promiseBroken, since, lateAt, day, channel }: Terms): Reason {
  const late = minutesToBreach < 0;
  if (kind === 'followUp') {
    if (day !== null) return { code: late ? 'dayOver' : 'day', values: { day } };
    const values = { at: since, ...(channel && { channel }) };
    if (late && promiseBroken) return { code: channel ? 'promisedChannel' : 'promisedThen', values };
    return { code: late ? 'overdue' : 'due', values };
  }
  if (kind === 'case') return { code: late ? 'caseLate' : 'case', values: { since, lateAt } };
  const values = { since, channel: channel ?? 'other', lateAt };
  if (kind === 'complaint') return { code: late ? 'complaintLate' : 'complaint', values };
  if (kind === 'reply') return { code: late ? 'replyLate' : 'reply', values };
  return { code: late ? 'promiseBroken' : 'promise', values };
}
