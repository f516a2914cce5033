import { satisfactionActions } from '../cases/satisfaction.ts';
import { raisedActions, themeEntity } from '../cases/theme.entity.ts';
import type { Ctx } from '../context.ts';
import { CrmError, invalid, missing } from '../kernel/errors.ts';
import { GuardError } from '../table/entity.ts';
import { checkFresh } from '../table/fresh.ts';
import { shownTo } from './list.ts';
import { responseEntity, surveyOfResponse } from './response.entity.ts';
import type { Response, ResponsePatch, ResponseView } from './response.ts';

/** What members do with responses: sort them, take them out of the report, bring them back. What was said stays as it was said. */

const tries = 6;
type One = { id: string; responseId: string };
type Freshness = { fields: string[]; seen: number };

/** One that was handed in, of the survey in the path. 1 R. */
async function row(ctx: Ctx, { id, responseId }: One) {
  const item = surveyOfResponse(responseId).surveyId === id ? await ctx.table.get(responseEntity.key(ctx.tenant, responseId)) : undefined;
  const response = item && responseEntity.decode(item);
  return item && response?.completedAt ? { item, response } : missing();
}

async function shown(ctx: Ctx, response: Response): Promise<ResponseView> {
  const [view] = await shownTo(ctx, [response]);
  return view ?? missing();
}

export const responseOf = async (ctx: Ctx, one: One): Promise<ResponseView> => shown(ctx, (await row(ctx, one)).response);

async function change(ctx: Ctx, one: One, rule: (response: Response) => Response, fresh?: Freshness): Promise<ResponseView> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const { item, response } = await row(ctx, one);
    if (fresh) checkFresh(fresh.fields, { seen: fresh.seen, version: response.version, versions: responseEntity.fieldVersions(item) });
    const to = rule(response);
    if (responseEntity.changedFields(response, to).length === 0) return shown(ctx, response);
    try {
      const raised = { kind: 'response' as const, id: response.id, customerId: response.customerId };
      await ctx.table.commit([
        ...responseEntity.update(ctx.tenant, response.id, { from: item, to }, ctx.stamp),
        ...raisedActions(ctx.tenant, raised, { from: response.themeId, to: to.themeId }),
        ...(response.archivedAt === to.archivedAt ? [] : await satisfactionActions(ctx, to)),
      ]);
      return await shown(ctx, { ...to, version: response.version + 1 });
    } catch (error) {
      if (!(error instanceof GuardError)) throw error;
    }
  }
  throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
}

export async function sortResponse(ctx: Ctx, one: One, { patch, seen }: { patch: ResponsePatch; seen: number }): Promise<ResponseView> {
  const { themeId } = patch;
  if (themeId && !(await ctx.table.get(themeEntity.key(ctx.tenant, themeId)))) throw invalid('/themeId', 'no_such_theme', 'no such theme');
  const rule = (response: Response) => {
    if (response.archivedAt) throw new CrmError('already_archived');
    return { ...response, ...patch };
  };
  return change(ctx, one, rule, { fields: Object.keys(patch), seen });
}

export const archiveResponse = (ctx: Ctx, one: One): Promise<ResponseView> =>
  change(ctx, one, (response) => {
    if (response.archivedAt) throw new CrmError('already_archived');
    return { ...response, archivedAt: ctx.iso };
  });

export const restoreResponse = (ctx: Ctx, one: One): Promise<ResponseView> =>
  change(ctx, one, (response) => {
    if (!response.archivedAt) throw new CrmError('not_archived');
    return { ...response, archivedAt: null };
  });
