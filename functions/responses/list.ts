import type { Ctx } from '../context.ts';
import { collection, customerEntity } from '../customers/customer.entity.ts';
import type { Customer } from '../customers/customer.ts';
import { interactionEntity } from '../interactions/interaction.entity.ts';
import { missing } from '../kernel/errors.ts';
import { listHash, openCursor, sealCursor } from '../kernel/page.ts';
import { surveyEntity, surveyPartition } from '../surveys/survey.entity.ts';
import type { Range } from '../table/table.ts';
import { filteredPage } from '../table/walk.ts';
import { entryKeyOf } from './entry.ts';
import { type Passing, passingBy } from './passing.ts';
import { responseEntity } from './response.entity.ts';
import type { Response, ResponseView } from './response.ts';
import { customersResponses, responseIn, surveysResponses } from './response-lists.entity.ts';
import type { ResponsesQuery } from './responses.routes.ts';

/** Responses that were handed in, the newest first, as one caller may see them. */

type Listed = Pick<ResponsesQuery, 'limit' | 'cursor'>;
type Rows = { pk: string; range: Range; name: string; passing: Passing };

/** 0.5 R each that is looked at, 0.5 R each customer and 0.5 R each entry of her timeline. */
async function pageOf(ctx: Ctx, { limit, cursor }: Listed, { pk, range, name, passing }: Rows) {
  const expected = { tenant: ctx.tenant, list: listHash('responses', pk, name), at: ctx.now };
  const { data, lastKey, examined } = await filteredPage<Response>({
    limit,
    after: await openCursor(cursor, expected),
    read: (atMost, after) => ctx.table.query({ pk, range, newestFirst: true, limit: atMost, after }),
    rowsOf: async (items) => {
      const rows = await ctx.table.getMany(items.map((item) => responseEntity.key(ctx.tenant, responseIn(item))));
      return passing(rows.map((row) => row && responseEntity.decode(row)));
    },
    keyOf: ({ pk: ownPk, sk }) => ({ pk: ownPk, sk }),
  });
  const nextCursor = lastKey ? await sealCursor({ ...expected, key: lastKey }) : null;
  return { data: await shownTo(ctx, data), page: { nextCursor, hasMore: lastKey !== undefined, examined } };
}

/** A response with the customer who gave it, where the caller sees her. */
type Seen = { response: Response; customer: Customer | undefined };

/** Some responses as the caller may see them: of customers beyond his reach what was said, and not by whom. 0.5 R a customer. */
export async function seenBy(ctx: Ctx, responses: readonly Response[]): Promise<Seen[]> {
  const ids = [...new Set(responses.flatMap(({ customerId }) => customerId ?? []))];
  const rows = await ctx.table.getMany(ids.map((id) => customerEntity.key(ctx.tenant, id)));
  const known = new Map(rows.flatMap((row) => (row ? [customerEntity.decode(row)] : [])).map((customer) => [customer.id, customer]));
  return Promise.all(
    responses.map(async (response) => {
      const customer = known.get(response.customerId ?? '');
      const sees = customer !== undefined && (await ctx.reaches('customers', 'read', customer.ownerId));
      return sees ? { response, customer } : { response: { ...response, customerId: null }, customer: undefined };
    }),
  );
}

/** The same with what became of each: 0.5 R a customer, 0.5 R for each that stands on a timeline. */
export async function shownTo(ctx: Ctx, responses: readonly Response[]): Promise<ResponseView[]> {
  const seen = await seenBy(ctx, responses);
  const entries = await entriesOf(ctx, seen);
  return seen.map(({ response, customer }) => ({
    ...response,
    customer: customer ? { id: customer.id, name: customer.name } : null,
    entry: entries.get(response.id) ?? null,
  }));
}

async function entriesOf(ctx: Ctx, seen: readonly Seen[]): Promise<Map<string, NonNullable<ResponseView['entry']>>> {
  const readable = await Promise.all(
    seen.map(async ({ response, customer }) => {
      const key = customer && (await ctx.reaches('interactions', 'read', customer.ownerId)) ? entryKeyOf(response) : undefined;
      return key ? [{ id: response.id, key }] : [];
    }),
  );
  const placed = readable.flat();
  const rows = await ctx.table.getMany(placed.map(({ key }) => interactionEntity.key(ctx.tenant, key)));
  return new Map(
    placed.flatMap(({ id, key }, at) => {
      const row = rows[at];
      return row ? [[id, { interactionId: key.id, caseId: interactionEntity.decode(row).caseId }] as const] : [];
    }),
  );
}

export async function responsesTo(ctx: Ctx, surveyId: string, query: ResponsesQuery) {
  if (!(await ctx.table.get(surveyEntity.key(ctx.tenant, surveyId)))) missing();
  const { limit, cursor, ...filter } = query;
  const name = JSON.stringify(filter);
  const rows = { pk: surveyPartition(ctx.tenant, surveyId), range: surveysResponses, name, passing: await passingBy(ctx, filter) };
  return pageOf(ctx, { limit, cursor }, rows);
}

/** What one customer has answered. */
export async function responsesOf(ctx: Ctx, customerId: string, listed: Listed) {
  await ctx.customers.row(customerId);
  const passing: Passing = async (rows) => rows.map((response) => (response?.archivedAt === null ? response : undefined));
  return pageOf(ctx, listed, { pk: collection(ctx.tenant, customerId), range: customersResponses, name: customerId, passing });
}
