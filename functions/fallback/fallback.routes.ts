import * as z from 'zod';
import { defineRoutes } from '../kernel/route.ts';

export const fallbackRoutes = defineRoutes({
  getHealth: {
    method: 'GET',
    path: '/healthz',
    summary: 'Whether the service answers and reaches its table',
    permission: 'public',
    ok: { status: 200, body: z.strictObject({ status: z.literal('ok'), stage: z.string() }) },
    problems: ['unavailable'],
    cost: { rru: 0.5, wru: 0 },
  },
});
