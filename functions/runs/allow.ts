import { type Means, type Seen, spentIn } from './release.ts';
import { inStates, roomIn, type Shard } from './shard.ts';

/**
 * What the shards of an open run may claim. Customers join it wherever their addresses fall, so no stretch of keys can be released as in a
 * run whose audience is read: each shard may claim so many messages, the next ones too whom nobody knows yet, and all of them together no
 * more than the budget covers. Pure.
 */

/** A shard's new means, and whether it is to be worked on. `claims`: what has been claimed of them by a count of its messages. */
export type Allowance = { number: number; released: number; claims: number; wakes: boolean };
export type Allowed = { moves: Allowance[]; exhausted: boolean };

type Resting = { shard: Shard; pending: number; spent: number; isDue: boolean };

const pendingIn = ({ tally }: Seen) => (tally ? inStates(tally.counts, 'pending') : 0);

function restingOf(seen: Seen, now: number): Resting {
  const { shard } = seen;
  const pending = pendingIn(seen);
  const hasCome = shard.state === 'done' || shard.wakeAt === null || Date.parse(shard.wakeAt) <= now;
  return { shard, pending, spent: spentIn(seen.tally), isDue: pending > 0 && hasCome };
}

/** The most that a shard will have claimed when whoever works on it rests. */
const heldBy = (seen: Seen) => Math.max(spentIn(seen.tally), seen.shard.released ?? spentIn(seen.tally) + pendingIn(seen));

/** How many messages more each shard at rest may claim: those who wait come first, what is left is shared for those who will join. */
function shared(resting: readonly Resting[], left: number): number[] {
  let rest = left;
  const given = resting.map(() => 0);
  for (const isDue of [true, false])
    for (const [at, one] of resting.entries()) {
      if (one.isDue !== isDue) continue;
      given[at] = Math.min(one.pending, rest);
      rest -= given[at] ?? 0;
    }
  const each = Math.floor(rest / Math.max(1, resting.length));
  const over = rest - each * resting.length;
  return given.map((first, at) => first + each + (at < over ? 1 : 0));
}

/** Whether what the shards may claim is covered, does for all who wait, and leaves each some of what is shared. */
function suits(resting: readonly Resting[], left: number): boolean {
  const rooms = resting.map(({ shard }) => roomIn(shard) ?? Number.POSITIVE_INFINITY);
  const share = Math.floor(left / Math.max(1, resting.length));
  return (
    rooms.reduce((sum, room) => sum + room, 0) <= left &&
    resting.every(({ pending }, at) => (rooms[at] ?? 0) >= Math.max(pending, share / 2))
  );
}

/** Which shards of an open run get other means or are woken, and whether the budget is all that holds back who waits. */
export function allowances(seen: readonly Seen[], { covered, lanes, now }: Means & { covered: number }): Allowed {
  const live = seen.filter(({ shard }) => shard.state === 'live');
  const resting = seen.filter(({ shard }) => shard.state !== 'live').map((one) => restingOf(one, now));
  const spent = live.reduce((sum, one) => sum + heldBy(one), 0) + resting.reduce((sum, one) => sum + one.spent, 0);
  const left = Math.max(0, covered - spent);
  const rooms = suits(resting, left) ? resting.map(({ shard }) => roomIn(shard) ?? 0) : shared(resting, left);
  let free = lanes - live.length;
  const moves = resting.map(({ shard, spent: claims, isDue }, at): Allowance => {
    const wakes = isDue && (rooms[at] ?? 0) > 0 && free-- > 0;
    return { number: shard.number, released: claims + (rooms[at] ?? 0), claims, wakes };
  });
  const isHeld = resting.some(({ isDue }, at) => isDue && rooms[at] === 0);
  return {
    // Who gives comes before who gets: a death between the two gives too little.
    moves: moves
      .filter((move, at) => move.wakes || roomIn(resting[at]?.shard as Shard) !== rooms[at])
      .sort((a, b) => Number(b.released <= releasedOf(seen, b)) - Number(a.released <= releasedOf(seen, a))),
    exhausted: isHeld && live.length === 0 && !moves.some(({ wakes }) => wakes),
  };
}

const releasedOf = (seen: readonly Seen[], { number }: Allowance) =>
  seen.find(({ shard }) => shard.number === number)?.shard.released ?? Number.POSITIVE_INFINITY;
