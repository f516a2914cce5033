import { serve } from '../context.ts';
import { env } from '../kernel/env.ts';
import { CrmError } from '../kernel/errors.ts';
import { tableOf } from '../table/tenant.ts';
import { allowedMethods } from './allowed-methods.ts';
import { fallbackRoutes } from './fallback.routes.ts';

/**
 * The health check. What no route of the table matches comes here too, as `$default`, and is answered as a problem: 405 where the path
 * takes other methods, else 404.
 */
export const handler = serve(
  fallbackRoutes,
  {
    getHealth: async (ctx) => {
      await tableOf('-', ctx.now)
        .get({ pk: 'T#-#health', sk: '~' }, { strong: false })
        .catch((error) => {
          throw new CrmError('unavailable', { headers: { 'Retry-After': '2' } }, error);
        });
      return { status: 'ok' as const, stage: env().STAGE };
    },
  },
  ({ rawPath }) => {
    const allowed = allowedMethods(rawPath);
    return allowed.length > 0
      ? new CrmError('method_not_allowed', { allowed, headers: { Allow: allowed.join(', ') } })
      : new CrmError('no_route');
  },
);
