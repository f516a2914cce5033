import type { Ctx } from '../context.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { invalid } from '../kernel/errors.ts';
import { knownBy, planFor, readMany, whoMeets } from '../segments/matching.ts';
import { segmentEntity } from '../segments/segment.entity.ts';
import type { Segment } from '../segments/segment.ts';
import { seesSegment } from '../segments/visible.ts';
import type { Read } from './read-responses.ts';

/** Responses by the segments in which those who gave them are now. */

/** Customers who are looked at for one cut at most; of more those who answered last, and it is said so. */
export const mostCut = 10_000;

/** Segments that the caller sees. 1 R each. Throws `invalid_input` at `pointer` where there is none such. */
export async function segmentsFor(ctx: Ctx, ids: readonly string[], pointer: string): Promise<Segment[]> {
  const found = await ctx.table.getMany(ids.map((id) => segmentEntity.key(ctx.tenant, id)));
  return found.map((item) => {
    const segment = item && segmentEntity.decode(item);
    if (!segment || !seesSegment(ctx, segment)) throw invalid(pointer, 'no_such_segment', 'no such segment');
    return segment;
  });
}

const customersOf = async (ctx: Ctx, ids: Iterable<string>) => {
  const keys = [...new Set(ids)].map((id) => customerEntity.key(ctx.tenant, id));
  return (await readMany(ctx, keys)).filter((row) => row !== undefined);
};

type Rows = Awaited<ReturnType<typeof customersOf>>;

async function inside(ctx: Ctx, { where }: Segment, customers: Rows): Promise<Set<string>> {
  const met = await whoMeets(ctx, planFor(ctx, where), customers.map(knownBy));
  return new Set(customers.flatMap((row, at) => (met[at] ? [knownBy(row).id] : [])));
}

/** Who of some customers is in a segment now. 0.5 R each, and what the segment asks beside. */
export const membersAmong = async (ctx: Ctx, segment: Segment, customerIds: readonly string[]): Promise<Set<string>> =>
  inside(ctx, segment, await customersOf(ctx, customerIds));

/** Whoever is in two counts in both; whoever nobody knows is in none. 0.5 R a customer, once, and for each segment what it asks beside. */
export async function bySegment(ctx: Ctx, ids: readonly string[], rows: readonly Read[]) {
  if (ids.length === 0) throw invalid('/query/segments', 'required', 'name the segments');
  const segments = await segmentsFor(ctx, ids, '/query/segments');
  const named = rows.filter(({ response }) => response.customerId !== null).sort((a, b) => (atOf(a) < atOf(b) ? 1 : -1));
  const asked = [...new Set(named.map(({ response }) => response.customerId as string))];
  const customers = await customersOf(ctx, asked.slice(0, mostCut));
  const groups: { key: string; name: string; rows: Read[] }[] = [];
  for (const segment of segments) {
    const members = await inside(ctx, segment, customers);
    const part = named.filter(({ response }) => members.has(response.customerId as string));
    groups.push({ key: segment.id, name: segment.name, rows: part });
  }
  return { groups, complete: asked.length <= mostCut };
}

const atOf = ({ response: { completedAt, startedAt } }: Read) => completedAt ?? startedAt;
