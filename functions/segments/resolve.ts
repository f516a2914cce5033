import type { Ctx } from '../context.ts';
import { hasPhone } from '../customers/by-phone.ts';
import { customerEntity, customerIdOf, normalised } from '../customers/customer.entity.ts';
import { kinds } from '../customers/customer.ts';
import { findCustomers } from '../customers/find.ts';
import { CrmError } from '../kernel/errors.ts';
import { type Key, type UniqueKey, uniqueKey } from '../table/entity.ts';
import { ownerOf } from './estimate.ts';
import { type Line, linesOf, missed, type NamedLine, type ReadLines, readLines } from './lines.ts';
import { type Additions, type Miss, mostLines, mostPhones } from './list.ts';
import { readMany } from './matching.ts';

/** The customers whom some lines lead to, each once, and the lines that lead to nobody. */
export type Resolved = { ids: string[]; misses: Miss[]; lines: number };
/** The customers that a line may mean, before anybody has asked whether they are there and may be seen. */
type Led = { line: Line; customers: string[] };

const phonesAbreast = 8;

/**
 * Finds the customers of a request. A customer whom the caller may not see is not found. By e-mail half a read unit for each kind it may
 * belong to, by external key half a unit, by phone a search; then half a unit a customer. Throws `too_many`.
 */
export async function resolve(ctx: Ctx, asked: Additions): Promise<Resolved> {
  if ('customerIds' in asked) {
    const led = asked.customerIds.map((id, at) => ({ line: { line: at + 1, text: id }, customers: [id] }));
    return { ...(await admitted(ctx, led)), lines: led.length };
  }
  if (linesOf(asked.text).length > mostLines) throw new CrmError('too_many', { detail: `${mostLines} lines at most` });
  const read = readLines(asked);
  const phones = read.named.filter(({ by }) => by === 'phone').length;
  if (phones > mostPhones) throw new CrmError('too_many', { detail: `${mostPhones} phones at most` });
  const led = [...(await byClaims(ctx, read, asked.kind ? [asked.kind] : kinds)), ...(await byPhones(ctx, read)), ...byIds(read)];
  const { ids, misses } = await admitted(ctx, led);
  return { ids, misses: [...read.misses, ...misses].sort((a, b) => a.line - b.line), lines: read.lines };
}

const claimsOf = (line: NamedLine, kindsAsked: readonly string[]): UniqueKey[] => {
  if (line.by === 'email') return kindsAsked.map((kind) => ({ kind: `${kind}#email`, value: normalised(line.value) }));
  return line.by === 'key' ? [{ kind: 'key', value: `${line.source}#${line.id}` }] : [];
};

async function byClaims(ctx: Ctx, { named }: ReadLines, kindsAsked: readonly string[]): Promise<Led[]> {
  const lines = named.filter(({ by }) => by === 'email' || by === 'key');
  const claims = lines.map((line) => claimsOf(line, kindsAsked).map((claim) => uniqueKey(ctx.tenant, claim)));
  const keys = new Map<string, Key>(claims.flat().map((key) => [key.pk, key]));
  const rows = await readMany(ctx, [...keys.values()]);
  const holders = new Map([...keys.keys()].map((pk, at) => [pk, rows[at]?.of as string | undefined]));
  return lines.map((line, at) => ({
    line,
    customers: (claims[at] ?? []).flatMap(({ pk }) => {
      const holder = holders.get(pk);
      return holder ? [customerIdOf({ pk: holder })] : [];
    }),
  }));
}

const byIds = ({ named }: ReadLines): Led[] => named.flatMap((line) => (line.by === 'id' ? [{ line, customers: [line.value] }] : []));

async function byPhones(ctx: Ctx, { named }: ReadLines): Promise<Led[]> {
  const lines = named.flatMap((line) => (line.by === 'phone' ? [line] : []));
  const led: Led[] = new Array(lines.length);
  const queue = lines.entries();
  await Promise.all(
    Array.from({ length: phonesAbreast }, async () => {
      for (const [at, line] of queue) {
        const { data } = await findCustomers(ctx, line.value, 10);
        led[at] = { line, customers: data.map(({ id }) => id) };
      }
    }),
  );
  return wholeNumbers(ctx, led);
}

/** The search also finds what only begins so: a line means the customers who have this very number, in either form. */
async function wholeNumbers(ctx: Ctx, led: Led[]): Promise<Led[]> {
  const ids = [...new Set(led.flatMap(({ customers }) => customers))];
  const rows = await readMany(
    ctx,
    ids.map((id) => customerEntity.key(ctx.tenant, id)),
  );
  const found = new Map(ids.map((id, at) => [id, rows[at]]));
  return led.map(({ line, customers }) => ({ line, customers: customers.filter((id) => hasPhone(found.get(id), line.text)) }));
}

/** Of those whom lines lead to, who is there, may be seen and is not archived; of a phone that several have, nobody. */
async function admitted(ctx: Ctx, led: readonly Led[]): Promise<Omit<Resolved, 'lines'>> {
  const asked = [...new Set(led.flatMap(({ customers }) => customers))];
  const rows = await readMany(
    ctx,
    asked.map((id) => customerEntity.key(ctx.tenant, id)),
  );
  const states = new Map<string, 'there' | 'archived' | 'not_found'>();
  for (const [at, id] of asked.entries()) {
    const row = rows[at];
    const seen = row !== undefined && (await ctx.reaches('customers', 'read', ownerOf(row)));
    states.set(id, !seen ? 'not_found' : customerEntity.directoryOf(row).archivedAt ? 'archived' : 'there');
  }
  const ids = new Set<string>();
  const misses: Miss[] = [];
  for (const { line, customers } of [...led].sort((a, b) => a.line.line - b.line.line)) {
    const there = customers.filter((id) => states.get(id) === 'there');
    const isPhone = (line as Partial<NamedLine>).by === 'phone';
    if (there.length === 0) misses.push(missed(line, customers.some((id) => states.get(id) === 'archived') ? 'archived' : 'not_found'));
    else if (isPhone && there.length > 1) misses.push(missed(line, 'several'));
    else if (there.every((id) => ids.has(id))) misses.push(missed(line, 'repeated'));
    else for (const id of there) ids.add(id);
  }
  return { ids: [...ids], misses };
}
