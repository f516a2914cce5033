import { Campaign } from '../../functions/campaigns/campaign.ts';
import { isoOf, now } from '../../functions/kernel/clock.ts';
import { idMaker } from '../../functions/kernel/ids.ts';
import { money } from '../../functions/kernel/money.ts';
import { Plan } from '../../functions/runs/plan.ts';
import { planEntity, progressEntity, runEntity } from '../../functions/runs/run.entity.ts';
import { type Run, type RunKey, runIdOf } from '../../functions/runs/run.ts';
import { sendEntity, standInHash } from '../../functions/runs/send.entity.ts';
import { newSend } from '../../functions/runs/send.ts';
import { Progress } from '../../functions/runs/shard.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import type { Case, Setting } from './permission-case.ts';
import type { Row } from './permission-table.ts';
import { staff, who } from './permission-who.ts';

/** The rows of the matrix about runs: a run goes with its campaign's permission, and nobody approves what he wrote. */
const writers = ['admin', 'manager', 'marketing'];
const seen = { may: 'y-y-n-n', not: 'f-f-f-f' };

export const runRows: Record<string, Row> = {
  listRuns: who({ may: 'y', not: 'f' }, ...staff),
  getRun: who(seen, ...staff),
  pauseRun: who(seen, ...writers),
  resumeRun: who(seen, ...writers),
  cancelRun: who(seen, ...writers),
  approveRun: who({ may: 'o-y-n-n', not: 'f-f-f-f' }, 'admin', 'manager'),
  listSends: who(seen, ...staff),
  // The recipients are for whoever exports customers; the letters are what the campaign comes to.
  'createExport:recipients': who(seen, 'admin', 'manager', 'analyst'),
  'createExport:letters': who(seen, ...writers),
  resendSend: who(seen, ...writers),
};

const newId = idMaker(now);
const occurrence = '20261201T0100Z';
const customerId = newId('cus');
const hash = standInHash(customerId);

/** A run of a campaign that the caller or somebody else wrote, of this workspace or another, or not there. */
async function runKey({ people, actor, relation }: Setting, state: Run['state']): Promise<RunKey> {
  const key = { campaignId: newId('cmp'), occurrence };
  if (relation === 'absent') return key;
  const tenant = relation === 'foreign' ? people.other.tenant : people.ws.tenant;
  const author = relation === 'own' ? actor.id : people.stranger.id;
  const at = isoOf(now());
  const stamp = { by: author, via: 'person', requestId: null, now: now() };
  const campaign = Campaign.parse({ id: key.campaignId, name: 'Matrix', state: 'active', createdAt: at, updatedAt: at, version: 1 });
  const made = { id: runIdOf(tenant, key), ...key, state, scheduledAt: at, openUntil: null, shards: 1, campaignVersion: 1 };
  const none = { approvedBy: null, problem: null, recipients: null, startedAt: null, sealedAt: null, endedAt: null };
  const pausedFor = state === 'paused' ? ('person' as const) : null;
  const run: Run = {
    ...made,
    ...none,
    pausedFor,
    unitPrice: money('0', 'PHP'),
    billedEach: 1,
    authors: [author],
    createdAt: at,
    updatedAt: at,
    version: 1,
  };
  const plan = Plan.parse({ rules: { channel: 'email', topic: 'news' }, campaign: { ...campaign }, version: 1 });
  const send = newSend({ channel: 'email', hash, customerId, state: 'unresolved' });
  await tableOf(tenant, now()).commit([
    ...runEntity.create(tenant, key, run, stamp),
    ...planEntity.create(tenant, key, plan, stamp),
    ...progressEntity.create(tenant, key, Progress.parse({ ...key, version: 1 }), stamp),
    ...sendEntity.create(tenant, { run: key, shard: 0, channel: 'email', hash }, send, stamp),
  ]);
  return key;
}

const onRun = (method: string, { suffix = '', state = 'running' as Run['state'] } = {}): Case => ({
  call: async (setting) => {
    const { campaignId } = await runKey(setting, state);
    return { method, path: `/v1/campaigns/${campaignId}/runs/${occurrence}${suffix}` };
  },
});

const exporting = (target: string): Case => ({
  call: async (setting) => ({ method: 'POST', path: '/v1/exports', body: { target, run: await runKey(setting, 'completed') } }),
});

export const runCases: Record<string, Case> = {
  listRuns: { call: async () => ({ method: 'GET', path: `/v1/campaigns/${newId('cmp')}/runs` }) },
  getRun: onRun('GET'),
  pauseRun: onRun('POST', { suffix: '/pause' }),
  resumeRun: onRun('POST', { suffix: '/resume', state: 'paused' }),
  cancelRun: onRun('POST', { suffix: '/cancel' }),
  approveRun: onRun('POST', { suffix: '/approve', state: 'waiting_approval' }),
  listSends: onRun('GET', { suffix: '/sends' }),
  'createExport:recipients': exporting('recipients'),
  'createExport:letters': exporting('letters'),
  resendSend: onRun('POST', { suffix: `/sends/00-email-${hash}/resend`, state: 'completed' }),
};
