import * as z from 'zod';
import { CustomerId } from '../customers/customer.ts';
import { defineRoutes } from '../kernel/route.ts';
import { SurveyId } from '../surveys/survey.ts';
import { publicSurveyRoutes } from './public.routes.ts';

export const responseRoutes = defineRoutes({
  ...publicSurveyRoutes,
  inviteCustomer: {
    method: 'POST',
    path: '/v1/customers/{id}/survey-links',
    summary: 'A link by which this customer answers a survey once: to fill in for her on the phone, or to give to her',
    permission: 'interactions:write',
    params: z.strictObject({ id: CustomerId }),
    body: z.strictObject({ surveyId: SurveyId, channel: z.enum(['phone', 'link']).default('phone') }),
    secret: true,
    ok: { status: 201, body: z.strictObject({ url: z.string(), expiresAt: z.string() }) },
    problems: ['invalid_input', 'not_found', 'already_archived', 'survey_closed'],
    cost: { rru: 2, wru: 1, note: '4 with Idempotency-Key' },
  },
});
