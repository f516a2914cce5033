import { defineRoutes } from '../kernel/route.ts';
import { Today } from './today.ts';

export const todayRoutes = defineRoutes({
  getToday: {
    method: 'GET',
    path: '/v1/today',
    summary: "The caller's day as a ranked queue: what is due, who waits, what was promised, each with the reason",
    permission: 'followUps:read',
    ok: { status: 200, body: Today },
    problems: [],
    cost: { rru: 6, wru: 0, note: 'and 1 R a customer in it; 100 rows at most' },
  },
});
