import type { Ctx } from '../context.ts';
import type { HistoryEntry } from '../kernel/history.ts';
import { listHash, openCursor, type Page, sealCursor } from '../kernel/page.ts';
import type { Key } from '../table/entity.ts';
import { historyEntry, historyRange } from './history.ts';

type Listed = { limit: number; cursor?: string | undefined };

/** One page of who changed what in one row, the newest first. 0.5 R a 4 KiB, 2 R for 50. Whoever calls has looked whether the row is the caller's to see. */
export async function historyPage(ctx: Ctx, row: Key, { limit, cursor }: Listed): Promise<{ data: HistoryEntry[]; page: Page }> {
  const expected = { tenant: ctx.tenant, list: listHash('history', row.pk), at: ctx.now };
  const after = await openCursor(cursor, expected);
  const { items, lastKey, examined } = await ctx.table.query({ pk: row.pk, range: historyRange(row.sk), newestFirst: true, limit, after });
  return {
    data: items.map(historyEntry),
    page: { nextCursor: lastKey ? await sealCursor({ ...expected, key: lastKey }) : null, hasMore: lastKey !== undefined, examined },
  };
}
