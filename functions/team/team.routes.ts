import * as z from 'zod';
import { defineRoutes } from '../kernel/route.ts';
import { TeamActivity } from './team-activity.ts';

export const teamRoutes = defineRoutes({
  getTeamActivity: {
    method: 'GET',
    path: '/v1/team-activity',
    summary: 'What each member did this week against last, what is overdue, how quickly was answered, who was not seen for 60 days',
    permission: 'reports:read',
    ok: { status: 200, body: TeamActivity },
    problems: [],
    cost: { rru: 1, wru: 0, note: 'and 1 R a member, up to 5 R for one with 200 answers a week' },
  },
  recountTeam: {
    method: 'POST',
    path: '/v1/team-activity/recount',
    summary: 'Count anew who was not seen for 60 days; it takes a moment',
    permission: 'reports:read',
    ok: { status: 202, body: z.strictObject({ members: z.int() }) },
    problems: ['unavailable'],
    cost: {
      rru: 0,
      wru: 0,
      note: 'the count reads each customer of the members: 0.05 R and 0.5 R for what happened lately, and writes 1 W a member',
    },
  },
});
