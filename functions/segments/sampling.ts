/** How many of a whole a sample stands for. Pure. */

/** Customers who stand next to each other in the order of creation: how many were looked at, how many of them were found to meet. */
export type Cluster = {
  /** The share of the whole that it stands for; the shares of all clusters come to 1. */
  weight: number;
  size: number;
  found: number;
};
export type Estimated = { estimate: number; standardError: number; low: number; high: number };

const z95 = 1.959964;

/**
 * The number in the whole, from clusters of it. The share is the weighted mean of the clusters' shares p; its variance is
 * H/(H-1) · Σ w²(p_h - p)² · (1 - n/N) (Cochran, Sampling Techniques, 3rd ed., 9A.4, for clusters of one size). The bounds are Wilson's
 * score interval for as many single draws as the clusters are worth, so that "none found" still has an upper bound.
 */
export function estimateOf(clusters: readonly Cluster[], total: number): Estimated {
  const drawn = clusters.filter(({ size }) => size > 0);
  const weights = drawn.reduce((sum, { weight }) => sum + weight, 0);
  const looked = drawn.reduce((sum, { size }) => sum + size, 0);
  const found = drawn.reduce((sum, cluster) => sum + cluster.found, 0);
  if (looked === 0 || total === 0) return { estimate: 0, standardError: 0, low: 0, high: 0 };
  const shares = drawn.map((cluster) => ({ weight: cluster.weight / weights, share: cluster.found / cluster.size }));
  const mean = shares.reduce((sum, { weight, share }) => sum + weight * share, 0);
  const unseen = Math.max(0, 1 - looked / total);
  const many = drawn.length;
  const spread = many > 1 ? (many / (many - 1)) * shares.reduce((sum, { weight, share }) => sum + (weight * (share - mean)) ** 2, 0) : mean;
  const standardError = Math.sqrt(spread * unseen);
  const single = (mean * (1 - mean)) / looked;
  const worth = looked / Math.max(1, single > 0 ? spread / single : 1) / Math.max(unseen, 1e-9);
  const [low, high] = wilson(mean, worth);
  const within = (value: number) => Math.min(Math.max(value, found), total - (looked - found));
  return {
    estimate: within(Math.round(mean * total)),
    standardError: Math.round(standardError * total * 10) / 10,
    low: within(Math.floor(low * total)),
    high: within(Math.ceil(high * total)),
  };
}

/** Wilson's score interval of a share for `draws` draws (Wilson 1927), at 95 %. */
function wilson(share: number, draws: number): [number, number] {
  const square = z95 ** 2 / draws;
  const centre = (share + square / 2) / (1 + square);
  const half = (z95 / (1 + square)) * Math.sqrt((share * (1 - share)) / draws + square / (4 * draws));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

/**
 * Every so manyth id of a walk, evenly spaced although nobody knows beforehand how long it is: whenever there are twice too many, every
 * other one goes and the stride doubles.
 */
export type Landmarks = { ids: string[]; stride: number /** Ids walked over so far. */; walked: number; last: string | null };
export const shortestStride = 16;
const fewest = 40;
export const noLandmarks: Landmarks = { ids: [], stride: shortestStride, walked: 0, last: null };

export function walkedOn(before: Landmarks, ids: readonly string[]): Landmarks {
  let { stride, walked } = before;
  let kept = [...before.ids];
  for (const id of ids) {
    if (walked % stride === 0) kept.push(id);
    walked += 1;
    if (kept.length > 2 * fewest) {
      kept = kept.filter((_, at) => at % 2 === 0);
      stride *= 2;
    }
  }
  return { ids: kept, stride, walked, last: ids.at(-1) ?? before.last };
}

/** `many` of some, evenly spread and in order. */
export const spread = <T>(some: readonly T[], many: number): T[] =>
  some.length <= many ? [...some] : Array.from({ length: many }, (_, at) => some[Math.floor(((at + 0.5) * some.length) / many)] as T);
