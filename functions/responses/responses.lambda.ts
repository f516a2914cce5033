import { serve } from '../context.ts';
import { complete, keep, open } from './answer.ts';
import { inviteCustomer } from './by-member.ts';
import { responseRoutes } from './responses.routes.ts';
import { visit } from './visit.ts';

export const handler = serve(responseRoutes, {
  openSurvey: async (ctx, { params, query }) => open(await visit(params.token, ctx), query),
  keepAnswers: async (ctx, { params, body }) => keep(await visit(params.token, ctx), body),
  completeSurvey: async (ctx, { params, body }) => complete(await visit(params.token, ctx), body),

  inviteCustomer: (ctx, { params, body }) => inviteCustomer(ctx, params.id, body),
});
