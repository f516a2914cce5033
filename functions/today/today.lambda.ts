import { serve } from '../context.ts';
import { todayOf } from './queue.ts';
import { todayRoutes } from './today.routes.ts';

export const handler = serve(todayRoutes, { getToday: (ctx) => todayOf(ctx) });
