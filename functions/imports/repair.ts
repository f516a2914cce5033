/**
 * Rows with more fields than the header: somebody forgot to quote a delimiter. Which neighbours belong together is learnt from the rows
 * that are right: joined at the right place, every column is again of its kind. Pure.
 */
type Tally = {
  empty: number;
  full: number;
  letters: number;
  digits: number;
  spaces: number;
  onlyDigits: number;
  length: number;
  squares: number;
};

export type ColumnProfile = Tally & {
  /** Values by how often they were seen, as long as there are few. */
  values: Record<string, number>;
  /** Shapes such as `(9) 9-9` or `A 9`. */
  shapes: Record<string, number>;
};
export type Profile = { rows: number /** Fields that begin with a blank. */; blankFirst: number; columns: ColumnProfile[] };
export type Repair = { cells: string[] /** The column that was joined. */; column: number };

const mostKept = 500;
const fewestRows = 5;
/** How much likelier than the next one the best join must be: e^1.5, four to five times. */
const margin = 1.5;

const emptyColumn = (): ColumnProfile => ({
  empty: 0,
  full: 0,
  letters: 0,
  digits: 0,
  spaces: 0,
  onlyDigits: 0,
  length: 0,
  squares: 0,
  values: {},
  shapes: {},
});
export const newProfile = (columns: number): Profile => ({ rows: 0, blankFirst: 0, columns: Array.from({ length: columns }, emptyColumn) });

const shapeOf = (value: string) =>
  value
    .slice(0, 60)
    .replace(/\p{L}[\p{L}\p{M}]*/gu, 'A')
    .replace(/\p{Nd}+/gu, '9')
    .replace(/\s+/g, ' ')
    .replace(/A(?: A)+/g, 'A A');

const features = {
  letters: (value: string) => /\p{L}/u.test(value),
  digits: (value: string) => /\p{Nd}/u.test(value),
  spaces: (value: string) => /\s/.test(value),
  onlyDigits: (value: string) => /^\p{Nd}+$/u.test(value),
} as const;
type Feature = keyof typeof features;
const featureNames = Object.keys(features) as Feature[];

/** Keys of an object made from a file's own words must not reach its prototype. */
const slot = (word: string) => `=${word}`;

function count(map: Record<string, number>, word: string): void {
  const key = slot(word);
  if (map[key] !== undefined || Object.keys(map).length < mostKept) map[key] = (map[key] ?? 0) + 1;
}

/** Learns from a row that has as many fields as there are columns. */
export function learn(profile: Profile, cells: readonly string[], isEmpty: (cell: string) => boolean): void {
  if (profile.rows >= 20_000) return;
  profile.rows += 1;
  for (const [at, column] of profile.columns.entries()) {
    const cell = cells[at] ?? '';
    if (cell.startsWith(' ')) profile.blankFirst += 1;
    const value = cell.trim();
    if (isEmpty(value)) {
      column.empty += 1;
      continue;
    }
    column.full += 1;
    column.length += value.length;
    column.squares += value.length ** 2;
    for (const name of featureNames) if (features[name](value)) column[name] += 1;
    if (value.length <= 60) count(column.values, value);
    count(column.shapes, shapeOf(value));
  }
}

/** How well a value fits a column: a sum of logarithms, higher is better. */
function likeness(column: ColumnProfile, cell: string, isEmpty: (cell: string) => boolean): number {
  const value = cell.trim();
  const all = column.empty + column.full + 1;
  if (isEmpty(value)) return Math.log((column.empty + 0.5) / all);
  let score = Math.log((column.full + 0.5) / all);
  for (const name of featureNames) {
    const share = (column[name] + 0.5) / (column.full + 1);
    score += Math.log(features[name](value) ? share : 1 - share);
  }
  const mean = column.full ? column.length / column.full : 10;
  const spread = Math.max(2, Math.sqrt(Math.max(0, column.squares / Math.max(1, column.full) - mean ** 2)));
  score -= Math.min(4, ((value.length - mean) / spread) ** 2 / 2);
  return score + known(column, value);
}

/** A value or a shape that the column had before speaks for it; a new one among few different ones against it. */
function known(column: ColumnProfile, value: string): number {
  const distinct = Object.keys(column.values).length;
  const repeats = column.full > 0 && distinct < column.full * 0.7;
  const byValue = column.values[slot(value)] ? 2 : repeats ? -1.5 : 0;
  const seen = column.shapes[slot(shapeOf(value))] ?? 0;
  return byValue + Math.log((seen + 0.5) / (column.full + 1)) / 2;
}

/** The row put right by joining neighbours into one column, or undefined where no place is clearly the best. */
export function repaired(
  profile: Profile,
  fields: readonly string[],
  { delimiter, isEmpty }: { delimiter: string; isEmpty: (cell: string) => boolean },
): Repair | undefined {
  const extra = fields.length - profile.columns.length;
  if (extra < 1 || extra > 5 || profile.rows < fewestRows) return undefined;
  const blanksMean = profile.blankFirst < profile.rows * 0.1;
  const candidates = profile.columns.map((_, column) => {
    const parts = fields.slice(column, column + extra + 1);
    const cells = [...fields.slice(0, column), parts.join(delimiter), ...fields.slice(column + extra + 1)];
    // A blank after the delimiter is a writer's, not a program's: what it begins belongs to what stands before.
    const written = blanksMean
      ? fields.reduce((sum, field, at) => sum + (/^ \S/.test(field) ? (at > column && at <= column + extra ? 1.5 : -1.5) : 0), 0)
      : 0;
    const score = profile.columns.reduce((sum, one, at) => sum + likeness(one, cells[at] ?? '', isEmpty), written);
    return { cells, column, score };
  });
  const [best, second] = candidates.sort((a, b) => b.score - a.score);
  if (!best || (second && best.score - second.score < margin)) return undefined;
  return { cells: best.cells, column: best.column };
}
