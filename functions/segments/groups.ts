import type { Ctx } from '../context.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { filterErrors, type Served } from '../kernel/filter.ts';
import type { Item } from '../table/entity.ts';
import { targetFor } from './fields.ts';
import { listEntity, listIdOf, membershipRange } from './list.entity.ts';
import { knownBy, learn, planFor } from './matching.ts';
import { segmentEntity, segmentPartition, segmentRange } from './segment.entity.ts';
import type { Segment } from './segment.ts';
import { seesSegment } from './visible.ts';

/** Segments and lists that are looked at for one customer: the newest ones. */
const most = 100;

type Named = { id: string; name: string };
export type Groups = { segments: Named[]; lists: Named[]; complete: boolean };
const named = ({ id, name }: Named): Named => ({ id, name });

/** Which segments and lists a customer is in, by her row. Segments are asked now; every row beside her is read once at most. */
export async function groupsOf(ctx: Ctx, customer: Item): Promise<Groups> {
  if (ctx.scope('segments', 'read') === 'none') return { segments: [], lists: [], complete: true };
  const [lists, segments] = await Promise.all([listsOf(ctx, customer), segmentsOf(ctx, customer)]);
  return { segments: segments.found, lists: lists.found, complete: lists.complete && segments.complete };
}

async function listsOf(ctx: Ctx, { pk }: Item): Promise<{ found: Named[]; complete: boolean }> {
  const { items, lastKey } = await ctx.table.query({ pk, range: membershipRange, limit: most });
  const rows = await ctx.table.getMany(items.map((item) => listEntity.key(ctx.tenant, listIdOf(item))));
  const lists = rows.flatMap((row) => (row ? [listEntity.decode(row)] : [])).filter(({ archivedAt }) => archivedAt === null);
  return { found: lists.map(named), complete: lastKey === undefined };
}

async function segmentsOf(ctx: Ctx, customer: Item): Promise<{ found: Named[]; complete: boolean }> {
  const { items, lastKey } = await ctx.table.query({
    pk: segmentPartition(ctx.tenant),
    range: segmentRange,
    newestFirst: true,
    limit: most,
  });
  const isArchived = customerEntity.directoryOf(customer).archivedAt !== undefined;
  const asked = items.map((item) => segmentEntity.decode(item)).filter((segment) => !isArchived && isAsked(ctx, segment));
  return { found: (await thoseWith(ctx, asked, customer)).map(named), complete: lastKey === undefined };
}

/** A segment that asks for a field that is no more finds nobody. */
const isAsked = (ctx: Ctx, segment: Segment) =>
  segment.archivedAt === null &&
  seesSegment(ctx, segment) &&
  filterErrors(segment.where, targetFor(ctx.workspace, segment.where)).length === 0;

async function thoseWith(ctx: Ctx, segments: readonly Segment[], customer: Item): Promise<Segment[]> {
  const plans = segments.map(({ where }) => planFor(ctx, where));
  const fields = new Map<Served, Set<string>>();
  for (const step of plans.flatMap(({ steps }) => steps))
    for (const field of step.fields) fields.set(step.served, (fields.get(step.served) ?? new Set<string>()).add(field));
  const known = knownBy(customer);
  for (const [served, names] of fields) await learn(ctx, { served, fields: [...names].sort() }, [known]);
  const all = new Set(fields.keys());
  return segments.filter((_, at) => plans[at]?.decide(known.values, all) === true);
}
