import { setTimeout as sleep } from 'node:timers/promises';
import type { Ctx } from '../context.ts';
import type { HeldJob } from '../jobs/job.store.ts';
import { added, type Job, moved } from '../jobs/job.ts';
import type { AtWork, Runner } from '../jobs/work.ts';
import { env } from '../kernel/env.ts';
import { forgetErrors, keepErrors, writeErrorFile } from './errors.ts';
import type { RowError } from './import.ts';
import { type FileRow, type Window, windowsOf } from './lines.ts';
import { type Work, workOf } from './planning.ts';
import { failedUnit, type Unit } from './units.ts';
import { writeUnits } from './write.ts';

/** Runs an import: window by window, each planned, written, and noted in the job's row with the byte after it. */
const windowRows = 160;
/** Rounds in which nobody came further. */
const idleRounds = 6;
/** The job's row is written this often at most; what lies between is found done when it is done again. */
const noteEveryMs = 700;

type Cursor = { byte: number; row: number };
const cursorOf = (job: Job): Cursor => (job.cursor ? (JSON.parse(job.cursor) as Cursor) : { byte: 0, row: 0 });

export const runImport: Runner = async (work) => {
  const { jobs, clock, hasTime } = work;
  let { held } = work;
  const ctx = work.context();
  const plan = await workOf(ctx, held.job);
  const begin = cursorOf(held.job);
  if (begin.byte === 0) await forgetErrors(ctx, held.job.id);
  const pace = pacer(clock);
  let { done, counts } = held.job;
  let noted = clock();
  for await (const window of plannedWindows(work, plan, begin.byte)) {
    const sums = await writeWindow(window);
    done += window.rows.length;
    counts = added(counts, sums);
    const stopping = !hasTime();
    if (stopping || clock() - noted > noteEveryMs) {
      held = await jobs.progress(held, { done, counts, cursor: JSON.stringify({ byte: window.end, row: window.rows.at(-1)?.row ?? 0 }) });
      noted = clock();
    }
    if (stopping) return { more: held };
    await pace(sums.created ?? 0);
  }
  return finish(work, held, { done, counts });
};

async function finish({ jobs, clock, context }: AtWork, held: HeldJob, sums: Pick<Job, 'done' | 'counts'>): Promise<'ended'> {
  const errors = await writeErrorFile(context(), held.job.id);
  const job = { ...held.job, ...sums, result: { ...held.job.result, hasErrors: errors > 0 } };
  await jobs.save(held, moved(job, 'done', clock()));
  return 'ended';
}

type Planned = Window & {
  ctx: Ctx;
  jobId: string;
  tally: Tally;
  units: Promise<Unit[]>;
  again: (rows: readonly FileRow[]) => Promise<Unit[]>;
};

/** What the rows of a window came to. */
class Tally {
  counts: Record<string, number> = {};
  readonly errors: RowError[] = [];

  take(units: readonly Unit[]) {
    for (const unit of units) {
      this.counts = added(this.counts, unit.counts as Record<string, number>);
      this.errors.push(...unit.errors);
    }
  }
}

function planned({ context, held }: AtWork, plan: Work, window: Window): Planned {
  const ctx = context();
  const tally = new Tally();
  const first = async (units: Unit[]) => tally.take((await writeUnits(ctx, held.job.id, units)).done);
  const again = (rows: readonly FileRow[]) => plan.from(ctx)(rows, new Set(), first);
  const units = again(window.rows);
  // It is thrown where the window's turn comes.
  units.catch(() => {});
  return { ...window, ctx, jobId: held.job.id, tally, units, again };
}

/** The windows in order, each planned while the one before it is written. What that one changes, the guards of the database tell. */
async function* plannedWindows(work: AtWork, plan: Work, from: number): AsyncGenerator<Planned> {
  let ahead: Planned | undefined;
  try {
    for await (const window of windowsOf(plan.rowsKey, { from, bytes: plan.bytes, size: windowRows })) {
      const current = ahead;
      ahead = planned(work, plan, window);
      if (current) yield current;
    }
    const last = ahead;
    ahead = undefined;
    if (last) yield last;
  } finally {
    await ahead?.units.catch(() => {});
  }
}

/** Writes a window; rows that touch one another wait for each other. Every round brings one row further at least, or it is one too many. */
async function writeWindow({ rows, ctx, jobId, tally, units: first, again }: Planned): Promise<Record<string, number>> {
  let waiting: readonly FileRow[] = rows;
  let units = await first;
  for (let idle = 0; waiting.length > 0 && idle < idleRounds; ) {
    const outcome = await writeUnits(
      ctx,
      jobId,
      units.filter(({ deferred }) => !deferred),
    );
    tally.take(outcome.done);
    idle = outcome.done.length > 0 ? 0 : idle + 1;
    const left = new Set([...outcome.again, ...units.filter(({ deferred }) => deferred)].map(({ row }) => row));
    waiting = waiting.filter(({ row }) => left.has(row));
    if (waiting.length > 0) units = await again(waiting);
  }
  const detail = 'other rows or people changed the same customer again and again';
  tally.take(waiting.map(({ row }) => failedUnit(row, [{ row, column: null, code: 'conflict', detail }])));
  if (tally.errors.length) await keepErrors(ctx, jobId, { firstRow: rows[0]?.row ?? 0, errors: tally.errors });
  return tally.counts;
}

/** Holds a workspace's imports to the stage's rate, so that no index partition is written faster than it bears. */
function pacer(clock: () => number) {
  const perSecond = env().IMPORT_RATE;
  const start = clock();
  let made = 0;
  return async (created: number) => {
    made += created;
    const early = perSecond > 0 ? start + (made / perSecond) * 1_000 - clock() : 0;
    if (early > 0) await sleep(Math.min(early, 5_000));
  };
}
