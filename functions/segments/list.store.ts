import type { Ctx } from '../context.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { listHash, openCursor, sealCursor } from '../kernel/page.ts';
import type { Verb } from '../kernel/route.ts';
import { type Action, GuardError, type Item } from '../table/entity.ts';
import { checkFresh } from '../table/fresh.ts';
import { filteredPage } from '../table/walk.ts';
import { listCountKey, listEntity, listPartition, listRange } from './list.entity.ts';
import type { List, ListInput, ListPatch, ListView } from './list.ts';
import { checkOwner } from './segment.store.ts';
import { putAway, takenUp } from './segment.ts';

const tries = 6;
type Shelf = { limit: number; cursor?: string | undefined; archived: 'true' | 'false' };

/** The lists of one workspace, as one caller may change them; whoever sees lists sees all of them. */
export const listStore = (ctx: Ctx) => {
  const { table, tenant } = ctx;

  const row = async (id: string, verb: Verb): Promise<Item> => {
    const item = (await table.get(listEntity.key(tenant, id))) ?? missing();
    const { ownerId } = listEntity.decode(item);
    if (verb !== 'read' && !(await ctx.reaches('segments', verb, ownerId))) throw new CrmError('forbidden', { needs: `segments:${verb}` });
    return item;
  };

  /** Lists with how many are on them. Half a read unit each. */
  const counted = async (lists: List[]): Promise<ListView[]> => {
    const counts = await table.getMany(lists.map(({ id }) => listCountKey(tenant, id)));
    return lists.map((list, at) => ({ ...list, members: Math.max(0, Number(counts[at]?.n ?? 0)) }));
  };
  const shown = async (list: List) => (await counted([list]))[0] as ListView;

  const change = async (id: string, verb: Verb, rule: (list: List, item: Item) => List): Promise<ListView> => {
    for (let attempt = 0; attempt < tries; attempt++) {
      const item = await row(id, verb);
      const before = listEntity.decode(item);
      const next = rule(before, item);
      if (listEntity.changedFields(before, next).length === 0) return shown(before);
      try {
        await table.commit(listEntity.update(tenant, id, { from: item, to: next }, ctx.stamp));
        return shown({ ...next, version: before.version + 1, updatedAt: ctx.iso });
      } catch (error) {
        if (!(error instanceof GuardError)) throw error;
      }
    }
    throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
  };

  const draft = (input: ListInput): List => ({
    ...{ id: ctx.newId('lst'), ...input, ownerId: ctx.actor.memberId },
    ...{ jobId: null, archivedAt: null, createdAt: ctx.iso, updatedAt: ctx.iso, version: 1 },
  });
  const createActions = (list: List): Action[] => listEntity.create(tenant, list.id, list, ctx.stamp);

  return {
    draft,
    createActions,
    get: async (id: string) => shown(listEntity.decode(await row(id, 'read'))),

    /** A list that the caller may put customers on or take them off. */
    open: async (id: string): Promise<List> => {
      const list = listEntity.decode(await row(id, 'write'));
      if (list.archivedAt) throw new CrmError('already_archived');
      return list;
    },

    create: async (input: ListInput): Promise<ListView> => {
      const list = draft(input);
      await table.commit(createActions(list));
      return { ...list, members: 0 };
    },

    patch: async (id: string, patch: ListPatch, seen: number): Promise<ListView> => {
      await checkOwner(ctx, patch.ownerId);
      return change(id, 'write', (list, item) => {
        if (list.archivedAt) throw new CrmError('already_archived');
        checkFresh(Object.keys(patch), { seen, version: list.version, versions: listEntity.fieldVersions(item) });
        return { ...list, ...patch };
      });
    },

    /** The list with the job that now fills it, for the commit that makes the job. */
    filledBy: async (id: string, jobId: string): Promise<Action[]> => {
      const from = await row(id, 'write');
      return listEntity.update(tenant, id, { from, to: { ...listEntity.decode(from), jobId } }, ctx.stamp);
    },

    archive: (id: string) => change(id, 'delete', (list) => putAway(list, ctx.iso)),
    restore: (id: string) => change(id, 'delete', (list) => takenUp(list)),

    /** One page, the newest first. */
    page: async ({ limit, cursor, archived }: Shelf) => {
      const expected = { tenant, list: listHash('lists', archived), at: ctx.now };
      const { data, lastKey, examined } = await filteredPage<List>({
        limit,
        after: await openCursor(cursor, expected),
        read: (atMost, after) => table.query({ pk: listPartition(tenant), range: listRange, newestFirst: true, limit: atMost, after }),
        rowsOf: async (items) =>
          items
            .map((item) => listEntity.decode(item))
            .map((list) => ((list.archivedAt !== null) === (archived === 'true') ? list : undefined)),
        keyOf: ({ pk, sk }) => ({ pk, sk }),
      });
      const nextCursor = lastKey ? await sealCursor({ ...expected, key: lastKey }) : null;
      return { data: await counted(data), page: { nextCursor, hasMore: lastKey !== undefined, examined } };
    },
  };
};
