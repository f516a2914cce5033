import { creationPartition, customerEntity, customerIdOf } from '../customers/customer.entity.ts';
import { CrmError } from '../kernel/errors.ts';
import type { Filter } from '../kernel/filter.ts';
import { ulidAt } from '../kernel/ids.ts';
import type { Item } from '../table/entity.ts';
import { highest } from '../table/ranges.ts';
import { parseWhere } from './fields.ts';
import { creationPosition } from './landmarks.ts';
import { memberPosition, membersPartition } from './list.entity.ts';
import { listField } from './list-fields.ts';
import { knownBy, momentFor, planFor, type Reader, readMany, whoMeets } from './matching.ts';
import { creationSpan, type Plan } from './plan.ts';
import { segmentEntity } from './segment.entity.ts';
import type { Audience, AudiencePart } from './segment.ts';

/**
 * Reads an audience, page after page, with a cursor from which it goes on after a crash: over the by-creation index, or over its lists where
 * it is nothing but lists. An archived customer is in no audience.
 */

/** One of an audience, with her row as it was read; whoever decodes it meets broken data with a reason, and not the whole run. */
export type AudienceCustomer = { id: string; row: Item };
export type AudiencePage = {
  customers: AudienceCustomer[];
  /** Customers that were looked at for this page. */
  examined: number;
  /** Where the next page begins; null after the last one. */
  cursor: string | null;
};

/** Customers looked at for a page. 1 million are 200 pages: 66 R for the keys of one, 2,500 R for the rows. */
const usualPage = 5_000;

/** Somewhere to walk: everybody by creation between two keys, or one list; and whom to take there. */
export type Walk = { plan: Plan } & ({ range: { from: string; to: string } } | { listId: string });

const partFilter = (part: AudiencePart, segments: ReadonlyMap<string, Filter>): Filter => {
  if ('where' in part) return part.where;
  if ('listId' in part) return { field: listField(part.listId), op: 'exists', value: true };
  return segments.get(part.segmentId) as Filter;
};
const anyOf = (filters: Filter[]): Filter => (filters.length === 1 ? (filters[0] as Filter) : { or: filters });
const allOf = (filters: Filter[]): Filter => (filters.length === 1 ? (filters[0] as Filter) : { and: filters });
const without = (filters: Filter[]): Filter[] => (filters.length === 0 ? [] : [{ not: anyOf(filters) }]);

/**
 * The one filter that an audience comes to. Segments are read as they are now: 1 R for 8 of them. Throws `not_found` for a segment that is
 * not there, `filter_not_served` for one that asks what is no more.
 */
export async function audienceFilter(reader: Reader, audience: Audience): Promise<Filter> {
  const segments = await segmentFilters(reader, [...audience.include, ...audience.exclude]);
  const filterOf = (part: AudiencePart) => parseWhere(partFilter(part, segments), reader.workspace, '/audience');
  return allOf([anyOf(audience.include.map(filterOf)), ...without(audience.exclude.map(filterOf))]);
}

async function segmentFilters(reader: Reader, parts: readonly AudiencePart[]): Promise<Map<string, Filter>> {
  const ids = [...new Set(parts.flatMap((part) => ('segmentId' in part ? [part.segmentId] : [])))];
  const rows = await reader.table.getMany(
    ids.map((id) => segmentEntity.key(reader.tenant, id)),
    { strong: true },
  );
  return new Map(
    ids.map((id, at) => {
      const row = rows[at];
      if (!row) throw new CrmError('not_found', { detail: 'a segment of the audience is not there' });
      return [id, segmentEntity.decode(row).where];
    }),
  );
}

