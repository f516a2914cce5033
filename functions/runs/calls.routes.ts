import * as z from 'zod';
import { CampaignId } from '../campaigns/campaign-id.ts';
import { FollowUp, FollowUpId } from '../followups/follow-up.ts';
import { Flag } from '../kernel/page.ts';
import { defineRoutes } from '../kernel/route.ts';
import { CallLists, TryInput } from './call.ts';

export const callRoutes = defineRoutes({
  getCallLists: {
    method: 'GET',
    path: '/v1/call-lists',
    summary: "The caller's calls of campaigns by phone: the next ones, whom and what to say, and how far she is",
    permission: 'followUps:read',
    query: z.strictObject({
      campaignId: CampaignId.optional(),
      limit: z.coerce.number().int().min(1).max(50).default(10),
      /** Beyond the day's pace, too. */
      beyond: Flag,
    }),
    ok: { status: 200, body: CallLists },
    problems: ['invalid_input'],
    cost: { rru: 20, wru: 0, note: 'for 10 calls of 100 that are open; 1 R a call more, 1 R a ten that are open, 1,000 at most' },
  },
  tryCallAgain: {
    method: 'POST',
    path: '/v1/follow-ups/{id}/try-again',
    summary: 'Nobody answered: logs the try and calls again later, or is done with it after the last try',
    permission: 'followUps:write',
    params: z.strictObject({ id: FollowUpId }),
    body: TryInput,
    ok: { status: 200, body: FollowUp },
    problems: ['invalid_input', 'not_found', 'wrong_state', 'already_archived', 'conflict'],
    cost: { rru: 3, wru: 12 },
  },
});
