import type { Item } from './entity.ts';

/** Rows that one page may look at where a filter leaves most of them out. */
const mostExamined = 1_000;
const atOnce = 100;

type Read = (
  limit: number,
  after: Record<string, unknown> | undefined,
) => Promise<{ items: Item[]; lastKey: Record<string, unknown> | undefined; examined: number }>;
type Asked<T> = {
  limit: number;
  after: Record<string, unknown> | undefined;
  read: Read;
  /** Turns what was read into rows, in order; undefined leaves one out. */
  rowsOf: (items: Item[]) => Promise<(T | undefined)[]>;
  /** The key from which a page after this item goes on. */
  keyOf: (item: Item) => Record<string, unknown>;
};

/** At most `limit` rows that pass, from where the page before ended, looking at 1,000 at most. `lastKey` is absent at the end. */
export async function filteredPage<T>({ limit, after, read, rowsOf, keyOf }: Asked<T>) {
  const data: T[] = [];
  let examined = 0;
  let lastKey = after;
  do {
    const found = await read(Math.min(atOnce, Math.max(limit, 1), mostExamined - examined), lastKey);
    const rows = await rowsOf(found.items);
    lastKey = found.lastKey;
    for (const [at, row] of rows.entries()) {
      examined++;
      if (row !== undefined) data.push(row);
      if (data.length < limit) continue;
      const isLast = at === rows.length - 1;
      return { data, examined, lastKey: isLast ? found.lastKey : keyOf(found.items[at] as Item) };
    }
  } while (lastKey && examined < mostExamined);
  return { data, examined, lastKey };
}
