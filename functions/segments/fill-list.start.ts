import type { Ctx } from '../context.ts';
import { actOf } from '../jobs/act.ts';
import { jobStore } from '../jobs/job.store.ts';
import { type Job, newJob } from '../jobs/job.ts';
import { sendJob } from '../jobs/queue.ts';
import { chunkRows, type FillList } from './fill-list.ts';
import { listStore } from './list.store.ts';
import { type Added, type Additions, type List, type ListInput, type ListView, mostByHand } from './list.ts';
import { addMembers } from './membership.ts';
import { resolve } from './resolve.ts';
import type { Segment } from './segment.ts';

const jobsOf = (ctx: Ctx) => jobStore({ ...ctx, clock: () => ctx.now });

const jobFor = (ctx: Ctx, settings: FillList, total: number | null): Job => ({
  ...newJob({
    id: ctx.newId('job'),
    kind: 'fill-list',
    memberId: ctx.actor.memberId,
    via: ctx.actor.via as Job['via'],
    state: 'running',
    settings,
    now: ctx.now,
  }),
  total,
});

const wake = (ctx: Ctx, { id, kind }: Job) => sendJob({ tenant: ctx.tenant, kind, jobId: id });

/** Puts customers on a list: few at once, many by a job. What leads to nobody is told at once either way. */
export async function addToList(ctx: Ctx, list: List, asked: Additions): Promise<Added> {
  const { ids, misses, lines } = await resolve(ctx, asked);
  const told = { lines, misses };
  if (ids.length > mostByHand) {
    const job = jobFor(ctx, { listId: list.id, from: 'chunks' }, ids.length);
    // What is to be written goes first: a job that finds its chunks missing would be done with nothing.
    await ctx.table.writeMany(chunkRows(ctx.tenant, job.id, { ids, now: ctx.now }).map((put) => ({ put })));
    const filled = await listStore(ctx).filledBy(list.id, job.id);
    await ctx.table.commit([...jobsOf(ctx).createActions(job), actOf(ctx, job, 'started'), ...filled]);
    await wake(ctx, job);
    return { ...told, added: ids.length, already: 0, jobId: job.id };
  }
  const { table, tenant, stamp, now, requestId } = ctx;
  const added = await addMembers({ table, tenant, by: stamp.by, now, requestId }, list.id, ids);
  return { ...told, added, already: ids.length - added, jobId: null };
}

/** Makes a list of those who are in a segment, as the job reads it. */
export async function freeze(ctx: Ctx, segment: Segment, input: ListInput): Promise<ListView> {
  const lists = listStore(ctx);
  const draft = lists.draft(input);
  const job = jobFor(ctx, { listId: draft.id, from: { include: [{ where: segment.where }], exclude: [] } }, null);
  const list: List = { ...draft, jobId: job.id };
  await ctx.table.commit([...lists.createActions(list), ...jobsOf(ctx).createActions(job), actOf(ctx, job, 'started')]);
  await wake(ctx, job);
  return { ...list, members: 0 };
}
