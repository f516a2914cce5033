import type { Sending } from '../admin/sending.ts';
import type { PauseReason } from './run.ts';
import { type Counts, inStates, type Shard, spentOf, type Tally } from './shard.ts';

/** What the driver lets go: as much as the budget covers, a few shards at a time, as long as no guard says stop. Pure. */

/** Shards of one run that are worked on at once: enough for the provider's rate, few enough that others have their turn. */
export function lanesFor(perSecond: number | null): number {
  return Math.max(1, Math.min(8, Math.ceil((perSecond ?? 200) / 25)));
}

export type Seen = { shard: Shard; tally: Tally | undefined };

const skippedIn = (tally: Tally | undefined) => (tally ? inStates(tally.counts, 'skipped') : 0);
const totalOf = (tally: Tally | undefined) => tally?.counts.total ?? 0;
/** Messages that cost something whatever becomes of them. */
export const spentIn = (tally: Tally | undefined) => (tally ? spentOf(tally.counts).messages : 0);

/** The most that a shard's released sends can cost: all of them while somebody works on it, else what was sent and what is left. */
function committed({ shard, tally }: Seen): number {
  if (shard.released === null) return totalOf(tally) - skippedIn(tally);
  if (shard.released === 0) return spentIn(tally);
  return shard.state === 'live' ? shard.released : Math.min(shard.released, spentIn(tally) + shard.unfinished);
}

export type Wake = { number: number; released: number | null };
/** Which shards begin or go on, and whether the budget is all that holds the rest back. */
export type Release = { wake: Wake[]; exhausted: boolean };

/** Nobody works on it, and somebody waits in it whom no walk has seen: she joined since, or was to be sent again. */
const isForgotten = ({ shard, tally }: Seen) => shard.state === 'done' && tally !== undefined && inStates(tally.counts, 'pending') > 0;

/** What the budget covers of this run, in messages, null for any number; the time in milliseconds. */
export type Means = { covered: number | null; lanes: number; now: number };

export function releases(seen: readonly Seen[], { covered, lanes, now }: Means): Release {
  let free = lanes - seen.filter(({ shard }) => shard.state === 'live').length;
  let left = covered === null ? Number.POSITIVE_INFINITY : covered - seen.reduce((sum, one) => sum + committed(one), 0);
  const wake: Wake[] = [];
  let held = 0;
  for (const { shard, tally } of seen) {
    if (shard.state !== 'idle' && !isForgotten({ shard, tally })) continue;
    const isDue = shard.state === 'done' || (shard.wakeAt !== null && Date.parse(shard.wakeAt) <= now);
    const grant = shard.released === null ? null : granted(shard, tally, left);
    const isMore = shard.released !== null && grant !== shard.released;
    if (shard.released !== null && !isMore) held++;
    if (free <= 0 || !(isDue || isMore)) continue;
    if (isMore) left -= costOf(shard, tally, grant);
    wake.push({ number: shard.number, released: grant });
    free--;
  }
  const busy = wake.length > 0 || seen.some(({ shard }) => shard.state === 'live' || (shard.state === 'idle' && shard.wakeAt !== null));
  return { wake, exhausted: held > 0 && !busy };
}

/** How far a shard may go: to its end where what is left covers it, else so many sends further. */
function granted(shard: Shard, tally: Tally | undefined, left: number): number | null {
  const released = shard.released ?? 0;
  if (costOf(shard, tally, null) <= left) return null;
  return released + Math.max(0, Math.floor(left));
}

/** What it may cost more to let a shard go so far. */
function costOf(shard: Shard, tally: Tally | undefined, grant: number | null): number {
  const released = shard.released ?? 0;
  if (grant !== null) return grant - released;
  return totalOf(tally) - skippedIn(tally) - committed({ shard, tally });
}

type Judged = { accepted: number; failed: number; bounced: number; complained: number };
export const judged = (counts: Counts): Judged => ({
  accepted: counts.accepted,
  failed: inStates(counts, 'failed'),
  bounced: counts.bounced,
  complained: counts.complained,
});

/** The guard that stops a run, or null. Shares act from so many messages on; `excused` is what a member knew when he let it go on. */
export function guard(counts: Counts, excused: Judged | null, guards: Sending['guards']): PauseReason | null {
  const all = judged(counts);
  const since = (name: keyof Judged) => all[name] - (excused?.[name] ?? 0);
  const [accepted, failed] = [since('accepted'), since('failed')];
  const over = (part: number, whole: number, percent: number) => part * 100 > whole * percent;
  if (accepted >= guards.complaintFrom && over(since('complained'), accepted, guards.complaintPercent)) return 'complaints';
  if (accepted >= guards.bounceFrom && over(since('bounced'), accepted, guards.bouncePercent)) return 'bounces';
  const tried = accepted + failed;
  return tried >= guards.errorFrom && over(failed, tried, guards.errorPercent) ? 'errors' : null;
}
