import type { Ctx } from '../context.ts';
import { customerEntity, directoryRow } from '../customers/customer.entity.ts';
import type { DirectoryRow } from '../customers/customer.ts';
import { walkFor } from '../customers/list.ts';
import { canonical, type Filter } from '../kernel/filter.ts';
import { listHash, openCursor, type Page, sealCursor } from '../kernel/page.ts';
import { filteredPage } from '../table/walk.ts';
import { ownerOf } from './estimate.ts';
import { parseWhere } from './fields.ts';
import { addedAtOf, memberOf, memberPosition, membershipKey, membersPartition } from './list.entity.ts';
import type { ListMember } from './list.ts';
import { momentFor, readMany, whoMeets } from './matching.ts';
import { ofDirectory, planOf } from './plan.ts';

type Asked = { limit: number; cursor?: string | undefined };
type Paged<T> = { data: T[]; page: Page };

/** Directory rows that a page examines, and those of them that are read whole at most. */
const mostExamined = 1_000;
const mostRead = 500;
const atOnce = 100;

/** Who meets a filter now, of the customers that the caller may see, by name. A page may be short; it goes on from the last row examined. */
export async function segmentMembers(ctx: Ctx, where: Filter, { limit, cursor }: Asked): Promise<Paged<DirectoryRow>> {
  const filter = parseWhere(where, ctx.workspace);
  const plan = planOf(filter, momentFor(ctx, filter), ofDirectory);
  const { walk } = await walkFor(ctx, { sort: 'name', scope: 'all', archived: false });
  const expected = { tenant: ctx.tenant, list: listHash('segment-members', canonical(filter)), at: ctx.now };
  const most = plan.steps.length > 0 ? mostRead : mostExamined;
  const data: DirectoryRow[] = [];
  let next = await openCursor(cursor, expected);
  let examined = 0;
  do {
    const step = await walk(next, Math.min(atOnce, most - examined));
    const met = await whoMeets(
      ctx,
      plan,
      step.rows.map(({ row }) => ({ id: row.id, values: { ...row } })),
    );
    next = step.next;
    for (const [at, { row, key }] of step.rows.entries()) {
      examined += 1;
      if (met[at]) data.push(row);
      if (data.length < limit || (!step.next && at + 1 === step.rows.length)) continue;
      next = key;
      break;
    }
  } while (next && data.length < limit && examined < most);
  return { data, page: { nextCursor: next ? await sealCursor({ ...expected, key: next }) : null, hasMore: next !== undefined, examined } };
}

/** Who is on a list, of the customers that the caller may see, in the order in which they were made. Whoever has ended meanwhile is left out. */
export async function listMembers(ctx: Ctx, listId: string, { limit, cursor }: Asked): Promise<Paged<ListMember>> {
  const expected = { tenant: ctx.tenant, list: listHash('list-members', listId), at: ctx.now };
  const { data, lastKey, examined } = await filteredPage<ListMember>({
    limit,
    after: await openCursor(cursor, expected),
    read: (atMost, after) => ctx.table.query({ index: 'gsi3', pk: membersPartition(ctx.tenant, listId), limit: atMost, after }),
    rowsOf: async (items) => {
      const ids = items.map(memberOf);
      const memberships = ids.map((customerId) => membershipKey(ctx.tenant, { customerId, listId }));
      const rows = await readMany(ctx, [...ids.map((id) => customerEntity.key(ctx.tenant, id)), ...memberships]);
      return Promise.all(
        ids.map(async (_, at) => {
          const [customer, membership] = [rows[at], rows[ids.length + at]];
          const seen = customer && membership && (await ctx.reaches('customers', 'read', ownerOf(customer)));
          return seen ? { ...directoryRow(customer), addedAt: addedAtOf(membership) } : undefined;
        }),
      );
    },
    keyOf: (item) => memberPosition(ctx.tenant, { customerId: memberOf(item), listId }),
  });
  return {
    data,
    page: { nextCursor: lastKey ? await sealCursor({ ...expected, key: lastKey }) : null, hasMore: lastKey !== undefined, examined },
  };
}
