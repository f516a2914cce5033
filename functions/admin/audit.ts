import type * as z from 'zod';
import type { Ctx } from '../context.ts';
import { isoOf } from '../kernel/clock.ts';
import type { HistoryEntry } from '../kernel/history.ts';
import { hashOf } from '../kernel/ids.ts';
import { listHash, openCursor, sealCursor } from '../kernel/page.ts';
import type { Action, Item } from '../table/entity.ts';
import { highest } from '../table/ranges.ts';
import { filteredPage } from '../table/walk.ts';
import { auditPartition, historyEntry } from '../workflows/history.ts';
import type { auditRoutes } from './admin.routes.ts';

/** What has no row of its own whose image could tell it, such as a sign-in or a job. */
export type Act = {
  at: number;
  /** signIn, job … */
  entity: string;
  rowId: string;
  actorId: string | null;
  via: string;
  requestId?: string | null;
  action?: HistoryEntry['action'];
  changes?: HistoryEntry['changes'];
  /** Tells two acts of the same moment and row apart. */
  what?: string;
};

/** pk T#<tenant>#AUD  sk <when>#<hash>     an act for the audit, in the form of a history row; gsi3 the same key */
export function auditAction(tenant: string, act: Act): Action {
  const { at, entity, rowId, actorId, via, requestId, action = 'created', changes = [], what = '' } = act;
  const sk = `${isoOf(at)}#${hashOf([entity, rowId, actorId, requestId, what].join('#'), 12)}`;
  const pk = auditPartition(tenant);
  const put: Item = {
    pk,
    sk,
    ty: entity,
    id: rowId,
    ac: action,
    at,
    vi: via,
    n: 1,
    ...(actorId && { by: actorId }),
    ...(requestId && { q: requestId }),
    ...(changes.length > 0 && { c: changes.map(({ field, from, to }) => [field, from, to]) }),
    gsi3pk: pk,
    gsi3sk: sk,
  };
  return { put, guard: { always: 'an act has a key of its own; the same act written twice is one' } };
}

type Asked = z.output<(typeof auditRoutes)['listAuditEvents']['query']>;

/** One page of the audit, newest first: keys from the index, the rows by BatchGet, what the filter leaves out after that. */
export async function auditPage(ctx: Ctx, asked: Asked) {
  const { limit, cursor, from, to, fields: _, ...filter } = asked;
  const expected = { tenant: ctx.tenant, list: listHash('audit', from, to, filter), at: ctx.now };
  const after = await openCursor(cursor, expected);
  const range = { from: from ?? '0', to: `${to ?? ''}${highest}` };
  const passes = ({ actorId, entity, rowId, requestId }: HistoryEntry) =>
    (!filter.actorId || actorId === filter.actorId) &&
    (!filter.entity || entity === filter.entity) &&
    (!filter.rowId || rowId === filter.rowId) &&
    (!filter.requestId || requestId === filter.requestId);
  const page = await filteredPage<HistoryEntry>({
    limit,
    after,
    read: (atMost, key) =>
      ctx.table.query({ index: 'gsi3', pk: auditPartition(ctx.tenant), range, newestFirst: true, limit: atMost, after: key }),
    rowsOf: async (keys) => {
      const rows = await ctx.table.getMany(keys);
      return rows.map((row) => {
        const entry = row && historyEntry(row);
        return entry && passes(entry) ? entry : undefined;
      });
    },
    keyOf: ({ pk, sk, gsi3pk, gsi3sk }) => ({ pk, sk, gsi3pk, gsi3sk }),
  });
  const { data, examined, lastKey } = page;
  return {
    data,
    page: { nextCursor: lastKey ? await sealCursor({ ...expected, key: lastKey }) : null, hasMore: lastKey !== undefined, examined },
  };
}
