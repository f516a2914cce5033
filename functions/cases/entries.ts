import type { Ctx } from '../context.ts';
import { collection } from '../customers/customer.entity.ts';
import { interactionEntity, isInteraction, timelineRange } from '../interactions/interaction.entity.ts';
import type { Interaction, InteractionInput } from '../interactions/interaction.ts';
import { CrmError } from '../kernel/errors.ts';
import { listHash, openCursor, type Page, sealCursor } from '../kernel/page.ts';
import { GuardError } from '../table/entity.ts';
import { caseStore } from './case.store.ts';
import { saidOnCase } from './said.ts';

const tries = 6;
/** Entries of the timeline that a page looks at: a case's stand among all that happened with its customer. */
const mostExamined = 1_000;
const pageSize = 100;

/** What was said on a case and on those that were merged into it, the newest first. */
export async function caseEntries(
  ctx: Ctx,
  id: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ data: Interaction[]; page: Page }> {
  const { theCase } = await caseStore(ctx).find(id, 'read');
  const expected = { tenant: ctx.tenant, list: listHash('caseEntries', id), at: ctx.now };
  const own = new Set<string | null>([id, ...theCase.mergedIds]);
  const pk = collection(ctx.tenant, theCase.customerId);
  const data: Interaction[] = [];
  let after = await openCursor(cursor, expected);
  let examined = 0;
  let more = true;
  while (more && data.length < limit && examined < mostExamined) {
    const found = await ctx.table.query({ pk, range: timelineRange, newestFirst: true, limit: pageSize, after, strong: true });
    const entries = found.items.filter(isInteraction).map((item) => interactionEntity.decode(item));
    const hers = entries.filter(({ caseId, archivedAt }) => own.has(caseId) && archivedAt === null);
    const shown = hers.slice(0, limit - data.length);
    data.push(...shown);
    examined += found.examined;
    const last = shown.length < hers.length ? shown.at(-1) : undefined;
    // Nothing of a case that nothing was merged into is older than what it began with.
    const isBegun = own.size === 1 && theCase.interactionId !== null && entries.some((entry) => entry.id === theCase.interactionId);
    after = last ? { ...interactionEntity.key(ctx.tenant, last) } : found.lastKey;
    more = last !== undefined || (after !== undefined && !isBegun);
  }
  const nextCursor = more && after ? await sealCursor({ ...expected, key: after }) : null;
  return { data, page: { nextCursor, hasMore: nextCursor !== null, examined } };
}

/** Logs something on a case, with what it makes of the case, in one commit. */
export async function logOnCase(ctx: Ctx, id: string, input: InteractionInput): Promise<Interaction> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const { item, theCase, customer } = await caseStore(ctx).find(id, 'write');
    if (theCase.archivedAt || customer.archivedAt) throw new CrmError('already_archived');
    const draft = await ctx.interactions.draft(theCase.customerId, input);
    const said = await saidOnCase(ctx, {
      caseId: id,
      customerId: customer.id,
      direction: draft.direction,
      at: draft.occurredAt,
      read: { item, theCase },
    });
    const entry = { ...draft, caseId: said?.theCase.id ?? id };
    try {
      await ctx.table.commit([...ctx.interactions.createActions(entry), ...(said?.actions ?? [])]);
      return entry;
    } catch (error) {
      if (!(error instanceof GuardError)) throw error;
      // An id of the caller's own is there already: the same interaction sent again.
      if (error.row?.e === 'interaction') throw new CrmError('duplicate', { existing: [{ id: entry.id }] }, error);
    }
  }
  throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
}
