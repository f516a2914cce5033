import { moved } from '../jobs/job.ts';
import type { Runner } from '../jobs/work.ts';
import { type DryRun, shownRows } from './import.ts';
import { windowsOf } from './lines.ts';
import { objectKey, writeJson } from './objects.ts';
import { workOf } from './planning.ts';
import { resultOf, settingsOf } from './state.ts';
import type { Unit } from './units.ts';

const windowRows = 200;
const shownErrors = 100;
/** Beyond this many keys a dry run no longer notices that two rows of the file are one customer; a run always does. */
const mostTouched = 400_000;

/** Finds out what a run would do: the same planning, and nothing written but what was found. */
export const checkImport: Runner = async ({ held, jobs, context, clock }) => {
  const { id } = held.job;
  const plan = await workOf(context(), held.job);
  const { choices } = settingsOf(held.job);
  const { headers } = resultOf(held.job);
  const tally = new Tally(headers, choices?.onMatch ?? 'skip');
  let latest = held;
  let noted = clock();
  const touched = new Set<string>();
  for await (const { rows } of windowsOf(plan.rowsKey, { from: 0, bytes: plan.bytes, size: windowRows })) {
    const ctx = context();
    if (touched.size > mostTouched) touched.clear();
    const units = await plan.from(ctx)(rows, touched, async (first) => {
      for (const unit of first) tally.add(unit);
    });
    for (const unit of units) tally.take(unit);
    if (clock() - noted < 1_000) continue;
    latest = await jobs.progress(latest, { done: tally.found.rows });
    noted = clock();
  }
  const ctx = context();
  await writeJson(objectKey(ctx.tenant, id, 'dry-run'), tally.found);
  const job = { ...latest.job, done: tally.found.rows, result: { ...latest.job.result, checked: true } };
  await jobs.save(latest, moved(job, 'validated', clock()));
  return 'ended';
};

class Tally {
  readonly found: DryRun = {
    rows: 0,
    create: 0,
    update: 0,
    skip: 0,
    failed: 0,
    people: 0,
    companies: 0,
    interactions: 0,
    repairable: 0,
    repaired: [],
    errors: [],
    sample: [],
  };
  readonly #headers: readonly string[];
  readonly #onMatch: string;

  constructor(headers: readonly string[], onMatch: string) {
    this.#headers = headers;
    this.#onMatch = onMatch;
  }

  /** What would be written. */
  add({ counts, shown, actions }: Unit) {
    this.found.create += counts.created ?? 0;
    this.found.update += counts.updated ?? 0;
    this.found.skip += counts.skipped ?? 0;
    this.found.failed += counts.failed ?? 0;
    this.found.people += shown.people;
    this.found.companies += shown.companies;
    if (shown.interaction && actions.length) this.found.interactions += 1;
  }

  take(unit: Unit) {
    const { found } = this;
    found.rows += 1;
    const counted = unit.deferred ? this.#merged(unit) : unit;
    this.add(counted);
    const { repaired } = unit.shown;
    if (repaired) {
      found.repairable += 1;
      if (found.repaired.length < 100)
        found.repaired.push({
          row: unit.row,
          column: this.#headers[repaired.column] ?? '',
          joined: repaired.cells[repaired.column] ?? '',
          cells: repaired.cells,
        });
    }
    found.errors.push(...unit.errors.slice(0, Math.max(0, shownErrors - found.errors.length)));
    if (found.sample.length < shownRows)
      found.sample.push({
        row: unit.row,
        outcome: outcomeOf(counted),
        customers: unit.shown.customers,
        interaction: unit.shown.interaction,
      });
  }

  /** A row about somebody whom an earlier row makes: to the run she will be there. */
  #merged(unit: Unit): Unit {
    const many = (unit.counts.created ?? 0) + (unit.counts.updated ?? 0) + (unit.counts.skipped ?? 0);
    if (unit.counts.failed || this.#onMatch === 'create') return unit;
    const counts = this.#onMatch === 'update' && !unit.shown.interaction ? { updated: many } : { skipped: many };
    return { ...unit, counts, actions: [], shown: { ...unit.shown, people: 0, companies: 0 } };
  }
}

function outcomeOf({ counts }: Unit): DryRun['sample'][number]['outcome'] {
  if (counts.failed) return 'error';
  return counts.created ? 'create' : counts.updated ? 'update' : 'skip';
}
