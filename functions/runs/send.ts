import * as z from 'zod';
import { CustomerId } from '../customers/customer.ts';
import { CrmError } from '../kernel/errors.ts';
import { StoredInstant } from '../kernel/values.ts';
import { type RunKey, runPart } from './run.ts';

/**
 * The send: one address in one run, or one direct message. Schema and state machine; pure. Its key makes a second one impossible, its
 * hash is the id that the provider gives back. Nobody is written to but by way of `claimed`.
 */
export const sendChannels = ['email', 'sms', 'call', 'letter'] as const;
export const SendChannel = z.enum(sendChannels);
export type SendChannel = z.output<typeof SendChannel>;

export const sendStates = [
  'pending',
  'claimed',
  'sent',
  'delivered',
  'failed',
  'bounced',
  'complained',
  'skipped',
  'unknown',
  'unresolved',
] as const;
export const SendState = z.enum(sendStates);
export type SendState = z.output<typeof SendState>;

/** Why somebody gets nothing. One list for the claim, the dry run and the report. */
export const skipReasons = [
  'no_address',
  'invalid_address',
  'duplicate_address',
  'suppressed',
  'no_consent',
  'consent_withdrawn',
  'bounced',
  'cap_reached',
  'control',
  're_entry',
  'archived',
  'excluded',
  'opted_out_channel',
  'broken_data',
  'run_cancelled',
  'missed',
  'survey_closed',
  'already_answered',
  'cool_down',
  'no_caller',
] as const;
export const SkipReason = z.enum(skipReasons);
export type SkipReason = z.output<typeof SkipReason>;

const when = StoredInstant.nullable().default(null);

export const Send = z
  .strictObject({
    channel: SendChannel,
    /** 132 bits of SHA-256 of the normalised address, as in suppressions; of the customer's id where she has none, or somebody before her has it. */
    hash: z.string().regex(/^[A-Za-z0-9_-]{22,43}$/),
    customerId: CustomerId,
    state: SendState,
    /** Why it was skipped, or the provider's word for why it failed. */
    reason: z.string().max(60).nullable().default(null),
    /** Which text she gets, where there are several. */
    variant: z.string().max(10).nullable().default(null),
    /** That of the text; of control what it would have been. */
    language: z.string().max(35).nullable().default(null),
    /** The parts of the audience that she was in when it was sealed, 0 the first; null where it has but one. */
    parts: z.array(z.int().min(0).max(19)).max(20).nullable().default(null),
    /** In how many parts a text message goes, each of which is billed; null for other channels. */
    billed: z.int().min(1).nullable().default(null),
    /** Calls to the provider, this one included. */
    attempt: z.int().nonnegative().default(0),
    /** Names the claim: only who has it may say what came of it. */
    token: z.string().max(40).nullable().default(null),
    claimedAt: when,
    leaseUntil: when,
    /** Not before. */
    dueAt: when,
    /** The provider's id of the message. */
    messageId: z.string().max(120).nullable().default(null),
    /** When it was decided that she gets none: from then on the goal's days count for control. */
    skippedAt: when,
    sentAt: when,
    deliveredAt: when,
    failedAt: when,
    bouncedAt: when,
    bounce: z.enum(['hard', 'soft']).nullable().default(null),
    complainedAt: when,
    openedAt: when,
    clickedAt: when,
    unsubscribedAt: when,
    version: z.int().positive(),
  })
  .meta({ id: 'SendRow' });
export type Send = z.output<typeof Send>;

/** A claim outlives the function (60 s) and the provider's client (10 s) by far: whoever finds it over knows that nobody is at it. */
export const sendLeaseMs = 150_000;
/** What is left of a function's time when a call to the provider may still begin. */
export const providerMs = 15_000;
/** Longer than the provider's events are ever late: after it what is unknown stays so. */
export const graceMs = 24 * 3_600_000;

export const newSend = (input: Pick<Send, 'channel' | 'hash' | 'customerId'> & Partial<Send>): Send =>
  Send.parse({ state: 'pending', version: 1, ...input });

