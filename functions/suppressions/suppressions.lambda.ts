import { eachOperation } from '../batch.ts';
import { serve } from '../context.ts';
import { reply } from '../kernel/reply.ts';
import { suppressionStore } from './suppression.store.ts';
import type { Suppression } from './suppression.ts';
import { suppressionRoutes } from './suppressions.routes.ts';

const locationOf = ({ channel, id }: Suppression) => `/v1/suppressions/${channel}/${id}`;

export const handler = serve(suppressionRoutes, {
  listSuppressions: (ctx, { query }) => suppressionStore(ctx).page(query),

  getSuppression: (ctx, { params }) => suppressionStore(ctx).get(params),

  lookUpSuppression: async (ctx, { body }) => ({ data: await suppressionStore(ctx).lookUp(body.address) }),

  addSuppression: async (ctx, { body }) => {
    const { suppression, isNew } = await suppressionStore(ctx).add(body);
    return reply(suppression, { status: isNew ? 201 : 200, headers: { location: locationOf(suppression) } });
  },

  batchSuppressions: (ctx, { body }) =>
    eachOperation(ctx, body.operations, async (own, operation) => {
      const { suppression, isNew } = await suppressionStore(own).add(operation);
      return { status: isNew ? 201 : 200, id: suppression.id };
    }),

  liftSuppression: (ctx, { params, body }) => suppressionStore(ctx).lift(params, body.reason),
});
