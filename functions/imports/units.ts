import type { Case } from '../cases/case.ts';
import type { Ctx } from '../context.ts';
import type { Action, Item } from '../table/entity.ts';
import type { RowError } from './import.ts';
import type { FileRow } from './lines.ts';
import { type Profile, repaired } from './repair.ts';
import type { RowPlan } from './rows.ts';

/** One row that the run wrote, as its log keeps it for an undo: `b` is the row that an update replaced. `i` of a consent is `<channel>#<topic>`, of a case its id. */
export type Written = { e: 'customer' | 'interaction' | 'consent' | 'case'; c: string; i?: string; v: number; b?: Item };
export type Outcome = 'created' | 'updated' | 'skipped' | 'failed';

/** What a row of the file comes to. Its actions are written together or not at all. */
export type Unit = {
  row: number;
  /** How many customers or interactions were created, updated, skipped; a failed row counts once. */
  counts: Partial<Record<Outcome, number>>;
  actions: Action[];
  /** A case that is opened with it; it gets its number when it is written. */
  opens?: Omit<Case, 'number'>;
  written: Written[];
  errors: RowError[];
  /** Touches what an earlier row of the same window touches: planned anew when that one is written. */
  deferred: boolean;
  /** For the dry run. */
  shown: {
    customers: Record<string, unknown>[];
    interaction: Record<string, unknown> | null;
    people: number;
    companies: number;
    repaired?: Repair;
  };
};

/** The cells of a row that had a field too many, and where two became one. */
type Repair = { column: number; cells: string[] };

export const newUnit = (row: number): Unit => ({
  row,
  counts: {},
  actions: [],
  written: [],
  errors: [],
  deferred: false,
  shown: { customers: [], interaction: null, people: 0, companies: 0 },
});

export function failedUnit(row: number, errors: RowError[]): Unit {
  return { ...newUnit(row), counts: { failed: 1 }, errors };
}

export type Planning = {
  ctx: Ctx;
  jobId: string;
  /** The file's. */
  name: string;
  /** Milliseconds; the time in the ids that are made. */
  startedAt: number;
  plan: RowPlan;
  choices: {
    match: 'key' | 'email' | 'none';
    onMatch: 'skip' | 'update' | 'create';
    repairCommas: boolean;
    createCases?: boolean | undefined;
  };
  profile: Profile;
  /** Keys and customers that rows of this window touch; a dry run keeps them over the whole file. */
  touched: Set<string>;
};

/**
 * Puts a unit off where an earlier one of the window writes what it touches; a unit that writes leaves word of what it touches.
 */
export function touch(touched: Set<string>, unit: Unit, names: readonly string[]): void {
  if (names.some((name) => touched.has(name))) unit.deferred = true;
  else if (unit.actions.length > 0) for (const name of names) touched.add(name);
}

/** Plans a window of rows: what each comes to, in order. */
export type Planner = (rows: readonly FileRow[]) => Promise<Unit[]>;

type Failed = { errors: RowError[] };
const isFailed = (made: object): made is Failed => 'errors' in made;

/** A row's cells, one a column; put right if it has a field too many and the yes was given. */
function fittedCells({ plan, choices, profile }: Planning, { row, cells }: FileRow): ({ cells: string[] } | Failed) & { repair?: Repair } {
  const width = plan.headers.length;
  if (cells.length === width) return { cells };
  const error = (code: string, detail: string): RowError => ({ row, column: null, code, detail });
  if (cells.length < width) return { errors: [error('too_few_fields', `${cells.length} fields where the header has ${width}`)] };
  const nulls = new Set(plan.file.nullWords.map((word) => word.toLowerCase()));
  const repair = repaired(profile, cells, {
    delimiter: plan.file.delimiter,
    isEmpty: (cell) => cell === '' || nulls.has(cell.toLowerCase()),
  });
  if (repair && choices.repairCommas) return { cells: repair.cells, repair };
  const detail = `${cells.length} fields where the header has ${width}${repair ? '; the dry run shows a repair' : ''}`;
  return { errors: [error('too_many_fields', detail)], ...(repair && { repair }) };
}

/** What a row makes, and the repair that it needed. */
export type ReadRow<T> = { row: number; made: T; repair?: Repair };
export const isUnit = <T>(read: ReadRow<T> | Unit): read is Unit => 'counts' in read;

/** Reads a row; where its cells do not fit or make nothing, that is the unit it comes to. */
export function readRow<T extends object>(
  planning: Planning,
  file: FileRow,
  make: (cells: readonly string[]) => T | Failed,
): ReadRow<T> | Unit {
  const fitted = fittedCells(planning, file);
  const repair = fitted.repair && { repair: fitted.repair };
  const made = 'cells' in fitted ? make(fitted.cells) : { errors: fitted.errors };
  if (!isFailed(made)) return { row: file.row, made, ...repair };
  const unit = failedUnit(file.row, made.errors);
  return repair ? { ...unit, shown: { ...unit.shown, repaired: repair.repair } } : unit;
}
