import type { Ctx } from '../context.ts';
import { activityOf } from '../interactions/interaction.entity.ts';
import type { Activity } from '../interactions/interaction.ts';
import { CrmError } from '../kernel/errors.ts';
import { canonical, type Filter } from '../kernel/filter.ts';
import { matcher } from '../kernel/filter-match.ts';
import { listHash, openCursor, type Page, sealCursor } from '../kernel/page.ts';
import type { Item } from '../table/entity.ts';
import { highest } from '../table/ranges.ts';
import { activityKey, creationPartition, directoryPartition, directoryRow, ownerPartition } from './customer.entity.ts';
import type { DirectoryRow } from './customer.ts';
import { customerFields } from './customer-fields.ts';

export type ListAsked = {
  where?: Filter | undefined;
  sort: 'name' | 'createdAt' | '-createdAt';
  scope: 'all' | 'own' | 'team';
  archived: boolean;
  limit: number;
  cursor?: string | undefined;
  activity: boolean;
};
type Listed = DirectoryRow & { activity?: Activity | null };

/** Rows a page may examine for its filter: with 350 bytes a row about 42 read units. */
const mostExamined = 1_000;

/** What a walk over one order of the directory gives: rows, and the key after which it goes on. */
type Step = { rows: { row: DirectoryRow; key: Record<string, unknown> }[]; next: Record<string, unknown> | undefined };
type Walk = (after: Record<string, unknown> | undefined, limit: number) => Promise<Step>;

const walkIndex =
  (ctx: Ctx, index: 'gsi1' | 'gsi2', pk: string): Walk =>
  async (after, limit) => {
    const { items, lastKey } = await ctx.table.query({ index, pk, limit, after });
    return { rows: items.map((item) => ({ row: directoryRow(item), key: indexKey(item, index) })), next: lastKey };
  };

const indexKey = (item: Item, index: string) => ({
  pk: item.pk,
  sk: item.sk,
  [`${index}pk`]: item[`${index}pk`],
  [`${index}sk`]: item[`${index}sk`],
});

/** By creation: the keys in order, then the visible rows by key. */
const walkCreation =
  (ctx: Ctx, newestFirst: boolean): Walk =>
  async (after, limit) => {
    const { items, lastKey } = await ctx.table.query({ index: 'gsi3', pk: creationPartition(ctx.tenant), newestFirst, limit, after });
    const rows = await ctx.table.getMany(items.map(({ pk, sk }) => ({ pk, sk })));
    return {
      rows: rows.flatMap((item, at) => (item ? [{ row: directoryRow(item), key: indexKey(items[at]!, 'gsi3') }] : [])),
      next: lastKey,
    };
  };

/** The customers of several owners in one order by name: each owner's next ones, merged. The cursor is the last name. */
const walkOwners =
  (ctx: Ctx, owners: readonly string[]): Walk =>
  async (after, limit) => {
    const from = after ? `${after.name}!` : '';
    const pages = await Promise.all(
      owners.map((owner) =>
        ctx.table.query({ index: 'gsi2', pk: ownerPartition(ctx.tenant, owner), range: { from: from || ' ', to: highest }, limit }),
      ),
    );
    const names = pages
      .flatMap(({ items }) => items.map((item) => ({ item, name: String(item.gsi2sk) })))
      // By bytes, as the table orders them: a cursor of another order would skip rows.
      .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
    const more = names.length > limit || pages.some(({ lastKey }) => lastKey);
    const shown = names.slice(0, limit);
    return {
      rows: shown.map(({ item, name }) => ({ row: directoryRow(item), key: { name } })),
      next: more && shown.length ? { name: shown.at(-1)!.name } : undefined,
    };
  };

/** Whose customers the caller may list: everybody's, some owners', or nobody's. */
async function owners(ctx: Ctx, asked: ListAsked['scope']): Promise<'everybody' | string[]> {
  const mine = ctx.scope('customers', 'read');
  const me = ctx.actor.memberId;
  if (mine === 'none' || mine === 'shared') return [];
  if (asked === 'own' || mine === 'own') return [me];
  if (asked === 'all' && mine === 'all') return 'everybody';
  const team = (await ctx.roster()).filter(({ teams }) => teams.some((team) => ctx.actor.teams.includes(team))).map(({ id }) => id);
  return [...new Set([me, ...team])];
}

type WalkAsked = Pick<ListAsked, 'sort' | 'scope' | 'archived'>;

function walkOf(ctx: Ctx, whose: 'everybody' | string[], { sort, archived }: WalkAsked): Walk {
  if (sort !== 'name') {
    if (whose === 'everybody' && !archived) return walkCreation(ctx, sort === '-createdAt');
    throw new CrmError('filter_not_served', {
      errors: [
        {
          pointer: '/query/sort',
          code: 'sort_not_served',
          detail: 'createdAt is served over all customers that are not archived; sort by name',
        },
      ],
    });
  }
  if (archived) return walkIndex(ctx, 'gsi1', directoryPartition(ctx.tenant, true));
  if (whose === 'everybody') return walkIndex(ctx, 'gsi1', directoryPartition(ctx.tenant));
  return walkOwners(ctx, whose);
}

/**
 * The order in which a caller may see the customers he asks for, page by page, and which of its rows are among them: the archived of
 * everybody stand together. Throws `filter_not_served` for an order that there is not.
 */
export async function walkFor(ctx: Ctx, asked: WalkAsked): Promise<{ walk: Walk; isHis: ((row: DirectoryRow) => boolean) | undefined }> {
  const whose = await owners(ctx, asked.scope);
  const walk = walkOf(ctx, whose, asked);
  if (!asked.archived || whose === 'everybody') return { walk, isHis: undefined };
  return { walk, isHis: ({ ownerId }) => ownerId !== null && whose.includes(ownerId) };
}

/** One page of the directory. A filter is checked row by row; the page may then be short, and goes on from the last examined row. */
export async function listCustomers(ctx: Ctx, asked: ListAsked): Promise<{ data: Listed[]; page: Page }> {
  const { walk, isHis } = await walkFor(ctx, asked);
  const filter = asked.where && matcher(asked.where, { fields: customerFields, now: ctx.now, zone: ctx.workspace.timeZone });
  const test = (row: DirectoryRow) => (!filter || filter(row)) && (!isHis || isHis(row));
  const residual = filter !== undefined || isHis !== undefined;
  const expected = {
    tenant: ctx.tenant,
    list: listHash('customers', asked.sort, asked.scope, asked.archived, asked.where && canonical(asked.where)),
    at: ctx.now,
  };
  let next = await openCursor(asked.cursor, expected);
  const data: DirectoryRow[] = [];
  let examined = 0;
  do {
    const step = await walk(next, residual ? Math.min(200, mostExamined - examined) : asked.limit);
    next = step.next;
    for (const [at, { row, key }] of step.rows.entries()) {
      examined += 1;
      if (test(row)) data.push(row);
      if (data.length === asked.limit && (next || at + 1 < step.rows.length)) {
        next = key;
        break;
      }
    }
  } while (next && data.length < asked.limit && examined < mostExamined);
  const page = { nextCursor: next ? await sealCursor({ ...expected, key: next }) : null, hasMore: next !== undefined, examined };
  return { data: asked.activity ? await withActivity(ctx, data) : data, page };
}

async function withActivity(ctx: Ctx, rows: DirectoryRow[]): Promise<Listed[]> {
  const sums = await ctx.table.getMany(rows.map(({ id }) => activityKey(ctx.tenant, id)));
  return rows.map((row, at) => ({ ...row, activity: activityOf(sums[at]) }));
}
