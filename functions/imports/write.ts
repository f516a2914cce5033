import type { Ctx } from '../context.ts';
import { jobParts } from '../jobs/job.entity.ts';
import type { Action } from '../table/entity.ts';
import type { Failed } from '../table/table.ts';
import { withNumbers } from './cases.ts';
import type { Unit } from './units.ts';

/**
 * Writes the units of a window: 20 rows a transaction, each with a row of the job's log beside it, which an undo reads. A transaction
 * that is cancelled is tried again without the rows that CancellationReasons names, not as 20 single ones.
 */
const rowsAtOnce = 20;
/** A transaction takes 100 actions; one is the log's. */
const actionsAtOnce = 99;
const transactionsAbreast = 4;
/** An import can be undone for thirty days. */
const logSeconds = 30 * 86_400;

/** What became of the units: `again` lost to somebody else and have to be planned anew. */
export type WriteOutcome = { done: Unit[]; again: Unit[] };

export function chunksOf(units: readonly Unit[]): Unit[][] {
  const chunks: Unit[][] = [];
  let actions = 0;
  for (const unit of units) {
    const last = chunks.at(-1);
    if (last && last.length < rowsAtOnce && actions + unit.actions.length <= actionsAtOnce) last.push(unit);
    else {
      chunks.push([unit]);
      actions = 0;
    }
    actions += unit.actions.length;
  }
  return chunks;
}

export async function writeUnits(ctx: Ctx, jobId: string, units: readonly Unit[]): Promise<WriteOutcome> {
  await withNumbers(ctx, units);
  const outcome: WriteOutcome = { done: units.filter(({ actions }) => actions.length === 0), again: [] };
  const queue = chunksOf(units.filter(({ actions }) => actions.length > 0)).values();
  await Promise.all(
    Array.from({ length: transactionsAbreast }, async () => {
      for (const chunk of queue) await writeChunk(ctx, jobId, chunk, outcome);
    }),
  );
  return outcome;
}

async function writeChunk(ctx: Ctx, jobId: string, chunk: Unit[], outcome: WriteOutcome): Promise<void> {
  let rest = chunk;
  while (rest.length > 0) {
    const failed = await ctx.table.attempt([...rest.flatMap(({ actions }) => actions), logAction(ctx, jobId, rest)]);
    if (failed.length === 0) {
      outcome.done.push(...rest);
      return;
    }
    const lost = new Map<Unit, Failed[]>();
    const owner = new Map<Action, Unit>(rest.flatMap((unit) => unit.actions.map((action) => [action, unit] as const)));
    for (const one of failed) {
      const unit = owner.get(one.action);
      if (unit) lost.set(unit, [...(lost.get(unit) ?? []), one]);
    }
    if (lost.size === 0) throw new Error('the log of an import could not be written');
    for (const [unit, reasons] of lost) settle(jobId, unit, reasons, outcome);
    rest = rest.filter((unit) => !lost.has(unit));
  }
}

/** A row that this job wrote before it was interrupted is done; one that somebody else wrote is looked at anew. */
function settle(jobId: string, unit: Unit, reasons: Failed[], outcome: WriteOutcome): void {
  const puts = reasons.filter(({ action, row }) => 'put' in action && action.put.e && row);
  if (puts.some(({ row }) => row?.rq === jobId && row.v === 1)) outcome.done.push({ ...unit, actions: [] });
  else if (unit.written.every(({ e }) => e === 'interaction' || e === 'case'))
    outcome.done.push({ ...unit, actions: [], counts: { skipped: 1 } });
  else outcome.again.push(unit);
}

const logPrefix = 'L#';
export const logRange = { from: logPrefix, to: `${logPrefix}~` };

function logAction(ctx: Ctx, jobId: string, units: readonly Unit[]): Action {
  const written = units.flatMap((unit) => unit.written);
  // Those on whom rows hang sort first, so that an undo, the newest first, comes to them last.
  const rank = units[0]?.row === 0 ? 1 : 2;
  return {
    put: {
      pk: jobParts(ctx.tenant, jobId),
      sk: `${logPrefix}${rank}#${ctx.newId('log').slice(4)}`,
      w: written,
      ttl: Math.floor(ctx.now / 1_000) + logSeconds,
    },
    guard: { absent: true },
  };
}
