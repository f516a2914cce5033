import { serve } from '../context.ts';
import { versionOf } from '../kernel/request.ts';
import { serviceLevelStore } from './service-level.store.ts';
import { serviceLevelRoutes } from './service-levels.routes.ts';

export const handler = serve(serviceLevelRoutes, {
  getServiceLevels: (ctx) => serviceLevelStore(ctx).get(),
  updateServiceLevels: (ctx, { body, headers }) => serviceLevelStore(ctx).patch(body, versionOf(headers['if-match'] ?? '') ?? 0),
});
