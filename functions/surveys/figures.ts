/** What answers on a scale come to: NPS, CSAT, CES and the mean of a rating, each with its margin. Pure. */
import { boundsOf, type ScoredKind } from './logic.ts';

const z95 = 1.96;
/** Of fewer than this nothing is told: it would be told of persons. */
export const fewestShown = 5;
/** Of fewer than this it is said that they are few. */
export const fewMarked = 30;

/** How often each value of a scale was given: the first is that of its lowest value. */
export type Histogram = readonly number[];

export type Figure = {
  /** Answers. */
  n: number;
  /** NPS −100 to 100, CSAT 0 to 100 percent, CES and a rating on their own scales; null where it is hidden. */
  value: number | null;
  /** Half of the interval in which the true value lies with a probability of 95 %; null where it cannot be told. */
  margin: number | null;
  /** How many of each value; null where it is hidden. */
  counts: number[] | null;
  /** Too few to be told. */
  hidden: boolean;
  /** Few enough that chance has a large part in it. */
  few: boolean;
};

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** An empty histogram of a kind. `max` is that of a rating. */
export function noAnswers(kind: ScoredKind, max: number | null = null): number[] {
  const { min, max: most } = boundsOf({ kind, min: null, max }) ?? { min: 1, max: 5 };
  return new Array<number>(most - min + 1).fill(0);
}

/** Counts one value more, in place. */
export function counted(histogram: number[], kind: ScoredKind, value: number): void {
  const at = value - (kind === 'nps' ? 0 : 1);
  if (at >= 0 && at < histogram.length) histogram[at] = (histogram[at] ?? 0) + 1;
}

/**
 * NPS = 100 (p − d), its margin 100 · 1.96 √((p + d − (p − d)²) / n): p are 9 and 10, d are 0 to 6, of n. The variance is that of a
 * variable which is 1, 0 or −1 (Rowe, B. G.: Margin of error of the net promoter score).
 */
function nps(counts: Histogram, n: number): Pick<Figure, 'value' | 'margin'> {
  const promoters = sum(counts.slice(9)) / n;
  const detractors = sum(counts.slice(0, 7)) / n;
  const balance = promoters - detractors;
  return { value: 100 * balance, margin: 100 * z95 * Math.sqrt(Math.max(0, promoters + detractors - balance ** 2) / n) };
}

/** CSAT = the share of 4 and 5 in percent; its margin 100 · 1.96 √(s (1 − s) / n), Wald's. */
function csat(counts: Histogram, n: number): Pick<Figure, 'value' | 'margin'> {
  const share = sum(counts.slice(3)) / n;
  return { value: 100 * share, margin: 100 * z95 * Math.sqrt((share * (1 - share)) / n) };
}

/** The mean, and its margin 1.96 s / √n with the sample's standard deviation s; none of a single answer. */
function mean(counts: Histogram, n: number): Pick<Figure, 'value' | 'margin'> {
  const value = sum(counts.map((count, at) => count * (at + 1))) / n;
  if (n < 2) return { value, margin: null };
  const squares = sum(counts.map((count, at) => count * (at + 1 - value) ** 2));
  return { value, margin: z95 * Math.sqrt(squares / (n - 1) / n) };
}

const formulas = { nps, csat, ces: mean, rating: mean } as const;

/** What some answers to a question come to, whoever may see it. */
export function exactFigure(kind: ScoredKind, counts: Histogram): Figure {
  const n = sum(counts);
  if (n === 0) return { n, value: null, margin: null, counts: [...counts], hidden: false, few: true };
  return { n, ...formulas[kind](counts, n), counts: [...counts], hidden: false, few: n < fewMarked };
}

/** The same, with nothing told of too few. */
export function figureOf(kind: ScoredKind, counts: Histogram): Figure {
  const figure = exactFigure(kind, counts);
  return figure.n >= fewestShown ? figure : { ...figure, value: null, margin: null, counts: null, hidden: true };
}

export type Movement = { value: number; margin: number | null };

/** From one figure to the next: their difference, its margin √(m₁² + m₂²) as of two samples that have nothing to do with each other. */
export function movement(before: Figure, after: Figure): Movement | null {
  if (before.value === null || after.value === null) return null;
  const margin = before.margin === null || after.margin === null ? null : Math.hypot(before.margin, after.margin);
  return { value: after.value - before.value, margin };
}
