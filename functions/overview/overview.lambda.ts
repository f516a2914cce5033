import { serve } from '../context.ts';
import { activityKey, collection, customerEntity } from '../customers/customer.entity.ts';
import { activityOf } from '../interactions/interaction.entity.ts';
import { timelineEntry } from '../interactions/interaction.store.ts';
import { missing } from '../kernel/errors.ts';
import { listHash, sealCursor } from '../kernel/page.ts';
import { overviewRoutes } from './overview.routes.ts';

/** The newest entries that the 360 shows with the profile, which is the collection's last row. */
const shownEntries = 24;

export const handler = serve(overviewRoutes, {
  getOverview: async (ctx, { params }) => {
    const pk = collection(ctx.tenant, params.id);
    const [{ items, lastKey, examined }, summary] = await Promise.all([
      ctx.table.query({ pk, range: { from: 'TL#', to: '~' }, newestFirst: true, limit: shownEntries + 1 }),
      ctx.table.get(activityKey(ctx.tenant, params.id), { strong: false }),
    ]);
    const [profile, ...rows] = items;
    if (profile?.sk !== '~') return missing();
    const customer = customerEntity.decode(profile);
    if (!(await ctx.reaches('customers', 'read', customer.ownerId))) return missing();
    const activity = activityOf(summary);
    const visible = (await ctx.reaches('interactions', 'read', customer.ownerId)) ? rows : [];
    const data = visible.flatMap((row) => {
      const interaction = timelineEntry(row, activity.lastOutboundAt);
      return interaction && interaction.archivedAt === null ? [{ entry: 'interaction' as const, interaction }] : [];
    });
    // The cursor goes on in the list of interactions.
    const nextCursor = lastKey
      ? await sealCursor({ tenant: ctx.tenant, list: listHash('interactions', params.id, undefined, 'false'), at: ctx.now, key: lastKey })
      : null;
    return {
      customer: ctx.customers.shown(customer),
      activity,
      timeline: { data, page: { nextCursor, hasMore: nextCursor !== null, examined: examined - 1 } },
    };
  },
});
