import type { Ctx } from '../context.ts';
import { customerEntity, directoryRow } from '../customers/customer.entity.ts';
import { listHash, openCursor, type Page, sealCursor } from '../kernel/page.ts';
import type { IndexName, Item } from '../table/entity.ts';
import { highest } from '../table/ranges.ts';
import { customersFollowUps, everybodysFollowUps, followUpRow, ownersFollowUps } from './follow-up.entity.ts';
import type { FollowUp, FollowUpRow } from './follow-up.ts';

export type ListAsked = {
  scope: 'all' | 'own' | 'team';
  state: FollowUp['state'];
  ownerId?: string | undefined;
  customerId?: string | undefined;
  /** Of what is open the due time, of what is closed when it was closed; both included. */
  from?: string | undefined;
  to?: string | undefined;
  limit: number;
  cursor?: string | undefined;
};

type Partition = { index: IndexName; pk: string };
/** Rows that a page looks at where the owner of each decides whether the caller sees it. */
const mostExamined = 1_000;

/** Whose follow-ups the caller may list: everybody's, or some members'. */
async function ownersOf(ctx: Ctx, { scope, ownerId }: ListAsked): Promise<'everybody' | string[]> {
  const mine = ctx.scope('followUps', 'read');
  const me = ctx.actor.memberId;
  if (mine === 'none' || mine === 'shared') return [];
  if (ownerId) return (await ctx.reaches('followUps', 'read', ownerId)) ? [ownerId] : [];
  if (scope === 'own' || mine === 'own') return [me];
  if (scope === 'all' && mine === 'all') return 'everybody';
  const team = (await ctx.roster()).filter(({ teams }) => teams.some((one) => ctx.actor.teams.includes(one))).map(({ id }) => id);
  return [...new Set([me, ...team])];
}

/** Where the rows stand: one index, or one a member of a team, which are then merged by time. */
function partitions(ctx: Ctx, { state, customerId }: ListAsked, owners: 'everybody' | string[]): Partition[] {
  if (customerId) return [{ index: 'gsi3', pk: customersFollowUps(ctx.tenant, state, customerId) }];
  if (owners === 'everybody') return [{ index: 'gsi1', pk: everybodysFollowUps(ctx.tenant, state) }];
  return owners.map((owner) => ({ index: 'gsi2', pk: ownersFollowUps(ctx.tenant, state, owner) }));
}

type Placed = { item: Item; at: string };

/** The next `limit` of some partitions after a place, in one order: by due time, what is closed newest first. */
async function step(ctx: Ctx, from: Partition[], { asked, after, limit }: { asked: ListAsked; after: string | undefined; limit: number }) {
  const newestFirst = asked.state !== 'open';
  const low = !newestFirst && after ? `${after}!` : (asked.from ?? ' ');
  const high = newestFirst && after ? after : `${asked.to ?? ''}${highest}`;
  const pages = await Promise.all(
    from.map(async ({ index, pk }) => {
      // One more to know whether there is more, and one because a range that ends at the last place begins with it.
      const { items } = await ctx.table.query({ index, pk, range: { from: low, to: high }, newestFirst, limit: limit + 2 });
      return items.map((item): Placed => ({ item, at: String(item[`${index}sk`]) })).filter(({ at }) => at !== after);
    }),
  );
  const rows = pages.flat().sort((a, b) => (a.at < b.at === newestFirst ? 1 : -1));
  return { rows: rows.slice(0, limit), more: rows.length > limit };
}

/** One page. A customer's are read by key and shown where their owner is within the caller's reach. */
export async function listFollowUps(ctx: Ctx, asked: ListAsked): Promise<{ data: FollowUpRow[]; page: Page }> {
  const { limit, cursor, ...list } = asked;
  const expected = { tenant: ctx.tenant, list: listHash('followUps', list), at: ctx.now };
  let after = (await openCursor(cursor, expected))?.at as string | undefined;
  const owners = asked.customerId && !(await ctx.customers.find(asked.customerId)) ? [] : await ownersOf(ctx, asked);
  const from = owners.length === 0 ? [] : partitions(ctx, asked, owners);
  const data: FollowUpRow[] = [];
  let examined = 0;
  let more = from.length > 0;
  while (more && data.length < limit && examined < mostExamined) {
    const found = await step(ctx, from, { asked, after, limit: limit - data.length });
    const items = asked.customerId ? await ctx.table.getMany(found.rows.map(({ item }) => item)) : found.rows.map(({ item }) => item);
    const rows = items.flatMap((item) => (item ? [followUpRow(item)] : []));
    data.push(...rows.filter(({ ownerId }) => owners === 'everybody' || owners.includes(ownerId)));
    examined += found.rows.length;
    after = found.rows.at(-1)?.at ?? after;
    more = found.more;
  }
  const page = { nextCursor: more && after ? await sealCursor({ ...expected, key: { at: after } }) : null, hasMore: more, examined };
  return { data: await named(ctx, data), page };
}

/** The rows with their customers' names, where the caller sees them. 0.5 R a customer. */
export async function named(ctx: Ctx, rows: FollowUpRow[]): Promise<FollowUpRow[]> {
  const ids = [...new Set(rows.flatMap(({ customerId }) => customerId ?? []))];
  const items = await ctx.table.getMany(ids.map((id) => customerEntity.key(ctx.tenant, id)));
  const names = new Map<string, string>();
  for (const item of items) {
    const customer = item && directoryRow(item);
    if (customer && (await ctx.reaches('customers', 'read', customer.ownerId))) names.set(customer.id, customer.name);
  }
  return rows.map((row) => ({ ...row, customerName: (row.customerId && names.get(row.customerId)) || null }));
}
