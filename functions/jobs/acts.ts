import type { Resource } from '../admin/roles.ts';
import type { Ctx } from '../context.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { listHash, openCursor, sealCursor } from '../kernel/page.ts';
import type { Verb } from '../kernel/route.ts';
import { filteredPage } from '../table/walk.ts';
import { actOf } from './act.ts';
import { jobEntity, jobPartition } from './job.entity.ts';
import { jobStore } from './job.store.ts';
import { type Job, jobKinds, moved, resumed, shownJob } from './job.ts';
import { sendJob } from './queue.ts';

/** What people do with jobs over HTTP, whatever the kind. A job that is not the caller's to see is absent. */
const storeOf = (ctx: Ctx) => jobStore({ ...ctx, clock: () => ctx.now });

const sees = (ctx: Ctx, job: Job) => job.memberId === ctx.actor.memberId || ctx.scope('audit', 'read') === 'all';

export async function jobSeen(ctx: Ctx, id: string): Promise<Job> {
  const job = await storeOf(ctx).get(id);
  return sees(ctx, job) ? job : missing();
}

/** Refuses whoever may not start such a job to resume or undo it either. */
export function mayWork(ctx: Ctx, { kind }: Pick<Job, 'kind'>): void {
  const { needs } = jobKinds[kind];
  const [resource, verb] = needs.split(':') as [Resource, Verb];
  if (ctx.scope(resource, verb) === 'none') throw new CrmError('forbidden', { needs });
}

/** Changes a job that the caller may see and work with, then wakes its workers. */
async function act(ctx: Ctx, id: string, { what, rule }: { what: 'resumed' | 'undone'; rule: (job: Job) => Job }): Promise<Job> {
  mayWork(ctx, await jobSeen(ctx, id));
  const job = await storeOf(ctx).change(id, rule, (next) => [actOf(ctx, next, what)]);
  await sendJob({ tenant: ctx.tenant, kind: job.kind, jobId: job.id });
  return job;
}

export const resumeJob = (ctx: Ctx, id: string) => act(ctx, id, { what: 'resumed', rule: (job) => resumed(job, ctx.now) });

export const undoJob = (ctx: Ctx, id: string) =>
  act(ctx, id, {
    what: 'undone',
    rule: (job) => {
      if (!shownJob(job, ctx.now).canUndo) throw new CrmError('wrong_state', { from: job.state });
      return moved(job, 'undoing', ctx.now);
    },
  });

/** One page of the jobs that the caller may see, the newest first. */
export async function jobPage(ctx: Ctx, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
  const expected = { tenant: ctx.tenant, list: listHash('jobs'), at: ctx.now };
  const after = await openCursor(cursor, expected);
  const { data, examined, lastKey } = await filteredPage<Job>({
    limit,
    after,
    read: (atMost, key) => ctx.table.query({ pk: jobPartition(ctx.tenant), newestFirst: true, limit: atMost, after: key }),
    rowsOf: async (items) => items.map((item) => jobEntity.decode(item)).map((job) => (sees(ctx, job) ? job : undefined)),
    keyOf: ({ pk, sk }) => ({ pk, sk }),
  });
  return {
    data: data.map((job) => shownJob(job, ctx.now)),
    page: { nextCursor: lastKey ? await sealCursor({ ...expected, key: lastKey }) : null, hasMore: lastKey !== undefined, examined },
  };
}
