import * as z from 'zod';
import { Cursor, Limit, pageOf } from '../kernel/page.ts';
import { defineRoutes } from '../kernel/route.ts';
import { CampaignId } from './campaign.ts';
import { CampaignInput, CampaignPatch, CampaignQuery, CampaignRow, CampaignView, Preview, PreviewInput } from './campaign-views.ts';

const one = z.strictObject({ id: CampaignId });

export const campaignRoutes = defineRoutes({
  listCampaigns: {
    method: 'GET',
    path: '/v1/campaigns',
    summary: 'Campaigns, the newest first; of one state, or the archived ones',
    permission: 'campaigns:read',
    query: CampaignQuery.extend({ limit: Limit, cursor: Cursor.optional() }),
    ok: { status: 200, body: pageOf(CampaignRow) },
    problems: ['invalid_input', 'invalid_cursor'],
    cost: { rru: 2.5, wru: 0, note: 'a page of 50; at most 1,000 rows are looked at where a state leaves most of them out' },
  },
  createCampaign: {
    method: 'POST',
    path: '/v1/campaigns',
    summary: 'Make a campaign, as a draft',
    permission: 'campaigns:write',
    body: CampaignInput,
    ok: { status: 201, body: CampaignView },
    problems: ['invalid_input', 'filter_not_served'],
    cost: { rru: 1, wru: 2, note: 'a KiB of content; 5 W with Idempotency-Key' },
  },
  getCampaign: {
    method: 'GET',
    path: '/v1/campaigns/{id}',
    summary: 'A campaign, with what stands in the way of a start',
    permission: 'campaigns:read',
    params: one,
    ok: { status: 200, body: CampaignView },
    problems: ['not_found'],
    cost: { rru: 1, wru: 0, note: 'each 4 KiB of content' },
  },
  updateCampaign: {
    method: 'PATCH',
    path: '/v1/campaigns/{id}',
    summary: 'Change a campaign; an approval that was given falls with it',
    permission: 'campaigns:write',
    params: one,
    body: CampaignPatch,
    ifMatch: true,
    ok: { status: 200, body: CampaignView },
    problems: ['invalid_input', 'filter_not_served', 'not_found', 'wrong_state', 'already_archived', 'stale', 'if_match_needed'],
    cost: { rru: 1, wru: 2, note: 'a KiB of content' },
  },
  archiveCampaign: {
    method: 'DELETE',
    path: '/v1/campaigns/{id}',
    summary: 'Take a campaign out of the list; its runs and reports stay',
    permission: 'campaigns:delete',
    params: one,
    ok: { status: 200, body: CampaignView },
    problems: ['not_found', 'wrong_state', 'already_archived'],
    cost: { rru: 1, wru: 3 },
  },
  restoreCampaign: {
    method: 'POST',
    path: '/v1/campaigns/{id}/restore',
    summary: 'Bring an archived campaign back',
    permission: 'campaigns:delete',
    params: one,
    ok: { status: 200, body: CampaignView },
    problems: ['not_found', 'not_archived'],
    cost: { rru: 1, wru: 3 },
  },
  duplicateCampaign: {
    method: 'POST',
    path: '/v1/campaigns/{id}/duplicate',
    summary: 'Make a draft of the same goal, budget, audience, content and schedule',
    permission: 'campaigns:write',
    params: one,
    ok: { status: 201, body: CampaignView },
    problems: ['not_found'],
    cost: { rru: 1, wru: 2, note: 'a KiB of content; 5 W with Idempotency-Key' },
  },
  previewCampaign: {
    method: 'POST',
    path: '/v1/campaigns/{id}/preview',
    summary: 'The message as a customer would get it, of what is saved or of what is being written',
    permission: 'campaigns:read',
    params: one,
    body: PreviewInput,
    readOnly: true,
    ok: { status: 200, body: Preview },
    problems: ['invalid_input', 'not_found'],
    cost: { rru: 2, wru: 0 },
  },
});
