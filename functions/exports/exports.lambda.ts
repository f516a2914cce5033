import { type Ctx, serve } from '../context.ts';
import { customerList } from '../customers/customer-fields.ts';
import { walkFor } from '../customers/list.ts';
import { actOf } from '../jobs/act.ts';
import { jobEntity, jobPartition } from '../jobs/job.entity.ts';
import { jobStore } from '../jobs/job.store.ts';
import { type Job, newJob, shownJob } from '../jobs/job.ts';
import { sendJob } from '../jobs/queue.ts';
import { now as clock } from '../kernel/clock.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { parseFilter } from '../kernel/filter.ts';
import { downloadLink } from '../kernel/objects.ts';
import { listHash, openCursor, sealCursor } from '../kernel/page.ts';
import { reply } from '../kernel/reply.ts';
import { runEntity } from '../runs/run.entity.ts';
import { groupName } from '../segments/visible.ts';
import { filteredPage } from '../table/walk.ts';
import { type Export, exportErrors, NewExport } from './export.ts';
import { exportRoutes } from './exports.routes.ts';
import { responseSource } from './response-source.ts';
import { lackingRight } from './rights.ts';
import { exportKey } from './upload.ts';

const jobsOf = (ctx: Ctx) => jobStore({ table: ctx.table, tenant: ctx.tenant, stamp: ctx.stamp, clock });
/** Hers, and of what she may still have: neither another role nor a narrower key gets at an older file. */
const isMine = (ctx: Ctx, job: Job) =>
  job.kind === 'export' && job.memberId === ctx.actor.memberId && lackingRight(ctx, NewExport.parse(job.settings)) === undefined;

/** An export as its member sees it. It holds what she may see, so it is nobody else's. */
async function shown(ctx: Ctx, job: Job, { link }: { link: boolean }): Promise<Export> {
  const { kind: _kind, canUndo: _undo, ...view } = shownJob(job, ctx.now);
  const { target } = NewExport.parse(job.settings);
  const name = `${target}-${job.createdAt.slice(0, 10)}.csv`;
  const file =
    link && job.state === 'done' ? await downloadLink({ key: exportKey(ctx.tenant, job.id), name, type: 'text/csv; charset=utf-8' }) : null;
  return { ...view, target, file: file && { ...file, name } };
}

/** Refuses what is not there to be exported: a segment, list, run or survey that the caller does not see, an order that is not served. */
async function isThere(ctx: Ctx, asked: NewExport): Promise<unknown> {
  if (asked.segmentId !== undefined) return groupName(ctx, { segmentId: asked.segmentId });
  if (asked.listId !== undefined) return groupName(ctx, { listId: asked.listId });
  if (asked.survey) return responseSource(ctx, asked, asked.survey);
  if (asked.run) return (await ctx.table.get(runEntity.key(ctx.tenant, asked.run), { strong: false })) ?? missing();
  return walkFor(ctx, asked);
}

export const handler = serve(exportRoutes, {
  createExport: async (ctx, { body }) => {
    const needs = lackingRight(ctx, body);
    if (needs) throw new CrmError('forbidden', { needs });
    const errors = exportErrors(body);
    if (errors.length > 0) throw new CrmError('invalid_input', { errors });
    const where = body.where === undefined ? undefined : parseFilter(body.where, customerList, '/where');
    await isThere(ctx, body);
    const settings = { ...body, ...(where && { where }) };
    const job = newJob({
      id: ctx.newId('job'),
      kind: 'export',
      memberId: ctx.actor.memberId,
      via: ctx.actor.via as Job['via'],
      state: 'running',
      settings,
      now: ctx.now,
    });
    await ctx.table.commit([...jobsOf(ctx).createActions(job), actOf(ctx, job, 'started')]);
    await sendJob({ tenant: ctx.tenant, kind: 'export', jobId: job.id });
    return reply(await shown(ctx, job, { link: false }), { headers: { location: `/v1/exports/${job.id}` } });
  },

  listExports: async (ctx, { query }) => {
    const expected = { tenant: ctx.tenant, list: listHash('exports', ctx.actor.memberId), at: ctx.now };
    const { data, lastKey, examined } = await filteredPage<Job>({
      limit: query.limit,
      after: await openCursor(query.cursor, expected),
      read: (limit, after) => ctx.table.query({ pk: jobPartition(ctx.tenant), newestFirst: true, limit, after }),
      rowsOf: async (items) => items.map((item) => jobEntity.decode(item)).map((job) => (isMine(ctx, job) ? job : undefined)),
      keyOf: ({ pk, sk }) => ({ pk, sk }),
    });
    const nextCursor = lastKey ? await sealCursor({ ...expected, key: lastKey }) : null;
    return {
      data: await Promise.all(data.map((job) => shown(ctx, job, { link: false }))),
      page: { nextCursor, hasMore: lastKey !== undefined, examined },
    };
  },

  getExport: async (ctx, { params }) => {
    const job = await jobsOf(ctx).get(params.id);
    return isMine(ctx, job) ? shown(ctx, job, { link: true }) : missing();
  },
});
