import { describe, expect, it } from 'vitest';
import { allowances } from '../../functions/runs/allow.ts';
import { Counts, roomIn, Shard, type Tally, taken, walked, woken } from '../../functions/runs/shard.ts';

const now = Date.parse('2026-12-01T08:00:00Z');
const at = { campaignId: 'cmp_01K000000000000000000000AA', occurrence: '20261201T0000Z' };
const shard = (number: number, said: Partial<Shard> = {}): Shard =>
  Shard.parse({ ...at, number, state: 'idle', released: 0, version: 1, ...said });
const tally = (number: number, states: Counts['states']): Tally => ({
  ...{ ...at, number, lastDueAt: null, asOf: new Date(now).toISOString(), seen: 1, version: 1 },
  counts: Counts.parse({ total: Object.values(states).reduce((sum, n) => sum + (n ?? 0), 0), states }),
});
const means = { lanes: 8, now };

/** Numbers that follow from a seed, so that a failure can be looked at again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

/** An open run of four shards: customers join, workers take chunks and die, the driver looks, members raise and lower the budget. */
function play(seed: number): { sent: number; joined: number; covered: number } {
  const next = random(seed);
  let covered = next(40);
  const shards = [0, 1, 2, 3].map((number) => ({ row: shard(number), pending: 0, sent: 0 }));
  let joined = 0;
  const work = (one: (typeof shards)[number]) => {
    for (let chunk = 0; one.row.state === 'live' && chunk < 100; chunk++) {
      const aside = Math.min(5, roomIn(one.row) ?? 5);
      one.row = taken(one.row, now, aside);
      const claimed = Math.min(aside, one.pending);
      one.pending -= claimed;
      one.sent += claimed;
      // Dead: what was set aside stays so until it is counted, and the sweep wakes the shard.
      if (next(6) === 0) one.row = woken(one.row, now);
      else {
        const worked = { ...one.row, claims: one.row.claims - (aside - claimed) };
        const isHeld = one.pending > 0 && aside === 0;
        const cursor = one.pending > 0 && aside > 0 ? 'TO#x' : null;
        one.row = walked(
          worked,
          { cursor, passed: 0, left: isHeld ? one.pending : 0, nextAt: isHeld ? new Date(now).toISOString() : null },
          now,
        );
      }
    }
  };
  const look = () => {
    const seen = shards.map(({ row, pending, sent }) => ({ shard: row, tally: tally(row.number, { pending, sent }) }));
    for (const { number, released, claims, wakes } of allowances(seen, { covered, ...means }).moves) {
      const one = shards[number] as (typeof shards)[number];
      one.row = { ...(wakes ? woken(one.row, now) : one.row), released, claims };
      if (next(10) === 0) break;
    }
  };
  for (let step = 0; step < 200; step++) {
    const one = shards[next(4)] as (typeof shards)[number];
    const dice = next(10);
    if (dice < 4) {
      one.pending += 1;
      joined += 1;
      if (one.row.state !== 'live') one.row = woken(one.row, now);
    } else if (dice < 7) work(one);
    else if (dice < 9) look();
    else if (next(4) === 0) covered += next(20);
    expect(shards.reduce((sum, { sent }) => sum + sent, 0)).toBeLessThanOrEqual(covered);
  }
  for (let round = 0; round < 30; round++) {
    for (const one of shards) work(one);
    look();
  }
  return { sent: shards.reduce((sum, { sent }) => sum + sent, 0), joined, covered };
}

describe('what the shards of an open run may claim', () => {
  it('is shared among them before anybody joins', () => {
    const seen = [0, 1, 2, 3].map((number) => ({ shard: shard(number), tally: tally(number, {}) }));
    const { moves, exhausted } = allowances(seen, { covered: 10, ...means });
    expect(moves.map(({ released, wakes }) => [released, wakes])).toEqual([
      [3, false],
      [3, false],
      [2, false],
      [2, false],
    ]);
    expect(exhausted).toBe(false);
  });

  it('goes first to those who wait, from shards that have some left', () => {
    const seen = [
      { shard: shard(0, { released: 5, claims: 1 }), tally: tally(0, { sent: 1 }) },
      { shard: shard(1, { released: 5, claims: 5 }), tally: tally(1, { sent: 5, pending: 3 }) },
    ];
    const { moves } = allowances(seen, { covered: 10, ...means });
    expect(moves).toEqual([
      { number: 0, released: 2, claims: 1, wakes: false },
      { number: 1, released: 8, claims: 5, wakes: true },
    ]);
  });

  it('is used up when somebody waits and nothing is left, and not before', () => {
    const spent = (pending: number) => [{ shard: shard(0, { released: 5, claims: 5 }), tally: tally(0, { sent: 5, pending }) }];
    expect(allowances(spent(0), { covered: 5, ...means })).toEqual({ moves: [], exhausted: false });
    expect(allowances(spent(1), { covered: 5, ...means })).toEqual({ moves: [], exhausted: true });
    expect(allowances(spent(1), { covered: 6, ...means })).toMatchObject({ moves: [{ released: 6, wakes: true }], exhausted: false });
  });

  it('never exceeds the budget and uses all of it, whoever joins and dies', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { sent, joined, covered } = play(seed);
      expect(sent, `seed ${seed}`).toBe(Math.min(joined, covered));
    }
  });
});
