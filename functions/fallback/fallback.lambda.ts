import { serve } from '../context.ts';
import { env } from '../kernel/env.ts';
import { CrmError } from '../kernel/errors.ts';
import { tableOf } from '../table/tenant.ts';
import { fallbackRoutes } from './fallback.routes.ts';

/** The health check. What no route of the table matches comes here too, as `$default`, and is answered as a problem. */
export const handler = serve(fallbackRoutes, {
  getHealth: async (ctx) => {
    await tableOf('-', ctx.now)
      .get({ pk: 'T#-#health', sk: '~' }, { strong: false })
      .catch((error) => {
        throw new CrmError('unavailable', { headers: { 'Retry-After': '2' } }, error);
      });
    return { status: 'ok' as const, stage: env().STAGE };
  },
});
