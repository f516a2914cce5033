import type { Ctx } from '../context.ts';
import { byteOrderMark, csvRow, guarded } from '../exports/cell.ts';
import { jobParts } from '../jobs/job.entity.ts';
import type { RowError } from './import.ts';
import { objectKey, writeObject } from './objects.ts';

/** Row errors wait beside the job until it is done, one row a window; a window that is done twice has the same place. */
const prefix = 'E#';
const range = { from: prefix, to: `${prefix}~` };
const keptSeconds = 30 * 86_400;
const mostAtOnce = 500;

const place = (row: number, part: number) => `${prefix}${String(row).padStart(10, '0')}#${part}`;

export async function keepErrors(
  ctx: Ctx,
  jobId: string,
  { firstRow, errors }: { firstRow: number; errors: readonly RowError[] },
): Promise<void> {
  const parts = Math.ceil(errors.length / mostAtOnce);
  const ttl = Math.floor(ctx.now / 1_000) + keptSeconds;
  const rows = Array.from({ length: parts }, (_, part) => ({
    put: { pk: jobParts(ctx.tenant, jobId), sk: place(firstRow, part), r: errors.slice(part * mostAtOnce, (part + 1) * mostAtOnce), ttl },
  }));
  if (rows.length) await ctx.table.writeMany(rows);
}

/** Forgets what an earlier run of the same job left. */
export async function forgetErrors(ctx: Ctx, jobId: string): Promise<void> {
  const rows = await ctx.table.queryAll({ pk: jobParts(ctx.tenant, jobId), range });
  await ctx.table.writeMany(rows.map(({ pk, sk }) => ({ remove: { pk, sk } })));
}

const header = ['row', 'column', 'code', 'detail'];

/** Writes the file of row errors; answers how many there are. */
export async function writeErrorFile(ctx: Ctx, jobId: string): Promise<number> {
  const parts: string[] = [];
  let count = 0;
  let after: Record<string, unknown> | undefined;
  do {
    const page = await ctx.table.query({ pk: jobParts(ctx.tenant, jobId), range, after });
    for (const item of page.items) {
      const errors = (item.r ?? []) as RowError[];
      count += errors.length;
      parts.push(
        errors.map(({ row, column, code, detail }) => csvRow([String(row), guarded(column ?? ''), code, guarded(detail)], ',')).join(''),
      );
    }
    after = page.lastKey;
  } while (after);
  if (count > 0)
    await writeObject(objectKey(ctx.tenant, jobId, 'errors.csv'), byteOrderMark + csvRow(header, ',') + parts.join(''), {
      type: 'text/csv; charset=utf-8',
    });
  return count;
}
