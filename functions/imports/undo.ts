import { caseEntity } from '../cases/case.entity.ts';
import type { Ctx } from '../context.ts';
import { activityKey, collection, consentEntity, customerEntity } from '../customers/customer.entity.ts';
import { interactionEntity, timelineRange } from '../interactions/interaction.entity.ts';
import { jobParts } from '../jobs/job.entity.ts';
import { added, moved } from '../jobs/job.ts';
import type { Runner } from '../jobs/work.ts';
import type { Action, Item, Stamp } from '../table/entity.ts';
import { consentIn } from './consent-plan.ts';
import type { Written } from './units.ts';
import { logRange } from './write.ts';

/**
 * Takes an import back, the newest writes first: what it made ends, what it changed is as before. Only rows that are still at the version
 * that the import wrote, and no customer with whom something has happened since. Each row of the log goes with what it tells of.
 */
const logsAtOnce = 10;
const tries = 4;

export const undoImport: Runner = async ({ held, jobs, context, hasTime, clock }) => {
  let latest = held;
  for (;;) {
    const ctx = context();
    const { items } = await ctx.table.query({
      pk: jobParts(ctx.tenant, held.job.id),
      range: logRange,
      newestFirst: true,
      limit: logsAtOnce,
      strong: true,
    });
    if (items.length === 0) break;
    let counts = latest.job.counts;
    let done = latest.job.done;
    for (const log of items) {
      const sums = await undoOne(ctx, log);
      counts = added(counts, sums);
      done += (sums.undone ?? 0) + (sums.kept ?? 0);
    }
    latest = await jobs.progress(latest, { counts, done });
    if (!hasTime()) return { more: latest };
  }
  await jobs.save(latest, moved(latest.job, 'undone', clock()));
  return 'ended';
};

function keyOf({ tenant }: Ctx, { e, c, i = '' }: Written) {
  if (e === 'case') return caseEntity.key(tenant, i);
  if (e === 'consent') return consentEntity.key(tenant, { customerId: c, ...consentIn(i) });
  return e === 'customer' ? customerEntity.key(tenant, c) : interactionEntity.key(tenant, { customerId: c, id: i });
}

/** Undoes what one row of the log tells of, in one transaction with it. */
async function undoOne(ctx: Ctx, log: Item): Promise<Record<string, number>> {
  const written = ((log.w ?? []) as Written[]).toReversed();
  const stamp: Stamp = { ...ctx.stamp, via: 'undo' };
  const gone: Action = { remove: { pk: log.pk, sk: log.sk }, guard: { always: 'the log row is this job’s own' } };
  for (let attempt = 0; attempt < tries; attempt++) {
    const rows = await ctx.table.getMany(
      written.map((one) => keyOf(ctx, one)),
      { strong: true },
    );
    const busy = await withTimeline(ctx, written);
    const undone = written.flatMap((one, at) => {
      const row = rows[at];
      return row && row.v === one.v && !(one.e === 'customer' && !one.b && busy.has(one.c)) ? [actionsOf(ctx, one, row, stamp)] : [];
    });
    const failed = await ctx.table.attempt([...undone.flat(), gone]);
    if (failed.length === 0) return { undone: undone.length, kept: written.length - undone.length };
  }
  await ctx.table.writeMany([{ remove: { pk: log.pk, sk: log.sk } }]);
  return { kept: written.length };
}

function actionsOf({ tenant }: Ctx, { e, c, i, b }: Written, row: Item, stamp: Stamp): Action[] {
  if (e === 'consent') {
    const id = { customerId: c, ...consentIn(i ?? '') };
    return b
      ? consentEntity.update(tenant, id, { from: row, to: consentEntity.decode(b) }, stamp)
      : consentEntity.expire(tenant, id, row, stamp);
  }
  if (e === 'case') return caseEntity.expire(tenant, i ?? '', row, stamp);
  if (e === 'interaction') return interactionEntity.expire(tenant, { customerId: c, id: i ?? '' }, row, stamp);
  if (!b) return customerEntity.expire(tenant, c, row, stamp);
  return customerEntity.update(tenant, c, { from: row, to: customerEntity.decode(b) }, stamp);
}

/** Customers with whom something has happened: made by the import, but no longer only its. */
async function withTimeline(ctx: Ctx, written: readonly Written[]): Promise<Set<string>> {
  const made = written.filter(({ e, b }) => e === 'customer' && !b);
  const sums = await ctx.table.getMany(made.map(({ c }) => activityKey(ctx.tenant, c)));
  const busy = new Set<string>();
  for (const [at, { c }] of made.entries()) {
    if (!sums[at] || !Number(sums[at].n)) continue;
    let after: Record<string, unknown> | undefined;
    do {
      const page = await ctx.table.query({ pk: collection(ctx.tenant, c), range: timelineRange, limit: 20, after });
      if (page.items.length) busy.add(c);
      after = busy.has(c) ? undefined : page.lastKey;
    } while (after);
  }
  return busy;
}
