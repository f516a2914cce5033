import { setTimeout as sleep } from 'node:timers/promises';
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
const windowRows = 100;
const rounds = 6;
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
  for await (const window of windowsOf(plan.rowsKey, { from: begin.byte, bytes: plan.bytes, size: windowRows })) {
    const sums = await oneWindow(work, plan, window);
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

/** Plans and writes a window; rows that touch one another wait for each other. */
async function oneWindow({ context, held }: AtWork, plan: Work, { rows }: Window): Promise<Record<string, number>> {
  const ctx = context();
  const planned = plan.from(ctx);
  let counts: Record<string, number> = {};
  const errors: RowError[] = [];
  const take = (units: readonly Unit[]) => {
    for (const unit of units) {
      counts = added(counts, unit.counts as Record<string, number>);
      errors.push(...unit.errors);
    }
  };
  const first = async (units: Unit[]) => take((await writeUnits(ctx, held.job.id, units)).done);
  let waiting: readonly FileRow[] = rows;
  for (let round = 0; waiting.length > 0 && round < rounds; round++) {
    const units = await planned(waiting, new Set(), first);
    const outcome = await writeUnits(
      ctx,
      held.job.id,
      units.filter(({ deferred }) => !deferred),
    );
    take(outcome.done);
    const again = new Set([...outcome.again, ...units.filter(({ deferred }) => deferred)].map(({ row }) => row));
    waiting = waiting.filter(({ row }) => again.has(row));
  }
  take(
    waiting.map(({ row }) =>
      failedUnit(row, [{ row, column: null, code: 'conflict', detail: 'other rows or people changed the same customer again and again' }]),
    ),
  );
  if (errors.length) await keepErrors(ctx, held.job.id, rows[0]?.row ?? 0, errors);
  return counts;
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
