import * as z from 'zod';
import { defineRoutes } from '../kernel/route.ts';
import { Pin, Today, TodayItemId } from './today.ts';

const one = z.strictObject({ itemId: TodayItemId });

export const todayRoutes = defineRoutes({
  getToday: {
    method: 'GET',
    path: '/v1/today',
    summary: "The caller's day as a ranked queue: what is due, who waits, what was promised, each with the reason",
    permission: 'followUps:read',
    ok: { status: 200, body: Today },
    problems: [],
    cost: { rru: 5.5, wru: 0, note: 'and 1 R a customer in it; 100 rows at most' },
  },
  pinToday: {
    method: 'PUT',
    path: '/v1/today/pins/{itemId}',
    summary: "Keep a row on top of the caller's queue until it is done",
    permission: 'followUps:read',
    params: one,
    ok: { status: 200, body: Pin },
    problems: [],
    cost: { rru: 0.5, wru: 1, note: '4 W where it is the twenty-first' },
  },
  unpinToday: {
    method: 'DELETE',
    path: '/v1/today/pins/{itemId}',
    summary: 'Let a row of the queue go back to its place',
    permission: 'followUps:read',
    params: one,
    ok: { status: 204 },
    problems: [],
    cost: { rru: 0, wru: 1 },
  },
});
