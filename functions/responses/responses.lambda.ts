import { serve } from '../context.ts';
import { versionOf } from '../kernel/request.ts';
import { complete, keep, open } from './answer.ts';
import { campaignsAsking } from './asking.ts';
import { inviteCustomer } from './by-member.ts';
import { archiveResponse, responseOf, restoreResponse, sortResponse } from './edit.ts';
import { responsesOf, responsesTo } from './list.ts';
import { responseRoutes } from './responses.routes.ts';
import { resultsOf } from './results.ts';
import { visit } from './visit.ts';

export const handler = serve(responseRoutes, {
  openSurvey: async (ctx, { params, query }) => open(await visit(params.token, ctx), query),
  keepAnswers: async (ctx, { params, body }) => keep(await visit(params.token, ctx), body),
  completeSurvey: async (ctx, { params, body }) => complete(await visit(params.token, ctx), body),

  inviteCustomer: (ctx, { params, body }) => inviteCustomer(ctx, params.id, body),
  listCustomerResponses: (ctx, { params, query }) => responsesOf(ctx, params.id, query),

  getSurveyResults: (ctx, { params, query }) => resultsOf(ctx, params.id, query),
  listAskingCampaigns: async (ctx, { params }) => ({ data: await campaignsAsking(ctx, params.id) }),
  listResponses: (ctx, { params, query }) => responsesTo(ctx, params.id, query),
  getResponse: (ctx, { params }) => responseOf(ctx, params),
  sortResponse: (ctx, { params, body, headers }) =>
    sortResponse(ctx, params, { patch: body, seen: versionOf(headers['if-match'] ?? '') ?? 0 }),
  archiveResponse: (ctx, { params }) => archiveResponse(ctx, params),
  restoreResponse: (ctx, { params }) => restoreResponse(ctx, params),
});
