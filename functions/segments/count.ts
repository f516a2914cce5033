import { canonical } from '../kernel/filter.ts';
import { listHash, openCursor, sealCursor } from '../kernel/page.ts';
import { counterKey } from '../workflows/counter.ts';
import { audiencePages } from './audience.ts';
import { ownerOf, type Sees } from './estimate.ts';
import type { Reader } from './matching.ts';
import type { Audience, Count } from './segment.ts';

/** Customers that one step of a count looks at. */
const stepSize = 2_000;

const spelled = ({ include, exclude }: Audience) =>
  [include, exclude].map((parts) => parts.map((part) => ('where' in part ? canonical(part.where) : JSON.stringify(part))));

/**
 * One step of an exact count, from where the cursor says; whoever asks goes on until there is none. What was counted so far travels in the
 * cursor. Throws `invalid_cursor` for one of another count.
 */
export async function countStep(
  reader: Reader & { iso: string },
  audience: Audience,
  { cursor, sees }: { cursor: string | undefined; sees: Sees },
): Promise<Count> {
  const { tenant, table } = reader;
  const expected = { tenant, list: listHash('count', spelled(audience)), at: reader.now };
  const before = await openCursor(cursor, expected);
  const counter = await table.get(counterKey(tenant), { strong: false });
  const pages = audiencePages(reader, audience, { cursor: before?.at as string | undefined, pageSize: stepSize });
  const { value } = await pages.next();
  const page = value ?? { customers: [], examined: 0, cursor: null };
  const may = await Promise.all(page.customers.map(({ row }: (typeof page.customers)[number]) => sees(ownerOf(row))));
  const counted = Number(before?.counted ?? 0) + may.filter(Boolean).length;
  const examined = Number(before?.examined ?? 0) + page.examined;
  return {
    counted,
    examined,
    total: Math.max(examined, Number(counter?.customers ?? 0)),
    nextCursor: page.cursor === null ? null : await sealCursor({ ...expected, key: { at: page.cursor, counted, examined } }),
    asOf: reader.iso,
  };
}
