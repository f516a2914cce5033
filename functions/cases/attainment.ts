import * as z from 'zod';
import { MemberId } from '../customers/customer.ts';
import { Instant, StoredInstant } from '../kernel/values.ts';
import { FigureView } from '../responses/results-view.ts';
import { Priority } from '../service-levels/service-level.ts';
import { counted, figureOf, noAnswers } from '../surveys/figures.ts';
import type { CaseRow } from './case.ts';
import type { ClockState } from './clock.ts';

/** What became of what was promised: kept, broken, or still open. From our own clocks only. Schema and rules; pure. */
const Count = z.int().nonnegative();
/** What has become of a promise. */
export const Outcome = z.enum(['kept', 'broken', 'open']);
export type Outcome = z.output<typeof Outcome>;
export const Promised = z.strictObject({ kept: Count, broken: Count, open: Count });
export type Promised = z.output<typeof Promised>;

/** The cases that were opened from one moment to another; to now, where no end is said. */
export const ReportQuery = z.strictObject({
  from: Instant.optional(),
  to: Instant.optional(),
  /** So many days before the end, where no beginning is said. */
  days: z.coerce.number().int().min(1).max(700).default(30),
});
export type ReportQuery = z.output<typeof ReportQuery>;

const sums = {
  cases: Count,
  firstResponse: Promised,
  resolution: Promised,
  /** How satisfied those are who were asked after it and answered: the share of 4 and 5 of 5, in percent. */
  satisfaction: FigureView,
};

export const Attainment = z
  .strictObject({
    from: StoredInstant,
    to: StoredInstant,
    ...sums,
    byPriority: z.array(z.strictObject({ priority: Priority, ...sums })),
    byOwner: z.array(z.strictObject({ ownerId: MemberId.nullable(), ...sums })),
    byQueue: z.array(z.strictObject({ queue: z.string().nullable(), ...sums })),
    /** What the sources of imports say of their own; never counted among ours. */
    reportedBySource: z.strictObject({ yes: Count, no: Count, unknown: Count }),
    /** Cases looked at; false where there were more than one answer looks at. */
    examined: Count,
    complete: z.boolean(),
    asOf: StoredInstant,
  })
  .meta({ id: 'CaseAttainment' });
export type Attainment = z.output<typeof Attainment>;

type Sums = Pick<Attainment, 'cases' | 'firstResponse' | 'resolution' | 'satisfaction'>;
type Counted = Pick<CaseRow, 'firstResponse' | 'resolution' | 'satisfied'>;

const outcomes: Record<ClockState, Outcome> = { met: 'kept', late: 'broken', breached: 'broken', running: 'open', paused: 'open' };
export const outcomeOf = (state: ClockState | null): Outcome | null => state && outcomes[state];

/** Whether a case is counted: one that ended in another is that other one, and of what a source reports no clock of ours has run. */
export const isCounted = ({ mergedIntoId, reportedBySource }: Pick<CaseRow, 'mergedIntoId' | 'reportedBySource'>): boolean =>
  mergedIntoId === null && reportedBySource === null;

function sumOf(rows: readonly Counted[]): Sums {
  const count = (name: 'firstResponse' | 'resolution'): Promised => {
    const found = { kept: 0, broken: 0, open: 0 };
    for (const row of rows) {
      const outcome = outcomeOf(row[name]);
      if (outcome) found[outcome] += 1;
    }
    return found;
  };
  const answers = noAnswers('csat');
  for (const { satisfied } of rows) if (satisfied !== null) counted(answers, 'csat', satisfied);
  return {
    ...{ cases: rows.length, firstResponse: count('firstResponse'), resolution: count('resolution') },
    satisfaction: figureOf('csat', answers),
  };
}

/** Rows of the same value of a field, each group with its sums; the largest first. */
const groups = <K extends 'priority' | 'ownerId' | 'queue'>(rows: readonly CaseRow[], field: K) =>
  [...Map.groupBy(rows, (row) => row[field])]
    .map(([value, own]) => ({ [field]: value, ...sumOf(own) }) as Record<K, CaseRow[K]> & Sums)
    .sort((a, b) => b.cases - a.cases);

/** What some cases come to; what a source reports is shown apart. */
export function attainmentOf(rows: readonly CaseRow[]): Omit<Attainment, 'from' | 'to' | 'examined' | 'complete' | 'asOf'> {
  const own = rows.filter(isCounted);
  const reported = { yes: 0, no: 0, unknown: 0 };
  for (const { reportedBySource } of rows) if (reportedBySource) reported[reportedBySource.timely] += 1;
  return {
    ...sumOf(own),
    byPriority: groups(own, 'priority'),
    byOwner: groups(own, 'ownerId'),
    byQueue: groups(own, 'queue'),
    reportedBySource: reported,
  };
}
