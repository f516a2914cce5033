import * as z from 'zod';
import { CampaignId } from '../campaigns/campaign-id.ts';
import { defineRoutes } from '../kernel/route.ts';
import { ReportOf, ReportView } from './report.ts';

const ofCampaign = z.strictObject({ id: CampaignId });
const ofRun = ofCampaign.extend(ReportOf.shape);
const reading = { method: 'GET', permission: 'campaigns:read', ok: { status: 200, body: ReportView } } as const;
const counting = { method: 'POST', permission: 'campaigns:read', ok: { status: 200, body: ReportView } } as const;

export const reportRoutes = defineRoutes({
  getCampaignReport: {
    ...reading,
    path: '/v1/campaigns/{id}/report',
    summary: 'What a campaign came to over all its runs, as of the last count',
    params: ofCampaign,
    problems: ['not_found'],
    cost: { rru: 4, wru: 0, note: 'up to 100 runs; 1 more for ten shards of each' },
  },
  countCampaignReport: {
    ...counting,
    path: '/v1/campaigns/{id}/report/count',
    summary: 'Count anew what a campaign came to; a job where it went to many',
    params: ofCampaign,
    problems: ['not_found'],
    cost: { rru: 4_000, wru: 2, note: 'for 2,000 messages, those of the control too: 1 to 2 R each' },
  },
  getRunReport: {
    ...reading,
    path: '/v1/campaigns/{id}/runs/{occurrence}/report',
    summary: 'What one run came to, as of the last count',
    params: ofRun,
    problems: ['not_found'],
    cost: { rru: 4, wru: 0, note: '1 more for ten shards' },
  },
  countRunReport: {
    ...counting,
    path: '/v1/campaigns/{id}/runs/{occurrence}/report/count',
    summary: 'Count anew what one run came to; a job where it went to many',
    params: ofRun,
    problems: ['not_found'],
    cost: { rru: 4_000, wru: 2, note: 'for 2,000 messages, those of the control too: 1 to 2 R each' },
  },
});
