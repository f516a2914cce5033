import type { Ctx } from '../context.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { invalid } from '../kernel/errors.ts';
import { listHash, openCursor, type Page, sealCursor } from '../kernel/page.ts';
import type { IndexName, Item } from '../table/entity.ts';
import { highest } from '../table/ranges.ts';
import { isCounted, type Outcome, outcomeOf } from './attainment.ts';
import { caseRow, casesOfCustomer, casesOfMonth, casesOfOwner, casesOfState } from './case.entity.ts';
import { type CaseRow, type CaseState, openStates } from './case.ts';
import { monthsOf, type Span } from './span.ts';

export type ListAsked = {
  /** `open` is all that somebody has to do something about. */
  state: CaseState | 'open' | 'any';
  /** A member, `me`, or `none`: nobody's. */
  owner?: string | undefined;
  customerId?: string | undefined;
  type?: CaseRow['type'] | undefined;
  priority?: CaseRow['priority'] | undefined;
  queue?: string | undefined;
  themeId?: string | undefined;
  /** Whether a promise of it is broken. */
  breached?: boolean | undefined;
  /** Opened from a moment on, until another or now: the newest first. */
  from?: string | undefined;
  to?: string | undefined;
  /** As the report counts: what has become of a promise, what the source says, and no other cases than it counts. */
  firstResponse?: Outcome | undefined;
  resolution?: Outcome | undefined;
  reported?: 'yes' | 'no' | 'unknown' | undefined;
  counted?: boolean | undefined;
  limit: number;
  cursor?: string | undefined;
};

type Partition = { index: IndexName; pk: string };
type Placed = { item: Item; at: string };
/** Rows that a page looks at where each has to be looked at. */
const mostExamined = 1_000;

const statesOf = ({ state }: ListAsked): readonly CaseState[] =>
  state === 'open' ? openStates : state === 'any' ? [...openStates, 'resolved', 'closed'] : [state];

/** When the cases that are asked for were opened: until now, where no end is said. */
function spanOf({ iso }: Ctx, { from, to }: ListAsked): Span | undefined {
  if (from === undefined && to !== undefined) throw invalid('/query/from', 'required', 'from when on');
  return from === undefined ? undefined : { from, to: to ?? iso };
}

const ownerOf = ({ actor }: Ctx, { owner }: ListAsked) => (owner === 'me' ? actor.memberId : owner === 'none' ? null : owner);

/** Where the rows stand: a partition for each state or month asked for, which are then merged; a customer's stand together. */
function partitions(ctx: Ctx, asked: ListAsked): Partition[] {
  const { tenant } = ctx;
  if (asked.customerId) return [{ index: 'gsi3', pk: casesOfCustomer(tenant, asked.customerId) }];
  const span = spanOf(ctx, asked);
  if (span) return monthsOf(span).map((month) => ({ index: 'gsi4', pk: casesOfMonth(tenant, month) }));
  const ownerId = ownerOf(ctx, asked);
  return statesOf(asked).map((state) =>
    ownerId === undefined
      ? { index: 'gsi1', pk: casesOfState(tenant, state) }
      : { index: 'gsi2', pk: casesOfOwner(tenant, state, ownerId) },
  );
}

/** The newest first where the order is that of what has been, the nearest first where it is that of what is due. */
const isNewestFirst = ({ state, customerId, from }: ListAsked) =>
  customerId !== undefined || from !== undefined || state === 'resolved' || state === 'closed';

