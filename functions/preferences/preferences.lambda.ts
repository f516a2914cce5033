import { serve } from '../context.ts';
import { reply } from '../kernel/reply.ts';
import { preferenceRoutes } from './preferences.routes.ts';
import { keepWishes, readWishes, unsubscribe, visit } from './wishes.ts';

export const handler = serve(preferenceRoutes, {
  unsubscribe: async (ctx, { params }) => {
    await unsubscribe(await visit(params.token, ctx), 'unsubscribe link');
    return { unsubscribed: true as const };
  },

  openUnsubscribe: async (_ctx, { params }) => {
    const page = `/p/u/${encodeURIComponent(params.token)}`;
    return reply({ page }, { headers: { refresh: `0; url=${page}` } });
  },

  getWishes: async (ctx, { params }) => readWishes(await visit(params.token, ctx)),

  setWishes: async (ctx, { params, body }) => {
    const at = await visit(params.token, ctx);
    await keepWishes(at, body);
    return readWishes(at);
  },
});
