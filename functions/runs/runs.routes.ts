import * as z from 'zod';
import { PageQuery, pageOf } from '../kernel/page.ts';
import { defineRoutes } from '../kernel/route.ts';
import { idOf } from '../kernel/values.ts';
import { Occurrence } from './run.ts';
import { RunView, SendId, SendView } from './run-view.ts';
import { SendState, SkipReason } from './send.ts';

const ofCampaign = z.strictObject({ id: idOf('cmp') });
const one = ofCampaign.extend({ occurrence: Occurrence });
const moving = { permission: 'campaigns:write', params: one, ok: { status: 200, body: RunView } } as const;

/** A run is found by its campaign and occurrence; it is made by the campaign's schedule. */
export const runRoutes = defineRoutes({
  listRuns: {
    method: 'GET',
    path: '/v1/campaigns/{id}/runs',
    summary: 'The runs of a campaign with their counts, the newest first',
    permission: 'campaigns:read',
    params: ofCampaign,
    query: PageQuery.extend({ limit: z.coerce.number().int().min(1).max(50).default(20) }),
    ok: { status: 200, body: pageOf(RunView) },
    problems: ['invalid_cursor'],
    cost: { rru: 20, wru: 0, note: 'a page of 20 runs of up to 10 shards: 1 unit each' },
  },
  getRun: {
    method: 'GET',
    path: '/v1/campaigns/{id}/runs/{occurrence}',
    summary: 'A run as it is: its state, and its counts as of the last minute',
    permission: 'campaigns:read',
    params: one,
    ok: { status: 200, body: RunView },
    problems: ['not_found'],
    cost: { rru: 6, wru: 0, note: 'up to 64 shards' },
  },
  pauseRun: {
    ...moving,
    method: 'POST',
    path: '/v1/campaigns/{id}/runs/{occurrence}/pause',
    summary: 'Let a run stand still: nothing is sent from the next chunk on',
    problems: ['not_found', 'wrong_state', 'conflict'],
    cost: { rru: 7, wru: 1 },
  },
  resumeRun: {
    ...moving,
    method: 'POST',
    path: '/v1/campaigns/{id}/runs/{occurrence}/resume',
    summary: 'Let a paused run go on',
    problems: ['not_found', 'wrong_state', 'conflict'],
    cost: { rru: 7, wru: 8 },
  },
  cancelRun: {
    ...moving,
    method: 'POST',
    path: '/v1/campaigns/{id}/runs/{occurrence}/cancel',
    summary: 'End a run: who has nothing yet gets nothing',
    problems: ['not_found', 'wrong_state', 'conflict'],
    cost: { rru: 7, wru: 8, note: 'and 1 write unit for each message that is not sent' },
  },
  approveRun: {
    ...moving,
    permission: 'campaigns:approve',
    method: 'POST',
    path: '/v1/campaigns/{id}/runs/{occurrence}/approve',
    summary: 'Say yes to a run that waits for it; not by its authors',
    problems: ['not_found', 'own_approval', 'wrong_state', 'conflict'],
    cost: { rru: 7, wru: 8 },
  },
  listSends: {
    method: 'GET',
    path: '/v1/campaigns/{id}/runs/{occurrence}/sends',
    summary: 'The messages of a run, by state or by the reason why there is none',
    permission: 'campaigns:read',
    params: one,
    query: PageQuery.extend({ state: SendState.optional(), reason: SkipReason.optional() }),
    ok: { status: 200, body: pageOf(SendView) },
    problems: ['not_found', 'invalid_cursor'],
    cost: { rru: 32, wru: 0, note: 'a page of 50 with their names; with a filter 1,000 are looked at at most, 100 units more' },
  },
  resendSend: {
    method: 'POST',
    path: '/v1/campaigns/{id}/runs/{occurrence}/sends/{sendId}/resend',
    summary: 'Send a message again of which nobody knows whether it was sent',
    permission: 'campaigns:write',
    params: one.extend({ sendId: SendId }),
    ok: { status: 200, body: SendView },
    problems: ['not_found', 'wrong_state', 'conflict'],
    cost: { rru: 6, wru: 10 },
  },
});