/** The walks of an audience: one over everybody, or one a list, each leaving out whom an earlier list had. */
export async function walksOf(reader: Reader, audience: Audience): Promise<Walk[]> {
  const lists = audience.include.flatMap((part) => ('listId' in part ? [part.listId] : []));
  if (lists.length < audience.include.length) {
    const filter = await audienceFilter(reader, audience);
    return [{ range: creationRange(reader, filter), plan: planFor(reader, filter) }];
  }
  const distinct = [...new Set(lists)];
  const segments = await segmentFilters(reader, audience.exclude);
  const excluded = audience.exclude.map((part) => parseWhere(partFilter(part, segments), reader.workspace, '/audience'));
  return distinct.map((listId, at) => {
    const before = distinct.slice(0, at).map((id): Filter => ({ field: listField(id), op: 'exists', value: true }));
    const filter = without([...before, ...excluded])[0] ?? { field: 'createdAt', op: 'exists', value: true };
    return { listId, plan: planFor(reader, filter) };
  });
}

/** The keys of the by-creation index between which everybody stands who can meet the filter. */
function creationRange(reader: Reader, filter: Filter): { from: string; to: string } {
  const { from, to } = creationSpan(filter, momentFor(reader, filter));
  const ends = { from: Math.max(0, from), to: Math.min(lastTime, to) };
  if (ends.from > ends.to) return { from: 'cus_', to: 'cus_' };
  return { from: `cus_${ulidAt(ends.from, new Uint8Array(10))}`, to: `cus_${ulidAt(ends.to, new Uint8Array(10).fill(255))}${highest}` };
}
/** What ten characters of a ULID can tell. */
const lastTime = 2 ** 48 - 1;

type Position = { walk: number; after: string | null };
const positionOf = (cursor: string | null | undefined): Position => (cursor ? (JSON.parse(cursor) as Position) : { walk: 0, after: null });

/**
 * The customers of an audience, page after page from `cursor` on. Whoever stops notes the page's cursor and begins there again: nobody is
 * left out; who came on a list or was made meanwhile may or may not be among them.
 */
export async function* audiencePages(
  reader: Reader,
  audience: Audience,
  { cursor, pageSize = usualPage }: { cursor?: string | null | undefined; pageSize?: number } = {},
): AsyncGenerator<AudiencePage> {
  const walks = await walksOf(reader, audience);
  for (let position: Position | null = positionOf(cursor); position && walks[position.walk]; ) {
    const walk = walks[position.walk] as Walk;
    const { ids, end } = await idsOf(reader, walk, { after: position.after, limit: pageSize });
    const next: Position = end ? { walk: position.walk + 1, after: null } : { walk: position.walk, after: ids.at(-1) ?? null };
    position = next.walk < walks.length ? next : null;
    yield { customers: await taken(reader, walk, ids), examined: ids.length, cursor: position && JSON.stringify(position) };
  }
}

/** Ids of a walk in their order. 13 R a 1,000. */
export async function idsOf(reader: Reader, walk: Walk, { after, limit }: { after: string | null; limit: number }) {
  const { table, tenant } = reader;
  const isList = 'listId' in walk;
  const pk = isList ? membersPartition(tenant, walk.listId) : creationPartition(tenant);
  const { items, lastKey } = await table.query({
    index: 'gsi3',
    pk,
    limit,
    ...(!isList && { range: walk.range }),
    ...(after !== null && {
      after: isList ? memberPosition(tenant, { customerId: after, listId: walk.listId }) : creationPosition(tenant, after),
    }),
  });
  return { ids: items.map(customerIdOf), end: lastKey === undefined };
}

/** Those of some customers whom a plan takes. Half a read unit each, and what the plan must know beside. */
export async function taken(reader: Reader, { plan }: Pick<Walk, 'plan'>, ids: readonly string[]): Promise<AudienceCustomer[]> {
  const rows = await readMany(
    reader,
    ids.map((id) => customerEntity.key(reader.tenant, id)),
  );
  const there = rows.flatMap((row) => (row && !isArchived(row) ? [row] : []));
  const met = await whoMeets(reader, plan, there.map(knownBy));
  return there.filter((_, at) => met[at]).map((row) => ({ id: customerIdOf(row), row }));
}

const isArchived = (row: Item) => customerEntity.directoryOf(row).archivedAt !== undefined;

/** How many customers an audience has, exactly: reads all of it. */
export async function audienceSize(reader: Reader, audience: Audience): Promise<number> {
  let size = 0;
  for await (const { customers } of audiencePages(reader, audience)) size += customers.length;
  return size;
}