/** What keeps a run open. UNRESOLVED is recorded and shown, so the run may end with it. */
const unfinished: readonly SendState[] = ['pending', 'claimed', 'unknown'];
export const isUnfinished = (state: SendState) => unfinished.includes(state);

const iso = (time: number) => new Date(time).toISOString();
const refuse = (send: Send, to: SendState): never => {
  throw new CrmError('wrong_state', { from: send.state, to });
};
const free = { token: null, leaseUntil: null } as const;

/** Taken by a sender, who alone may call the provider, until the lease is over. `token` is new for each claim. */
export function claimed(send: Send, { token, now }: { token: string; now: number }): Send {
  if (send.state !== 'pending' || (send.dueAt !== null && Date.parse(send.dueAt) > now)) return refuse(send, 'claimed');
  return {
    ...send,
    state: 'claimed',
    attempt: send.attempt + 1,
    token,
    claimedAt: iso(now),
    leaseUntil: iso(now + sendLeaseMs),
    dueAt: null,
  };
}

/**
 * The provider took it. Whoever called the provider in this claim may say so, also when the sweep came before him: he knows. Unchanged
 * where an event of the provider's has said it before.
 */
export function accepted(send: Send, { token, messageId, now }: { token: string; messageId: string; now: number }): Send {
  if (send.token !== token) return send;
  if (send.state !== 'claimed' && send.state !== 'unknown' && send.state !== 'unresolved') return send;
  return { ...send, ...free, state: 'sent', messageId, sentAt: iso(now) };
}

/** The provider refused it for good. */
export function refused(send: Send, { token, code, now }: { token: string; code: string; now: number }): Send {
  if (send.state !== 'claimed' || send.token !== token) return send;
  return { ...send, ...free, state: 'failed', reason: code.slice(0, 60), failedAt: iso(now) };
}

/** The provider surely did not take it, and may later: throttled, paused. It waits again, and its place below the cap is given back. */
export function putBack(send: Send, { token, dueAt }: { token: string; dueAt: number }): Send {
  if (send.state !== 'claimed' || send.token !== token) return send;
  return { ...send, ...free, state: 'pending', attempt: send.attempt - 1, claimedAt: null, dueAt: iso(dueAt) };
}

/** A claim whose lease is over: nobody knows what came of it. The token stays, for a sender who comes late. */
export function lapsed(send: Send, now: number): Send {
  if (send.state !== 'claimed' || send.leaseUntil === null || Date.parse(send.leaseUntil) > now) return send;
  return { ...send, state: 'unknown', leaseUntil: null };
}

export const unknownPolicies = ['skip', 'retry'] as const;
/** An unknown one whose grace is over: unresolved, or sent again where the campaign says so, which may double. */
export function givenUp(send: Send, { onUnknown, now }: { onUnknown: (typeof unknownPolicies)[number]; now: number }): Send {
  if (send.state !== 'unknown' || now < graceEnd(send)) return send;
  return onUnknown === 'retry' ? again(send) : { ...send, state: 'unresolved' };
}
export const graceEnd = (send: Send) => Date.parse(send.claimedAt ?? iso(0)) + graceMs;

/** The time of its last claim stays: whoever still hears of that one writes the same entry of the timeline, which is named by it. */
const again = (send: Send): Send => ({ ...send, ...free, state: 'pending', dueAt: null });

/** Sent again by hand. Throws `wrong_state` for any other than an unresolved one. */
export const resent = (send: Send): Send => (send.state === 'unresolved' ? again(send) : refuse(send, 'pending'));

/**
 * Not sent, and why. Only what nobody has claimed can be skipped; one that waits again because nobody knows whether it was sent stays
 * unresolved, with the reason why it is not sent again.
 */
export function skipped(send: Send, reason: SkipReason, now: number): Send {
  if (send.state !== 'pending') return refuse(send, 'skipped');
  const variant = reason === 'control' ? 'control' : send.variant;
  return { ...send, ...free, state: send.attempt > 0 ? 'unresolved' : 'skipped', reason, variant, skippedAt: iso(now), dueAt: null };
}

/** Put off to a time that suits. */
export const postponed = (send: Send, dueAt: number): Send =>
  send.state === 'pending' ? { ...send, dueAt: iso(dueAt) } : refuse(send, 'pending');

