import type { CustomerInput } from '../../functions/customers/customer.ts';
import { hits, planSearch, type TokenRow } from '../../functions/customers/search.ts';
import { partitionOf, type Searchable, searchWords, textOf } from '../../functions/customers/search-words.ts';
import type { CorpusCustomer } from './corpus.ts';

/** The search index in memory: partitions of rows in the order of their keys' bytes, as DynamoDB keeps them. */
export type Index = Map<string, { sk: string; row: TokenRow }[]>;

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** A customer as she is stored, as far as the search reads her, with phone numbers that nobody could parse. */
export function stored(input: CustomerInput): Searchable {
  return {
    ...input,
    emails: input.emails.map((email) => ({ ...email, state: 'ok' })),
    phones: input.phones.map((phone) => ({ ...phone, e164: null })),
    externalKeys: input.externalKeys.map((key) => ({ ...key, seenAt: null })),
  };
}

export function indexOf(corpus: readonly CorpusCustomer[]): Index {
  const index: Index = new Map();
  for (const customer of corpus) {
    const company = corpus.find(({ key }) => key === customer.companyKey)?.input.name;
    const text = textOf(stored(customer.input), company);
    for (const word of searchWords(stored(customer.input), company)) {
      const rows = index.get(partitionOf(word)) ?? [];
      rows.push({ sk: `${word}#${customer.key}`, row: { word, customerId: customer.key, text, name: customer.input.name } });
      index.set(partitionOf(word), rows);
    }
  }
  for (const rows of index.values()) rows.sort((a, b) => byBytes(a.sk, b.sk));
  return index;
}

/** One range read, then the checks: what the HTTP function does, without the table. Keys, best first. */
export function find(index: Index, query: string): string[] {
  const plan = planSearch(query);
  if (!plan) return [];
  const inRange = (index.get(plan.partition) ?? []).filter(({ sk }) => byBytes(sk, plan.from) >= 0 && byBytes(sk, plan.to) <= 0);
  return hits(
    inRange.map(({ row }) => row),
    plan,
  ).map(({ customerId }) => customerId);
}
