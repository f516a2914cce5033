import { campaignEntity } from '../../functions/campaigns/campaign.entity.ts';
import { Campaign } from '../../functions/campaigns/campaign.ts';
import { isoOf, now } from '../../functions/kernel/clock.ts';
import { idFrom, idMaker } from '../../functions/kernel/ids.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import type { Case, Setting } from './permission-case.ts';
import type { Row } from './permission-table.ts';
import { staff, who } from './permission-who.ts';

/** The rows of the matrix about campaigns. They have no owner: whoever may at all may do it to all of the workspace's. */
const writers = ['admin', 'manager', 'marketing'];
const removers = ['admin', 'marketing'];
const approvers = ['admin', 'manager'];

export const campaignRows: Record<string, Row> = {
  listCampaigns: who({ may: 'y', not: 'f' }, ...staff),
  createCampaign: who({ may: 'y', not: 'f' }, ...writers),
  getCampaign: who({ may: 'y-y-nyn', not: 'f-f-fff' }, ...staff),
  updateCampaign: who({ may: 'y-y-ncn', not: 'f-f-fff' }, ...writers),
  archiveCampaign: who({ may: 'y-y-ncn', not: 'f-f-fff' }, ...removers),
  restoreCampaign: who({ may: 's-s-nyn', not: 'f-f-fff' }, ...removers),
  duplicateCampaign: who({ may: 'y-y-nyn', not: 'f-f-fff' }, ...writers),
  previewCampaign: who({ may: 'y-y-nyn', not: 'f-f-fff' }, ...staff),
  testSendCampaign: who({ may: 'w-w-nwn', not: 'f-f-fff' }, ...writers),
  dryRunCampaign: who({ may: 'y-y-nyn', not: 'f-f-fff' }, ...staff),
  // There is none yet.
  getDryRun: who({ may: 'n-n-nnn', not: 'f-f-fff' }, ...staff),
  // What is lacking is told.
  startCampaign: who({ may: 'i-i-ncn', not: 'f-f-fff' }, ...writers),
  resumeCampaign: who({ may: 'i-i-ncn', not: 'f-f-fff' }, ...writers),
  // Nobody approves his own.
  approveCampaign: who({ may: 'o-y-nyn', not: 'f-f-fff' }, ...approvers),
  returnCampaign: who({ may: 'y-y-nyn', not: 'f-f-fff' }, ...approvers),
  pauseCampaign: who({ may: 'y-y-nyn', not: 'f-f-fff' }, ...writers),
  endCampaign: who({ may: 'y-y-nyn', not: 'f-f-fff' }, ...writers),
  addCampaignWave: who({ may: 'i-i-nin', not: 'f-f-fff' }, ...writers),
  setManualCosts: who({ may: 'w-w-nwn', not: 'f-f-fff' }, ...writers),
  getCampaignReport: who({ may: 'y-y-nyn', not: 'f-f-fff' }, ...staff),
  countCampaignReport: who({ may: 'y-y-nyn', not: 'f-f-fff' }, ...staff),
  // There is no run.
  getRunReport: who({ may: 'n-n-nnn', not: 'f-f-fff' }, ...staff),
  countRunReport: who({ may: 'n-n-nnn', not: 'f-f-fff' }, ...staff),
  setManualCount: who({ may: 'w-w-nwn', not: 'f-f-fff' }, ...writers),
};

const newId = idMaker(now);
let made = 0;

/** A campaign that the caller or somebody else wrote, of this workspace or another, archived or not there. */
async function campaignId({ people, actor, relation }: Setting, fields: Partial<Campaign> = {}): Promise<string> {
  if (relation === 'absent') return idFrom('cmp', 'not', 'there');
  const tenant = relation === 'foreign' ? people.other.tenant : people.ws.tenant;
  const author = relation === 'own' ? actor.id : people.stranger.id;
  const at = isoOf(now());
  const campaign = Campaign.parse({
    id: newId('cmp'),
    name: `Matrix ${++made}`,
    state: 'draft',
    authors: [author],
    createdAt: at,
    updatedAt: at,
    version: 1,
    ...fields,
    ...(relation === 'archived' && { archivedAt: at }),
  });
  const stamp = { by: author, via: 'person', requestId: null, now: now() };
  await tableOf(tenant, now()).commit(campaignEntity.create(tenant, campaign.id, campaign, stamp));
  return campaign.id;
}

type Asked = { suffix?: string; body?: unknown; headers?: Record<string, string>; fields?: Partial<Campaign> };
const onCampaign = (method: string, { suffix = '', body, headers, fields }: Asked = {}): Case => ({
  call: async (setting) => ({
    method,
    path: `/v1/campaigns/${await campaignId(setting, fields)}${suffix}`,
    ...(body !== undefined && { body }),
    ...(headers && { headers }),
  }),
});

const nobody: Campaign['audience'] = {
  include: [{ where: { field: 'name', op: 'eq', value: 'nobody is called so' } }],
  exclude: [],
  holdoutPercent: 0,
};

export const campaignCases: Record<string, Case> = {
  listCampaigns: { call: async () => ({ method: 'GET', path: '/v1/campaigns' }) },
  createCampaign: { call: async () => ({ method: 'POST', path: '/v1/campaigns', body: { name: `Made ${++made}` } }) },
  getCampaign: onCampaign('GET'),
  updateCampaign: onCampaign('PATCH', { body: { name: 'Renamed' }, headers: { 'if-match': '"1"' } }),
  archiveCampaign: onCampaign('DELETE'),
  restoreCampaign: onCampaign('POST', { suffix: '/restore' }),
  duplicateCampaign: onCampaign('POST', { suffix: '/duplicate' }),
  previewCampaign: onCampaign('POST', { suffix: '/preview', body: {} }),
  testSendCampaign: onCampaign('POST', { suffix: '/test-send', body: {} }),
  dryRunCampaign: onCampaign('POST', { suffix: '/dry-run', fields: { audience: nobody } }),
  getDryRun: onCampaign('GET', { suffix: '/dry-run' }),
  startCampaign: onCampaign('POST', { suffix: '/start' }),
  resumeCampaign: onCampaign('POST', { suffix: '/resume', fields: { state: 'paused' } }),
  approveCampaign: onCampaign('POST', { suffix: '/approve', body: { seenVersion: 1 }, fields: { state: 'waiting_approval' } }),
  returnCampaign: onCampaign('POST', { suffix: '/return', fields: { state: 'waiting_approval' } }),
  pauseCampaign: onCampaign('POST', { suffix: '/pause', fields: { state: 'active' } }),
  endCampaign: onCampaign('POST', { suffix: '/end', fields: { state: 'active' } }),
  addCampaignWave: onCampaign('POST', {
    suffix: '/waves',
    body: { of: '20261201T0100Z', who: 'not_clicked', at: '2030-01-01T00:00:00Z' },
    fields: { state: 'active' },
  }),
  setManualCosts: onCampaign('PUT', { suffix: '/manual-costs', body: { manualCosts: [] } }),
  getCampaignReport: onCampaign('GET', { suffix: '/report' }),
  countCampaignReport: onCampaign('POST', { suffix: '/report/count' }),
  getRunReport: onCampaign('GET', { suffix: '/runs/20261201T0100Z/report' }),
  countRunReport: onCampaign('POST', { suffix: '/runs/20261201T0100Z/report/count' }),
  setManualCount: onCampaign('PUT', { suffix: '/manual-count', body: { count: 3 } }),
};
