import type * as z from 'zod';
import type { Ctx } from '../context.ts';
import { fold } from '../kernel/fold.ts';
import type { Item } from '../table/entity.ts';
import type { Customer } from './customer.ts';
import type { Existing, SearchHit } from './customers.routes.ts';
import { hits, planSearch, searchExamines } from './search.ts';
import { wordPartition } from './search-rows.ts';

type Found = z.output<typeof SearchHit>;
/** Who looks: a caller, who sees what is his to see, or the product itself, which sees all. */
export type Finder = Pick<Ctx, 'table' | 'tenant' | 'reaches' | 'iso'>;

const tokenOf = (item: Item) => {
  const at = item.sk.lastIndexOf('#');
  return {
    word: item.sk.slice(0, at),
    customerId: item.sk.slice(at + 1),
    text: String(item.x ?? ''),
    name: String(item.n),
    kind: item.k as Found['kind'],
    ownerId: (item.o as string | undefined) ?? null,
    archived: item.a === true,
  };
};

async function tokens(ctx: Finder, text: string) {
  const plan = planSearch(text);
  if (!plan) return { rows: [], examined: 0, truncated: false };
  const range = { from: plan.from, to: plan.to };
  const { items, lastKey, examined } = await ctx.table.query({
    pk: wordPartition(ctx.tenant, plan.partition),
    range,
    limit: searchExamines,
  });
  const found = hits(items.map(tokenOf), plan);
  const seen = await Promise.all(found.map(({ ownerId }) => ctx.reaches('customers', 'read', ownerId)));
  return { rows: found.filter((_, at) => seen[at]), examined, truncated: lastKey !== undefined };
}

/** Customers by words, best first, the archived last. Of a customer the caller may not see, nothing is told. 0.5 to 1 R for ten hits. */
export async function findCustomers(ctx: Finder, text: string, limit: number) {
  const { rows, examined, truncated } = await tokens(ctx, text);
  const ordered = [...rows.filter(({ archived }) => !archived), ...rows.filter(({ archived }) => archived)];
  const data = ordered.slice(0, limit).map(
    ({ customerId, kind, name, text: folded, ownerId, archived }): Found => ({
      id: customerId,
      kind,
      name,
      detail: folded.slice(0, 120),
      ownerId,
      archived,
    }),
  );
  return { data, truncated, examined, asOf: ctx.iso };
}

/** Others with one of the same phones or the same name: told, never refused. What the search has not heard of yet is not found. */
export async function possibleDuplicates(ctx: Finder, customer: Customer): Promise<Existing[]> {
  const asked = [
    ...customer.phones.slice(0, 3).map(({ number, e164 }) => ({ text: e164 ?? number, matchedOn: 'phone' as const })),
    { text: customer.name, matchedOn: 'name' as const },
  ];
  const found = new Map<string, Existing>();
  for (const { text, matchedOn } of asked) {
    const { rows } = await tokens(ctx, text);
    for (const { customerId, name, archived } of rows)
      if (customerId !== customer.id && !found.has(customerId) && (matchedOn === 'phone' || fold(name) === fold(customer.name)))
        found.set(customerId, { id: customerId, matchedOn, archived, visible: true });
  }
  return [...found.values()].slice(0, 10);
}
