import * as z from 'zod';
import { StoredInstant } from '../kernel/values.ts';
import { RunKey } from './run.ts';
import { type Send, type SendState, sendStates } from './send.ts';

/** The shard: a part of a run's sends, worked through by one worker at a time; and the run's own progress. Pure. */

const count = z.int().nonnegative();
const when = StoredInstant.nullable().default(null);

/** How many sends are in which state, why those without a message have none, and what the provider told: a recount. */
export const Counts = z
  .strictObject({
    total: count.default(0),
    states: z.partialRecord(z.enum(sendStates), count).default({}),
    reasons: z.record(z.string().max(60), count).default({}),
    /** Accepted by the provider, whatever came after. */
    accepted: count.default(0),
    delivered: count.default(0),
    bounced: count.default(0),
    hardBounced: count.default(0),
    complained: count.default(0),
    opened: count.default(0),
    clicked: count.default(0),
    unsubscribed: count.default(0),
    /** What is billed of messages that were claimed, whatever became of them: of text messages their parts. */
    billed: count.default(0),
  })
  .meta({ id: 'RunCounts' });
export type Counts = z.output<typeof Counts>;

export const noCounts: Counts = Counts.parse({});

type Counted = Pick<
  Send,
  | 'state'
  | 'reason'
  | 'billed'
  | 'sentAt'
  | 'deliveredAt'
  | 'bouncedAt'
  | 'bounce'
  | 'complainedAt'
  | 'openedAt'
  | 'clickedAt'
  | 'unsubscribedAt'
>;

/** Counts one send more, in place: a recount goes over thousands. */
export function count1(counts: Counts, send: Counted): void {
  counts.total++;
  counts.states[send.state] = (counts.states[send.state] ?? 0) + 1;
  if (send.reason && (send.state === 'skipped' || send.state === 'failed'))
    counts.reasons[send.reason] = (counts.reasons[send.reason] ?? 0) + 1;
  if (costly.includes(send.state)) counts.billed += send.billed ?? 1;
  if (send.sentAt) counts.accepted++;
  if (send.deliveredAt) counts.delivered++;
  if (send.bouncedAt) counts.bounced++;
  if (send.bouncedAt && send.bounce === 'hard') counts.hardBounced++;
  if (send.complainedAt) counts.complained++;
  if (send.openedAt) counts.opened++;
  if (send.clickedAt) counts.clicked++;
  if (send.unsubscribedAt) counts.unsubscribed++;
}

/** States in which a message costs something, whatever becomes of it. */
const costly: readonly SendState[] = ['claimed', 'sent', 'delivered', 'bounced', 'complained', 'unknown', 'unresolved'];

/** Messages that were claimed, and what is billed of them. */
export const spentOf = (counts: Counts): { messages: number; billed: number } => {
  const messages = inStates(counts, ...costly);
  // Counts of before tell no parts.
  return { messages, billed: Math.max(messages, counts.billed) };
};

/** What is billed of messages that were claimed or may be yet, in prices of one. */
export const committedOf = (counts: Counts, billedEach: number): number =>
  spentOf(counts).billed + inStates(counts, 'pending') * billedEach;

/** Counts of several shards together. */
export function summed(all: readonly Counts[]): Counts {
  const sum = structuredClone(noCounts);
  const add = (into: Record<string, number>, from: Record<string, number>) => {
    for (const [name, value] of Object.entries(from)) into[name] = (into[name] ?? 0) + value;
  };
  for (const { states, reasons, ...numbers } of all) {
    add(sum as unknown as Record<string, number>, numbers);
    add(sum.states as Record<string, number>, states as Record<string, number>);
    add(sum.reasons, reasons);
  }
  return sum;
}

export const inStates = ({ states }: Counts, ...wanted: SendState[]) => wanted.reduce((sum, state) => sum + (states[state] ?? 0), 0);

