import * as z from 'zod';
import { defineRoutes } from '../kernel/route.ts';
import { Language } from '../kernel/values.ts';
import { AnswersInput } from './response.ts';
import { Progress, PublicSurvey, Thanks } from './shown.ts';

/** Whatever is wrong with a link, it is not found: its form says nothing. */
const link = z.strictObject({ token: z.string().max(2_000) });

export const publicSurveyRoutes = defineRoutes({
  openSurvey: {
    method: 'GET',
    path: '/p/api/s/{token}',
    summary: 'The survey behind a link, in one language, with what was said so far',
    permission: 'public',
    params: link,
    query: z.strictObject({ language: Language.optional() }),
    ok: { status: 200, body: PublicSurvey },
    problems: ['not_found', 'survey_closed'],
    cost: {
      rru: 5,
      wru: 0,
      note: 'workspace, invitation, survey, response and customer; once a container 1 R for each 4 KiB of the version',
    },
  },
  keepAnswers: {
    method: 'PUT',
    path: '/p/api/s/{token}/answers',
    summary: 'Keep what was said so far; a revision each',
    permission: 'public',
    params: link,
    body: AnswersInput,
    ok: { status: 200, body: Progress },
    problems: ['not_found', 'survey_closed', 'invalid_input', 'conflict'],
    cost: { rru: 4, wru: 1 },
  },
  completeSurvey: {
    method: 'POST',
    path: '/p/api/s/{token}/complete',
    summary: 'Hand the answers in, once; the same again are thanked for again',
    permission: 'public',
    params: link,
    body: AnswersInput,
    repeatable: true,
    ok: { status: 200, body: Thanks },
    problems: ['not_found', 'survey_closed', 'invalid_input', 'conflict'],
    cost: { rru: 5, wru: 1 },
  },
});
