import { serve } from '../context.ts';
import { pin, unpin } from './pins.ts';
import { todayOf } from './queue.ts';
import { todayRoutes } from './today.routes.ts';

export const handler = serve(todayRoutes, {
  getToday: (ctx) => todayOf(ctx),
  pinToday: (ctx, { params }) => pin(ctx, params.itemId),
  unpinToday: (ctx, { params }) => unpin(ctx, params.itemId),
});
