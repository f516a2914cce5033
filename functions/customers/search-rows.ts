import { isDeepStrictEqual } from 'node:util';
import type { Item, Key } from '../table/entity.ts';
import type { Customer } from './customer.ts';
import { partitionOf, searchWords, textOf } from './search-words.ts';

/**
 * pk T#<tenant>#W#<first two letters>  sk <word>#<customer>     one row a distinct word; x the customer's folded text, n name,
 * o owner, k kind, a archived, so that a search reads nothing else. Derived: written without guards, only where two images differ.
 */
export const wordPartition = (tenant: string, partition: string) => `T#${tenant}#W#${partition}`;

/** The name of a person's company, as far as it is known. */
export type CompanyNames = ReadonlyMap<string, string>;

function rowsOf(tenant: string, customer: Customer | undefined, companies: CompanyNames): Map<string, Item> {
  if (!customer) return new Map();
  const company = customer.companyId ? companies.get(customer.companyId) : undefined;
  const payload = {
    x: textOf(customer, company),
    n: customer.name,
    k: customer.kind,
    ...(customer.ownerId && { o: customer.ownerId }),
    ...(customer.archivedAt && { a: true }),
  };
  return new Map(searchWords(customer, company).map((word) => [word, { ...wordKey(tenant, word, customer.id), ...payload }]));
}

const wordKey = (tenant: string, word: string, id: string): Key => ({ pk: wordPartition(tenant, partitionOf(word)), sk: `${word}#${id}` });

/** A customer as she was and is. */
export type Images = { before: Customer | undefined; after: Customer | undefined };

/** The companies that the images of some customers name. */
export const companiesOf = (images: readonly Images[]): string[] => [
  ...new Set(images.flatMap(({ before, after }) => [before?.companyId ?? [], after?.companyId ?? []].flat())),
];

/** What has to be written so that a customer is found as she is now. */
export function searchRowChanges(tenant: string, { before, after }: Images, companies: CompanyNames): ({ put: Item } | { remove: Key })[] {
  const [from, to] = [rowsOf(tenant, before, companies), rowsOf(tenant, after, companies)];
  const gone = [...from].filter(([word]) => !to.has(word)).map(([, { pk, sk }]) => ({ remove: { pk, sk } }));
  const come = [...to].filter(([word, row]) => !isDeepStrictEqual(from.get(word), row)).map(([, put]) => ({ put }));
  return [...gone, ...come];
}
