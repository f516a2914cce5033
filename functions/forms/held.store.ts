import { caseEntity } from '../cases/case.entity.ts';
import type { Ctx } from '../context.ts';
import { isoOf } from '../kernel/clock.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { idFrom } from '../kernel/ids.ts';
import { listHash, openCursor, sealCursor } from '../kernel/page.ts';
import type { Action, Item } from '../table/entity.ts';
import { formEntity, heldEntity, heldPartition } from './form.entity.ts';
import { type HeldSubmission, type HeldView, heldDays } from './held.ts';
import { openingOf } from './opening.ts';

const tries = 6;
const dayMs = 86_400_000;

const shownHeld = ({ score: _, version: __, ...held }: HeldSubmission): HeldView => ({
  ...held,
  endsAt: isoOf(Date.parse(held.receivedAt) + heldDays * dayMs),
});

/** What was held back as suspected spam, for whoever deals with cases. */
export const heldStore = (ctx: Ctx) => {
  const { table, tenant } = ctx;

  const row = (id: string) => table.get(heldEntity.key(tenant, id));
  const gone = ({ pk, sk, v }: Item): Action => ({ remove: { pk, sk }, guard: { version: Number(v) } });

  /** By what its form says now; of one that was removed, as an ordinary case. */
  const formOf = async (id: string) => {
    const item = await table.get(formEntity.key(tenant, id));
    return item ? formEntity.decode(item) : { id, priority: 'normal' as const, queue: null };
  };

  /** The case that it has become before, where somebody else has just let it through. */
  const released = async (caseId: string) => {
    const item = (await table.get(caseEntity.key(tenant, caseId))) ?? missing();
    return { caseId, customerId: caseEntity.decode(item).customerId };
  };

  return {
    page: async ({ limit, cursor }: { limit: number; cursor?: string | undefined }) => {
      const expected = { tenant, list: listHash('heldSubmissions'), at: ctx.now };
      const after = await openCursor(cursor, expected);
      const { items, lastKey, examined } = await table.query({ pk: heldPartition(tenant), newestFirst: true, limit, after });
      const data = items.map((item) => shownHeld(heldEntity.decode(item)));
      const nextCursor = lastKey ? await sealCursor({ ...expected, key: lastKey }) : null;
      return { data, page: { nextCursor, hasMore: lastKey !== undefined, examined } };
    },

    /** It is no spam: its case is opened, and it waits no more, in one commit. Once, however often it is said. */
    release: async (id: string): Promise<{ caseId: string; customerId: string }> => {
      const caseId = idFrom('cas', tenant, id);
      for (let attempt = 0; attempt < tries; attempt++) {
        const item = await row(id);
        if (!item) return released(caseId);
        const { formId, said, receivedAt } = heldEntity.decode(item);
        const opened = await openingOf(ctx, { caseId, form: await formOf(formId), said, receivedAt });
        if (opened?.isNew && !(await ctx.reaches('customers', 'write', null)))
          throw new CrmError('forbidden', { needs: 'customers:write' });
        const failed = await table.attempt([...(opened?.actions ?? []), gone(item)]);
        if (failed.length === 0) return opened ? { caseId, customerId: opened.theCase.customerId } : released(caseId);
      }
      throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
    },

    remove: async (id: string): Promise<void> => {
      const item = (await row(id)) ?? missing();
      const failed = await table.attempt([gone(item)]);
      if (failed.length > 0) missing();
    },
  };
};