export const eventKinds = ['sent', 'delivered', 'delayed', 'failed', 'bounced', 'complained', 'opened', 'clicked', 'unsubscribed'] as const;
/** What the provider tells of a message, by our own id. */
export type SendEvent = {
  kind: (typeof eventKinds)[number];
  /** RFC 3339. */
  at: string;
  messageId: string | null;
  bounce?: 'hard' | 'soft';
};

/** Later words of the provider's stand above earlier ones; all of ours stand below the first of his. */
const rank: Partial<Record<SendState, number>> = { sent: 1, delivered: 2, failed: 3, bounced: 4, complained: 5 };
const leads: Partial<Record<SendEvent['kind'], 'sent' | 'delivered' | 'failed' | 'bounced' | 'complained'>> = {
  sent: 'sent',
  delivered: 'delivered',
  delayed: 'sent',
  failed: 'failed',
  bounced: 'bounced',
  complained: 'complained',
  opened: 'sent',
  clicked: 'sent',
  unsubscribed: 'sent',
};
const stamps: Partial<Record<SendEvent['kind'], keyof Send & `${string}At`>> = {
  delivered: 'deliveredAt',
  failed: 'failedAt',
  bounced: 'bouncedAt',
  complained: 'complainedAt',
  opened: 'openedAt',
  clicked: 'clickedAt',
  unsubscribed: 'unsubscribedAt',
};
const earlier = (a: string | null, b: string) => (a !== null && a <= b ? a : b);

/**
 * A send after what the provider tells of it. The same whatever the order in which events come and however often: the state is the
 * highest that was told, each time the earliest. An event proves that the provider took the message, whatever we believed.
 */
export function afterEvent(send: Send, event: SendEvent): Send {
  const state = leads[event.kind];
  if (!state) return send;
  const before = send.state === 'failed' && send.messageId === null ? 0 : (rank[send.state] ?? 0);
  const rises = (rank[state] as number) > before;
  const stamp = stamps[event.kind];
  const next: Send = {
    ...send,
    ...(before === 0 && { ...free, dueAt: null, reason: null, failedAt: null, skippedAt: null }),
    ...(rises && { state }),
    // Whichever event comes first: the claim is the same for all.
    sentAt: before === 0 ? (send.claimedAt ?? event.at) : send.sentAt,
    messageId: send.messageId ?? event.messageId,
    ...(stamp && { [stamp]: earlier(send[stamp] as string | null, event.at) }),
    ...(event.kind === 'bounced' && { bounce: send.bounce === 'hard' ? 'hard' : (event.bounce ?? 'soft') }),
  };
  return Object.keys(next).some((name) => next[name as keyof Send] !== send[name as keyof Send]) ? next : send;
}

/** Where a send stands: in a run's shard, or among the direct messages to a customer. */
export type SendPlace = ({ run: RunKey; shard: number } | { messagesTo: string }) & { channel: SendChannel; hash: string };

/** The provider's tags hold letters, digits, - and _ alone. */
export type SendTags = { tenant: string; run: string; shard: string; send: string };

export const tagsOf = (tenant: string, place: SendPlace): SendTags => ({
  tenant,
  run: 'run' in place ? `${place.run.campaignId}-${place.run.occurrence}` : `to-${place.messagesTo}`,
  shard: 'run' in place ? String(place.shard) : '0',
  send: `${place.channel}-${place.hash}`,
});

/** The send that tags speak of, or undefined for tags that are not ours. */
export function placeOf({ run, shard, send }: Omit<SendTags, 'tenant'>): SendPlace | undefined {
  const [channel, ...rest] = send.split('-');
  const hash = rest.join('-');
  const known = SendChannel.safeParse(channel);
  if (!known.success || !Send.shape.hash.safeParse(hash).success) return undefined;
  const direct = /^to-(cus_[0-9A-Z]{26})$/.exec(run)?.[1];
  if (direct) return { messagesTo: direct, channel: known.data, hash };
  const key = runPart(run);
  const at = Number(shard);
  return key && Number.isInteger(at) && at >= 0 && at < 64 ? { run: key, shard: at, channel: known.data, hash } : undefined;
}
