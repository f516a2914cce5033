import { creationPartition } from '../customers/customer.entity.ts';
import type { Item } from '../table/entity.ts';
import type { Reader } from './facts.ts';

export type Cursor = Record<string, string>;

/** One page of all customers who are not archived, in the order of their creation: the index, then the rows, strongly. 0.5 R and 1 R each. */
export async function customersPage(
  { table, tenant }: Reader,
  cursor: Cursor | null,
  limit: number,
): Promise<{ items: Item[]; next: Cursor | null }> {
  const { items, lastKey } = await table.query({
    index: 'gsi3',
    pk: creationPartition(tenant),
    limit,
    ...(cursor && { after: cursor }),
  });
  const rows = await table.getMany(
    items.map(({ pk, sk }) => ({ pk, sk })),
    { strong: true },
  );
  return { items: rows.filter((row) => row !== undefined), next: (lastKey as Cursor | undefined) ?? null };
}
