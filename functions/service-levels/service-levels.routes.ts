import { defineRoutes } from '../kernel/route.ts';
import { ServiceLevels, ServiceLevelsPatch } from './service-level.ts';

export const serviceLevelRoutes = defineRoutes({
  getServiceLevels: {
    method: 'GET',
    path: '/v1/service-levels',
    summary: 'In what working time cases are answered and resolved: calendars, targets, queues',
    permission: 'cases:read',
    ok: { status: 200, body: ServiceLevels },
    problems: [],
    cost: { rru: 1, wru: 0 },
  },
  updateServiceLevels: {
    method: 'PATCH',
    path: '/v1/service-levels',
    summary: 'Change calendars, targets and queues; clocks that run are counted anew at their next step',
    permission: 'settings:write',
    body: ServiceLevelsPatch,
    ifMatch: true,
    ok: { status: 200, body: ServiceLevels },
    problems: ['invalid_input', 'stale', 'if_match_needed', 'conflict'],
    cost: { rru: 1, wru: 1, note: '1 W each KiB of calendars and targets' },
  },
});