export const Shard = z
  .strictObject({
    ...RunKey.shape,
    number: z.int().min(0).max(63),
    /** `idle` until the driver wakes it, `live` while it is worked on, `done` when a walk found nothing unfinished. */
    state: z.enum(['idle', 'live', 'done']),
    /** Who works on it has it until then; the due index finds it by this when he died. */
    leaseUntil: when,
    /** An idle one: when something in it is due. Null: not before the driver releases more. */
    wakeAt: when,
    /** How many of its sends, in the order of their keys, may be sent; in an open run how many messages it may claim. Null for all. */
    released: count.nullable().default(null),
    /** In an open run: how many messages of those have been claimed, or set aside for whoever works on it. */
    claims: count.default(0),
    /** The walk under way: the key it came to, how many sends it passed, what it left unfinished and when the next of that is due. */
    cursor: z.string().max(80).nullable().default(null),
    passed: count.default(0),
    left: count.default(0),
    nextAt: when,
    /** What the last whole walk left unfinished. */
    unfinished: count.default(0),
    version: z.int().positive(),
  })
  .meta({ id: 'ShardRow' });
export type Shard = z.output<typeof Shard>;

/** The counts of one shard, a row of its own: only the driver writes it. */
export const Tally = z
  .strictObject({
    ...RunKey.shape,
    number: z.int().min(0).max(63),
    counts: Counts.default(noCounts),
    /** When the last of those that wait for their moment is due. */
    lastDueAt: when,
    /** When the count began. */
    asOf: StoredInstant,
    /** The shard's version at that moment: whoever works in it writes it before and after. */
    seen: count,
    version: z.int().positive(),
  })
  .meta({ id: 'TallyRow' });
export type Tally = z.output<typeof Tally>;

const countedMs = 50_000;
/**
 * Whether a shard has to be counted: somebody worked in it since, or is at work, or events of the provider's are still to come; the last two
 * once a minute.
 */
export function isStale(shard: Shard, tally: Tally | undefined, now: number): boolean {
  if (!tally) return true;
  const isOld = now - Date.parse(tally.asOf) >= countedMs;
  if (shard.state === 'live') return isOld;
  return tally.seen !== shard.version || (isOld && inStates(tally.counts, 'claimed', 'unknown', 'sent') > 0);
}

/** How long a worker has a shard without a sign of progress: longer than his function runs. */
export const shardLeaseMs = 90_000;

const iso = (time: number) => new Date(time).toISOString();
const earliest = (a: string | null, b: string | null): string | null => (a === null ? b : b === null || a <= b ? a : b);

/** Whether a worker may take the shard up. `turn` is the version that a hint names: its own, or nobody's work any more. */
export const isFree = ({ state, leaseUntil }: Pick<Shard, 'state' | 'leaseUntil'>, now: number) =>
  state === 'live' && (leaseUntil === null || Date.parse(leaseUntil) <= now);

/** Told to be worked on, from its beginning. The lease is over at once, so that the first worker takes it and the sweep finds a lost hint. */
export const woken = (shard: Shard, now: number, released: number | null = shard.released): Shard => ({
  ...shard,
  state: 'live',
  leaseUntil: iso(now),
  wakeAt: null,
  released,
  cursor: null,
  passed: 0,
  left: 0,
  nextAt: null,
});

/** Taken by a worker; in an open run with so many messages set aside for him, before he claims any. */
export const taken = (shard: Shard, now: number, aside = 0): Shard => ({
  ...shard,
  leaseUntil: iso(now + shardLeaseMs),
  claims: shard.claims + aside,
});

/** How many messages more a shard of an open run may claim; null for any number. */
export const roomIn = ({ released, claims }: Pick<Shard, 'released' | 'claims'>): number | null =>
  released === null ? null : Math.max(0, released - claims);

/** Put down in the middle, since the run stands still: woken again when it goes on. */
export const laidDown = (shard: Shard, now: number): Shard => ({
  ...shard,
  state: 'idle',
  leaseUntil: null,
  wakeAt: iso(now),
  cursor: null,
  passed: 0,
  left: 0,
  nextAt: null,
});

