import { describe, expect, it } from 'vitest';
import { liftOf, returnOf, wilson } from '../../functions/reports/lift.ts';
import { noTally, type Outcome, tallied } from '../../functions/reports/tally.ts';

/** A generator of numbers from 0 to 1 that gives the same ones each time (mulberry32). */
function chanceFrom(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const nobody: Outcome = {
  control: false,
  accepted: true,
  delivered: true,
  bounced: false,
  complained: false,
  opened: false,
  clicked: false,
  unsubscribed: false,
  billed: 1,
  converted: false,
  convertedBefore: false,
  variant: null,
  language: null,
  parts: [],
};

/** A report's interval for one made-up run: each customer is drawn to a side and then to a conversion, and counted as a recount does. */
function reported(chance: () => number, { people, holdout, base, lift }: { people: number; holdout: number; base: number; lift: number }) {
  const tally = noTally();
  for (let person = 0; person < people; person++) {
    const control = chance() < holdout;
    tallied(tally, { ...nobody, control, accepted: !control, converted: chance() < base + (control ? 0 : lift) });
  }
  const { accepted, converted, control, controlConverted } = tally.total;
  return liftOf({ conversions: converted, of: accepted }, { conversions: controlConverted, of: control });
}

describe('the lift against control', () => {
  it.each([
    { people: 1_000, holdout: 0.2, base: 0.1 },
    { people: 400, holdout: 0.5, base: 0.02 },
  ])(
    'holds a true lift of 5 points in its interval in 93 to 97 % of 2,000 runs ($people people, $holdout held out, $base without)',
    (setting) => {
      const chance = chanceFrom(20_261_130);
      const runs = 2_000;
      let inside = 0;
      for (let run = 0; run < runs; run++) {
        const interval = reported(chance, { ...setting, lift: 0.05 });
        if (interval && interval.low <= 0.05 && 0.05 <= interval.high) inside++;
      }
      expect(inside / runs).toBeGreaterThanOrEqual(0.93);
      expect(inside / runs).toBeLessThanOrEqual(0.97);
    },
  );

  it('is Newcombe’s own example: 56 of 70 against 48 of 80 lie 5.24 to 33.39 points apart', () => {
    const { value, low, high } = liftOf({ conversions: 56, of: 70 }, { conversions: 48, of: 80 }) ?? { value: 0, low: 0, high: 0 };
    expect(value).toBeCloseTo(0.2, 10);
    expect(low).toBeCloseTo(0.0524, 4);
    expect(high).toBeCloseTo(0.3339, 4);
  });

  it('is not told where either side is smaller than 30', () => {
    expect(liftOf({ conversions: 20, of: 1_000 }, { conversions: 1, of: 29 })).toBeUndefined();
    expect(liftOf({ conversions: 20, of: 29 }, { conversions: 1, of: 1_000 })).toBeUndefined();
  });

  it('stays within what a share can be where nobody or everybody converts', () => {
    expect(wilson({ conversions: 0, of: 50 }).low).toBe(0);
    expect(wilson({ conversions: 50, of: 50 }).high).toBeCloseTo(1, 12);
    const extreme = liftOf({ conversions: 50, of: 50 }, { conversions: 0, of: 50 });
    expect(extreme?.low).toBeGreaterThan(0.8);
    expect(extreme?.high).toBe(1);
  });
});

describe('the return on investment', () => {
  const lift = { value: 0.05, low: 0.01, high: 0.09 };

  it('is what came back above control, less the cost, in parts of the cost', () => {
    expect(returnOf({ lift, treated: 1_000, worth: 100, cost: 2_500 })).toEqual({
      value: expect.closeTo(1, 10),
      low: expect.closeTo(-0.6, 10),
      high: expect.closeTo(2.6, 10),
    });
  });

  it('is unknown without a control, without a worth and without a cost', () => {
    expect(returnOf({ lift: undefined, treated: 1_000, worth: 100, cost: 2_500 })).toBeUndefined();
    expect(returnOf({ lift, treated: 1_000, worth: null, cost: 2_500 })).toBeUndefined();
    expect(returnOf({ lift, treated: 1_000, worth: 100, cost: 0 })).toBeUndefined();
  });
});