/** The next `limit` of some partitions after a place, in one order. */
async function step(ctx: Ctx, from: Partition[], { asked, after, limit }: { asked: ListAsked; after: string | undefined; limit: number }) {
  const newestFirst = isNewestFirst(asked);
  const span = spanOf(ctx, asked);
  const [low, high] = span ? [span.from, `${span.to}${highest}`] : [' ', highest];
  const range = newestFirst ? { from: low, to: after ?? high } : { from: after ?? low, to: high };
  const pages = await Promise.all(
    from.map(async ({ index, pk }) => {
      // One more to know whether there is more, and one because a range that ends at the last place begins with it.
      const { items } = await ctx.table.query({ index, pk, range, newestFirst, limit: limit + 2 });
      return items.map((item): Placed => ({ item, at: String(item[`${index}sk`]) })).filter(({ at }) => at !== after);
    }),
  );
  const rows = pages.flat().sort((a, b) => (a.at < b.at === newestFirst ? 1 : -1));
  return { rows: rows.slice(0, limit), more: rows.length > limit };
}

const broken = new Set<string | null>(['breached', 'late']);

function fits(ctx: Ctx, row: CaseRow, asked: ListAsked): boolean {
  const isBroken = broken.has(row.firstResponse) || broken.has(row.resolution);
  const ownerId = ownerOf(ctx, asked);
  return (
    statesOf(asked).includes(row.state) &&
    (ownerId === undefined || row.ownerId === ownerId) &&
    (!asked.type || row.type === asked.type) &&
    (!asked.priority || row.priority === asked.priority) &&
    (!asked.queue || row.queue === asked.queue) &&
    (!asked.themeId || row.themeId === asked.themeId) &&
    (asked.breached === undefined || isBroken === asked.breached) &&
    isReported(row, asked)
  );
}

/** Whether a number of the report that is asked after has counted it. */
function isReported(row: CaseRow, { firstResponse, resolution, reported, counted }: ListAsked): boolean {
  return (
    (firstResponse === undefined || outcomeOf(row.firstResponse) === firstResponse) &&
    (resolution === undefined || outcomeOf(row.resolution) === resolution) &&
    (reported === undefined || row.reportedBySource?.timely === reported) &&
    (counted === undefined || isCounted(row) === counted)
  );
}

/** One page. Each row is shown with its customer, and only where the caller sees her and her cases. */
export async function listCases(ctx: Ctx, asked: ListAsked): Promise<{ data: CaseRow[]; page: Page }> {
  const { limit, cursor, ...list } = asked;
  const expected = { tenant: ctx.tenant, list: listHash('cases', list, asked.owner === 'me' && ctx.actor.memberId), at: ctx.now };
  let after = (await openCursor(cursor, expected))?.at as string | undefined;
  const from = partitions(ctx, asked);
  const data: CaseRow[] = [];
  let examined = 0;
  let more = true;
  while (more && data.length < limit && examined < mostExamined) {
    const found = await step(ctx, from, { asked, after, limit: limit - data.length });
    const items = asked.customerId ? await ctx.table.getMany(found.rows.map(({ item }) => item)) : found.rows.map(({ item }) => item);
    const rows = items.flatMap((item) => (item ? [caseRow(item)] : [])).filter((row) => fits(ctx, row, asked));
    data.push(...(await visible(ctx, rows)));
    examined += found.rows.length;
    after = found.rows.at(-1)?.at ?? after;
    more = found.more;
  }
  const page = { nextCursor: more && after ? await sealCursor({ ...expected, key: { at: after } }) : null, hasMore: more, examined };
  return { data, page };
}

/** The rows that the caller may see, with their customers' names. 0.5 R a customer. */
export async function visible(ctx: Ctx, rows: CaseRow[]): Promise<CaseRow[]> {
  const ids = [...new Set(rows.map(({ customerId }) => customerId))];
  const items = await ctx.table.getMany(ids.map((id) => customerEntity.key(ctx.tenant, id)));
  const names = new Map<string, string>();
  for (const item of items) {
    const customer = item && customerEntity.decode(item);
    if (customer && (await ctx.reaches('cases', 'read', customer.ownerId)) && (await ctx.reaches('customers', 'read', customer.ownerId)))
      names.set(customer.id, customer.name);
  }
  return rows.flatMap((row) => {
    const customerName = names.get(row.customerId);
    return customerName === undefined ? [] : [{ ...row, customerName }];
  });
}
