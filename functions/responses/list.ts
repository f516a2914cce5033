import type { Ctx } from '../context.ts';
import { collection, customerEntity } from '../customers/customer.entity.ts';
import { missing } from '../kernel/errors.ts';
import { fold } from '../kernel/fold.ts';
import { listHash, openCursor, sealCursor } from '../kernel/page.ts';
import { surveyEntity, surveyPartition } from '../surveys/survey.entity.ts';
import type { Item } from '../table/entity.ts';
import type { Range } from '../table/table.ts';
import { filteredPage } from '../table/walk.ts';
import { waveOf } from './cut.ts';
import { responseEntity } from './response.entity.ts';
import type { Response, ResponseView } from './response.ts';
import { customersResponses, responseIn, surveysResponses } from './response-lists.entity.ts';
import type { ResponsesQuery } from './responses.routes.ts';

/** Responses that were handed in, the newest first, as one caller may see them. */

type Listed = Pick<ResponsesQuery, 'limit' | 'cursor'>;
type Rows = { pk: string; range: Range; name: string; passes: (response: Response) => boolean };

/** 0.5 R each that is looked at, and 0.5 R each customer. */
async function pageOf(ctx: Ctx, { limit, cursor }: Listed, { pk, range, name, passes }: Rows) {
  const expected = { tenant: ctx.tenant, list: listHash('responses', pk, name), at: ctx.now };
  const { data, lastKey, examined } = await filteredPage<Response>({
    limit,
    after: await openCursor(cursor, expected),
    read: (atMost, after) => ctx.table.query({ pk, range, newestFirst: true, limit: atMost, after }),
    rowsOf: async (items) => {
      const rows = await ctx.table.getMany(items.map((item) => responseEntity.key(ctx.tenant, responseIn(item))));
      return rows.map((row) => row && responseEntity.decode(row)).map((response) => (response && passes(response) ? response : undefined));
    },
    keyOf: ({ pk: ownPk, sk }) => ({ pk: ownPk, sk }),
  });
  const nextCursor = lastKey ? await sealCursor({ ...expected, key: lastKey }) : null;
  return { data: await shownTo(ctx, data), page: { nextCursor, hasMore: lastKey !== undefined, examined } };
}

/** With the customers whom the caller may see; of others what was said, and not by whom. */
export async function shownTo(ctx: Ctx, responses: readonly Response[]): Promise<ResponseView[]> {
  const ids = responses.map(({ customerId }) => customerId);
  const rows = await ctx.table.getMany(ids.flatMap((id) => (id === null ? [] : [customerEntity.key(ctx.tenant, id)])));
  const known = new Map(rows.flatMap((row) => (row ? [[customerEntity.decode(row).id, row] as const] : [])));
  return Promise.all(responses.map(async (response) => shown(ctx, response, known.get(response.customerId ?? ''))));
}

async function shown(ctx: Ctx, response: Response, row: Item | undefined): Promise<ResponseView> {
  const customer = row && customerEntity.decode(row);
  const sees = customer !== undefined && (await ctx.reaches('customers', 'read', customer.ownerId));
  return { ...response, customerId: sees ? response.customerId : null, customer: sees ? { id: customer.id, name: customer.name } : null };
}

/** Whether a response is what is asked for: every number of a report opens its rows by this. */
function test(query: ResponsesQuery): (response: Response) => boolean {
  const words = query.q === undefined ? undefined : fold(query.q);
  const says = ({ answers }: Response) =>
    words === undefined || Object.values(answers).some((answer) => typeof answer === 'string' && fold(answer).includes(words));
  const has = ({ answers }: Response) => {
    if (query.question === undefined) return true;
    const answer = Object.hasOwn(answers, query.question) ? answers[query.question] : undefined;
    if (answer === undefined || query.value === undefined) return answer !== undefined;
    return Array.isArray(answer) ? answer.includes(query.value) : String(answer) === query.value;
  };
  return (response) =>
    (response.archivedAt !== null) === (query.archived === 'true') &&
    (query.surveyVersion === undefined || response.surveyVersion === query.surveyVersion) &&
    (query.band === undefined || response.band === query.band) &&
    (query.language === undefined || response.language === query.language) &&
    (query.channel === undefined || response.channel === query.channel) &&
    (query.ownerId === undefined || (response.ownerId ?? '-') === query.ownerId) &&
    (query.wave === undefined || waveOf(response) === query.wave) &&
    (query.tag === undefined || response.tags.includes(query.tag)) &&
    (query.themeId === undefined || response.themeId === query.themeId) &&
    (query.from === undefined || (response.completedAt ?? '') >= query.from) &&
    (query.to === undefined || (response.completedAt ?? '') < query.to) &&
    has(response) &&
    says(response);
}

export async function responsesTo(ctx: Ctx, surveyId: string, query: ResponsesQuery) {
  if (!(await ctx.table.get(surveyEntity.key(ctx.tenant, surveyId)))) missing();
  const { limit, cursor, ...filter } = query;
  const name = JSON.stringify(filter);
  const rows = { pk: surveyPartition(ctx.tenant, surveyId), range: surveysResponses, name, passes: test(query) };
  return pageOf(ctx, { limit, cursor }, rows);
}

/** What one customer has answered. */
export async function responsesOf(ctx: Ctx, customerId: string, listed: Listed) {
  await ctx.customers.row(customerId);
  const passes = ({ archivedAt }: Response) => archivedAt === null;
  return pageOf(ctx, listed, { pk: collection(ctx.tenant, customerId), range: customersResponses, name: customerId, passes });
}