/** What a worker saw of a stretch of the shard; at the end of its walk there is no cursor. */
export type Walked = { cursor: string | null; passed: number; left: number; nextAt: string | null };

/** A stretch further; at the end of the walk the shard rests until the next thing in it is due, or is done. */
export function walked(shard: Shard, { cursor, passed, left, nextAt }: Walked, now: number): Shard {
  const sum = {
    ...shard,
    cursor,
    passed: shard.passed + passed,
    left: shard.left + left,
    nextAt: earliest(shard.nextAt, nextAt),
  };
  if (cursor !== null) return { ...sum, leaseUntil: iso(now) };
  const rested = { ...sum, leaseUntil: null, passed: 0, left: 0, nextAt: null, unfinished: sum.left };
  if (sum.left === 0 && shard.released === null) return { ...rested, state: 'done', wakeAt: null };
  return { ...rested, state: 'idle', wakeAt: sum.nextAt };
}

/** The run's own hand: how far its snapshot came, and when the driver looks again. It changes often and is nobody's history. */
export const Progress = z
  .strictObject({
    ...RunKey.shape,
    /** The audience's cursor, in its reader's own words. */
    cursor: z.string().max(4_000).nullable().default(null),
    examined: count.default(0),
    matched: count.default(0),
    /** The whole audience was read; the shards are counted from here on. */
    read: z.boolean().default(false),
    /** How many shards were made. */
    sealed: count.default(0),
    leaseUntil: when,
    /** When the driver looks at the run again; null when it is over. */
    wakeAt: when,
    /** Messages a second that the provider took when the driver asked last. */
    perSecond: z.number().nonnegative().nullable().default(null),
    /** How often it was looked at since it ended or stands still. */
    aftercare: count.default(0),
    /** What the guards knew when a member let the run go on: they judge what came after it. */
    excused: z.strictObject({ accepted: count, failed: count, bounced: count, complained: count }).nullable().default(null),
    /** A member let it go on since the last look. */
    resumed: z.boolean().default(false),
    version: z.int().positive(),
  })
  .meta({ id: 'RunProgressRow' });
export type Progress = z.output<typeof Progress>;

/** How long a driver has a run without a sign of progress. */
export const driverLeaseMs = 90_000;

export const isUndriven = ({ leaseUntil }: Progress, now: number) => leaseUntil === null || Date.parse(leaseUntil) <= now;

export const driven = (progress: Progress, now: number): Progress => ({ ...progress, leaseUntil: iso(now + driverLeaseMs) });

/** Put down until `wakeAt`, in milliseconds; for good where there is none. */
export const rested = (progress: Progress, wakeAt: number | null): Progress => ({
  ...progress,
  leaseUntil: null,
  wakeAt: wakeAt === null ? null : iso(wakeAt),
});

const lookMs = 60_000;
const pouringMs = 600_000;
/** After its end a run is counted less and less often, since bounces, opens and clicks still come in; then it stays as it is. */
const aftercareMs = [0, lookMs, pouringMs, 3_600_000, 6 * 3_600_000, 24 * 3_600_000, 3 * 24 * 3_600_000, 7 * 24 * 3_600_000];
export const aftercareAt = ({ aftercare }: Pick<Progress, 'aftercare'>, endedAt: number): number | null => {
  const delay = aftercareMs[aftercare];
  return delay === undefined ? null : endedAt + delay;
};

/**
 * The progress after one more look at a run that ended or stands still, and when the next is due: while deliveries still pour in, a minute
 * later, in its first ten minutes.
 */
export function looked(progress: Progress, { changed, endedAt, now }: { changed: boolean; endedAt: number; now: number }) {
  if (changed && now - endedAt < pouringMs) return { progress, wakeAt: now + lookMs };
  const next = { ...progress, aftercare: progress.aftercare + 1 };
  return { progress: next, wakeAt: aftercareAt(next, endedAt) };
}
