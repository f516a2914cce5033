import type { Ctx } from '../context.ts';
import { CrmError, invalid, missing } from '../kernel/errors.ts';
import { listHash, openCursor, sealCursor } from '../kernel/page.ts';
import type { Verb } from '../kernel/route.ts';
import { GuardError, type Item } from '../table/entity.ts';
import { checkFresh } from '../table/fresh.ts';
import { filteredPage } from '../table/walk.ts';
import { parseWhere } from './fields.ts';
import { segmentEntity, segmentPartition, segmentRange } from './segment.entity.ts';
import { putAway, type Segment, type SegmentInput, type SegmentPatch, takenUp } from './segment.ts';
import { seesSegment } from './visible.ts';

const tries = 6;
type Shelf = { limit: number; cursor?: string | undefined; archived: 'true' | 'false' };

/** The segments of one workspace, as one caller may see and change them. */
export const segmentStore = (ctx: Ctx) => {
  const { table, tenant } = ctx;

  const row = async (id: string, verb: Verb): Promise<Item> => {
    const item = (await table.get(segmentEntity.key(tenant, id))) ?? missing();
    const segment = segmentEntity.decode(item);
    if (!seesSegment(ctx, segment)) missing();
    if (verb !== 'read' && !(await ctx.reaches('segments', verb, segment.ownerId)))
      throw new CrmError('forbidden', { needs: `segments:${verb}` });
    return item;
  };

  const change = async (id: string, verb: Verb, rule: (segment: Segment, item: Item) => Segment): Promise<Segment> => {
    for (let attempt = 0; attempt < tries; attempt++) {
      const item = await row(id, verb);
      const before = segmentEntity.decode(item);
      const next = rule(before, item);
      if (segmentEntity.changedFields(before, next).length === 0) return before;
      try {
        await table.commit(segmentEntity.update(tenant, id, { from: item, to: next }, ctx.stamp));
        return { ...next, version: before.version + 1, updatedAt: ctx.iso };
      } catch (error) {
        if (!(error instanceof GuardError)) throw error;
      }
    }
    throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
  };

  return {
    get: async (id: string) => segmentEntity.decode(await row(id, 'read')),

    create: async (input: SegmentInput): Promise<Segment> => {
      const where = parseWhere(input.where, ctx.workspace);
      const made = { id: ctx.newId('seg'), ...input, where, ownerId: ctx.actor.memberId };
      const segment: Segment = { ...made, archivedAt: null, createdAt: ctx.iso, updatedAt: ctx.iso, version: 1 };
      await table.commit(segmentEntity.create(tenant, segment.id, segment, ctx.stamp));
      return segment;
    },

    patch: async (id: string, patch: SegmentPatch, seen: number): Promise<Segment> => {
      await checkOwner(ctx, patch.ownerId);
      const where = patch.where === undefined ? {} : { where: parseWhere(patch.where, ctx.workspace) };
      return change(id, 'write', (segment, item) => {
        if (segment.archivedAt) throw new CrmError('already_archived');
        checkFresh(Object.keys(patch), { seen, version: segment.version, versions: segmentEntity.fieldVersions(item) });
        return { ...segment, ...patch, ...where };
      });
    },

    archive: (id: string) => change(id, 'delete', (segment) => putAway(segment, ctx.iso)),
    restore: (id: string) => change(id, 'delete', (segment) => takenUp(segment)),

    /** One page, the newest first, of what the caller may see. */
    page: async ({ limit, cursor, archived }: Shelf) => {
      const expected = { tenant, list: listHash('segments', archived), at: ctx.now };
      const { data, lastKey, examined } = await filteredPage<Segment>({
        limit,
        after: await openCursor(cursor, expected),
        read: (atMost, after) =>
          table.query({ pk: segmentPartition(tenant), range: segmentRange, newestFirst: true, limit: atMost, after }),
        rowsOf: async (items) =>
          items
            .map((item) => segmentEntity.decode(item))
            .map((segment) => (seesSegment(ctx, segment) && (segment.archivedAt !== null) === (archived === 'true') ? segment : undefined)),
        keyOf: ({ pk, sk }) => ({ pk, sk }),
      });
      const nextCursor = lastKey ? await sealCursor({ ...expected, key: lastKey }) : null;
      return { data, page: { nextCursor, hasMore: lastKey !== undefined, examined } };
    },
  };
};

/** A new owner must be of the staff. */
export async function checkOwner(ctx: Ctx, ownerId: string | undefined): Promise<void> {
  if (ownerId === undefined) return;
  const isThere = async () => (await ctx.roster()).some(({ id, status }) => id === ownerId && status === 'active');
  if (await isThere()) return;
  await ctx.reread();
  if (!(await isThere())) throw invalid('/ownerId', 'no_such_member', 'no such member');
}
