import { type Ctx, serve } from '../context.ts';
import { CrmError, invalid } from '../kernel/errors.ts';
import { reply } from '../kernel/reply.ts';
import { versionOf } from '../kernel/request.ts';
import { countStep } from './count.ts';
import { estimateAudience, type Sees } from './estimate.ts';
import { filterFields, parseWhere } from './fields.ts';
import { addToList, freeze } from './fill-list.start.ts';
import { groupsOf } from './groups.ts';
import { listStore } from './list.store.ts';
import type { ListView } from './list.ts';
import { listRoutes } from './lists.routes.ts';
import { listMembers, segmentMembers } from './members.ts';
import { removeMembers } from './membership.ts';
import { segmentStore } from './segment.store.ts';
import type { Audience } from './segment.ts';
import { segmentRoutes } from './segments.routes.ts';

const seesFor =
  (ctx: Ctx): Sees =>
  (ownerId) =>
    ctx.reaches('customers', 'read', ownerId);

/** A list's ETag tells of who is on it too, which its version does not. */
const withEtag = (list: ListView) => reply(list, { headers: { etag: `"${list.version}.${list.members}"` } });

/** What is asked for: a filter of the moment or an audience, one of the two. */
function askedFor(ctx: Ctx, { where, audience }: { where?: unknown; audience?: Audience | undefined }): Audience {
  if ((where === undefined) === (audience === undefined)) throw invalid('', 'one_of', 'either where or audience');
  return audience ?? { include: [{ where: parseWhere(where, ctx.workspace) }], exclude: [] };
}

export const handler = serve(
  { ...segmentRoutes, ...listRoutes },
  {
    listFilterFields: async (ctx) => ({ data: filterFields(ctx.workspace) }),

    listSegments: (ctx, { query }) => segmentStore(ctx).page(query),
    createSegment: async (ctx, { body }) => {
      const segment = await segmentStore(ctx).create(body);
      return reply(segment, { headers: { location: `/v1/segments/${segment.id}` } });
    },
    getSegment: (ctx, { params }) => segmentStore(ctx).get(params.id),
    updateSegment: (ctx, { params, body, headers }) => segmentStore(ctx).patch(params.id, body, versionOf(headers['if-match'] ?? '') ?? 0),
    archiveSegment: (ctx, { params }) => segmentStore(ctx).archive(params.id),
    restoreSegment: (ctx, { params }) => segmentStore(ctx).restore(params.id),

    estimateSegment: (ctx, { body }) => estimateAudience(ctx, askedFor(ctx, body), seesFor(ctx)),
    countSegment: (ctx, { body }) => countStep(ctx, askedFor(ctx, body), { cursor: body.cursor, sees: seesFor(ctx) }),
    listSegmentMembers: async (ctx, { params, query }) => segmentMembers(ctx, (await segmentStore(ctx).get(params.id)).where, query),
    freezeSegment: async (ctx, { params, body }) => {
      const segment = await segmentStore(ctx).get(params.id);
      if (segment.archivedAt) throw new CrmError('already_archived');
      parseWhere(segment.where, ctx.workspace);
      const list = await freeze(ctx, segment, body);
      return reply(list, { headers: { location: `/v1/lists/${list.id}` } });
    },
    listCustomerGroups: async (ctx, { params }) => groupsOf(ctx, await ctx.customers.row(params.id)),

    listLists: (ctx, { query }) => listStore(ctx).page(query),
    createList: async (ctx, { body }) => {
      const list = await listStore(ctx).create(body);
      return reply(list, { headers: { location: `/v1/lists/${list.id}` } });
    },
    getList: async (ctx, { params }) => withEtag(await listStore(ctx).get(params.id)),
    updateList: async (ctx, { params, body, headers }) =>
      withEtag(await listStore(ctx).patch(params.id, body, versionOf(headers['if-match'] ?? '') ?? 0)),
    archiveList: async (ctx, { params }) => withEtag(await listStore(ctx).archive(params.id)),
    restoreList: async (ctx, { params }) => withEtag(await listStore(ctx).restore(params.id)),
    listListMembers: async (ctx, { params, query }) => {
      await listStore(ctx).get(params.id);
      return listMembers(ctx, params.id, query);
    },
    addListMembers: async (ctx, { params, body }) => addToList(ctx, await listStore(ctx).open(params.id), body),
    removeListMembers: async (ctx, { params, body }) => {
      const list = await listStore(ctx).open(params.id);
      return { removed: await removeMembers(ctx, list.id, body.customerIds) };
    },
  },
);
