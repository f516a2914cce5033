/** What a campaign changed, against those who were kept from it by chance. Pure. */

/** Conversions among so many. */
export type Share = { conversions: number; of: number };
/** A value with the interval in which the true one lies with a probability of 95 %. */
export type Interval = { value: number; low: number; high: number };

/** The normal distribution's 97.5th percentile. */
const z = 1.959964;

/**
 * Wilson's score interval of a share. E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the
 * American Statistical Association 22 (1927), 209–212.
 */
export function wilson({ conversions, of }: Share): Interval {
  const share = conversions / of;
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))) / (1 + (z * z) / of);
  return { value: share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** With fewer than this in either group no lift is told. */
export const fewest = 30;

/**
 * The share among the treated less that among the control: Newcombe's hybrid score interval (his method 10), which keeps its 95 % also for
 * small shares, where the usual normal one does not. R. G. Newcombe, Interval estimation for the difference between independent
 * proportions: comparison of eleven methods, Statistics in Medicine 17 (1998), 873–890. Undefined where either group is too small.
 */
export function liftOf(treated: Share, control: Share): Interval | undefined {
  if (treated.of < fewest || control.of < fewest) return undefined;
  const [t, c] = [wilson(treated), wilson(control)];
  const value = t.value - c.value;
  return { value, low: value - Math.hypot(t.value - t.low, c.high - c.value), high: value + Math.hypot(t.high - t.value, c.value - c.low) };
}

/**
 * What came back for what was spent: (conversions above control × worth − cost) / cost, with the lift's interval. Undefined without a
 * lift, a worth or a cost.
 */
export function returnOf({
  lift,
  treated,
  worth,
  cost,
}: {
  lift: Interval | undefined;
  treated: number;
  worth: number | null;
  cost: number;
}): Interval | undefined {
  if (!lift || worth === null || cost <= 0) return undefined;
  const back = (share: number) => (share * treated * worth - cost) / cost;
  return { value: back(lift.value), low: back(lift.low), high: back(lift.high) };
}
