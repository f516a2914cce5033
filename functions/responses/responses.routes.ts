import * as z from 'zod';
import { CustomerId } from '../customers/customer.ts';
import { PageQuery, pageOf } from '../kernel/page.ts';
import { defineRoutes } from '../kernel/route.ts';
import { SurveyId } from '../surveys/survey.ts';
import { AskingCampaign } from './asking-campaign.ts';
import { ResponsesFilter } from './filter.ts';
import { publicSurveyRoutes } from './public.routes.ts';
import { ResponseId, ResponsePatch, ResponseView } from './response.ts';
import { ResultsQuery, SurveyResults } from './results-view.ts';

const survey = z.strictObject({ id: SurveyId });
const one = survey.extend({ responseId: ResponseId });
const hers = z.strictObject({ id: CustomerId });

export const ResponsesQuery = PageQuery.extend(ResponsesFilter.shape);
export type ResponsesQuery = z.output<typeof ResponsesQuery>;

export const responseRoutes = defineRoutes({
  ...publicSurveyRoutes,
  inviteCustomer: {
    method: 'POST',
    path: '/v1/customers/{id}/survey-links',
    summary: 'A link by which this customer answers a survey once: to fill in for her on the phone, or to give to her',
    permission: 'interactions:write',
    params: hers,
    body: z.strictObject({ surveyId: SurveyId, channel: z.enum(['phone', 'link']).default('phone') }),
    secret: true,
    ok: { status: 201, body: z.strictObject({ url: z.string(), expiresAt: z.string() }) },
    problems: ['invalid_input', 'not_found', 'already_archived', 'survey_closed'],
    cost: { rru: 2, wru: 1, note: '4 with Idempotency-Key' },
  },
  listCustomerResponses: {
    method: 'GET',
    path: '/v1/customers/{id}/responses',
    summary: 'What a customer has answered, the newest first',
    permission: 'interactions:read',
    params: hers,
    query: PageQuery,
    ok: { status: 200, body: pageOf(ResponseView) },
    problems: ['not_found', 'invalid_cursor'],
    cost: { rru: 52, wru: 0, note: 'a page of 50' },
  },
  getSurveyResults: {
    method: 'GET',
    path: '/v1/surveys/{id}/results',
    summary: 'What a survey came to: scores with their margins, rates, drop-off, trend, cuts; small cuts hidden',
    permission: 'surveys:read',
    params: survey,
    query: ResultsQuery,
    ok: { status: 200, body: SurveyResults },
    problems: ['not_found', 'invalid_input'],
    cost: {
      rru: 10,
      wru: 0,
      note: 'of a survey in one version; + 0.5 ten responses, 50,000 at most; by segment + 0.5 a customer, 10,000 at most',
    },
  },
  listAskingCampaigns: {
    method: 'GET',
    path: '/v1/surveys/{id}/campaigns',
    summary: 'The campaigns that ask a survey, the newest first, 50 at most',
    permission: 'campaigns:read',
    params: survey,
    ok: { status: 200, body: z.strictObject({ data: z.array(AskingCampaign) }) },
    problems: ['not_found'],
    cost: { rru: 2, wru: 0, note: 'and 0.5 for each 4 KiB of campaign' },
  },
  listResponses: {
    method: 'GET',
    path: '/v1/surveys/{id}/responses',
    summary: 'Responses that were handed in, the newest first; the words of them by filter, tag and search',
    permission: 'surveys:read',
    params: survey,
    query: ResponsesQuery,
    ok: { status: 200, body: pageOf(ResponseView) },
    problems: ['not_found', 'invalid_cursor', 'invalid_input'],
    cost: {
      rru: 80,
      wru: 0,
      note: 'a page of 50 with their customers and what became of them; with a filter up to 1,000 are looked at, 0.5 each, of a segment 1 each',
    },
  },
  getResponse: {
    method: 'GET',
    path: '/v1/surveys/{id}/responses/{responseId}',
    summary: 'Get a response',
    permission: 'surveys:read',
    params: one,
    ok: { status: 200, body: ResponseView },
    problems: ['not_found'],
    cost: { rru: 2, wru: 0 },
  },
  sortResponse: {
    method: 'PATCH',
    path: '/v1/surveys/{id}/responses/{responseId}',
    summary: 'Tag a response, or put it under a theme',
    permission: 'surveys:write',
    params: one,
    body: ResponsePatch,
    ifMatch: true,
    ok: { status: 200, body: ResponseView },
    problems: ['invalid_input', 'not_found', 'stale', 'if_match_needed', 'already_archived'],
    cost: { rru: 2, wru: 1, note: '1 R and 4 W more under another theme' },
  },
  archiveResponse: {
    method: 'DELETE',
    path: '/v1/surveys/{id}/responses/{responseId}',
    summary: 'Take a response out of the report',
    permission: 'surveys:delete',
    params: one,
    ok: { status: 200, body: ResponseView },
    problems: ['not_found', 'already_archived'],
    cost: { rru: 2, wru: 1 },
  },
  restoreResponse: {
    method: 'POST',
    path: '/v1/surveys/{id}/responses/{responseId}/restore',
    summary: 'Bring a response back into the report',
    permission: 'surveys:delete',
    params: one,
    ok: { status: 200, body: ResponseView },
    problems: ['not_found', 'not_archived'],
    cost: { rru: 2, wru: 1 },
  },
});
