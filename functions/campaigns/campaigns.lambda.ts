import { quota } from '../channels/email.ts';
import { smsPerSecond } from '../channels/sms.ts';
import { type Ctx, serve } from '../context.ts';
import { isoOf } from '../kernel/clock.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { reply } from '../kernel/reply.ts';
import { versionOf } from '../kernel/request.ts';
import { addWave, approveCampaign, endCampaign, pauseCampaign, refuse, resumeCampaign, startCampaign } from './acts.ts';
import { campaignPage, campaignStore } from './campaign.store.ts';
import { type Campaign, definitionOf } from './campaign.ts';
import type { DryRun, DryRunView } from './campaign-views.ts';
import { campaignRoutes } from './campaigns.routes.ts';
import { keptDryRun } from './dry-run.ts';
import { startDryRun } from './dry-run-job.ts';
import { previewOf } from './preview.ts';
import { referenceErrors } from './references.ts';
import { newCampaign, shown } from './shown.ts';
import { archived, costed, definitionErrors, edited, restored, returned } from './steps.ts';
import { testSend } from './test-send.ts';

const made = (ctx: Ctx, campaign: Campaign) => reply(shown(ctx, campaign), { headers: { location: `/v1/campaigns/${campaign.id}` } });

/** A dry run as clients see it; `perSecond` is what the provider of the channel takes. */
async function shownDryRun(
  ctx: Ctx,
  campaign: Campaign,
  { counted, jobId }: { counted: DryRun; jobId: string | null },
): Promise<DryRunView> {
  const { lastAt, ...dry } = counted;
  const { channel } = campaign;
  const perSecond = channel === 'email' ? (await quota()).perSecond : channel === 'sms' ? smsPerSecond : null;
  const begins = Math.max(ctx.now, ...(campaign.nextAt ? [Date.parse(campaign.nextAt)] : []));
  const finishes = perSecond && Math.max(begins + (dry.messages / perSecond) * 1_000, lastAt === null ? 0 : Date.parse(lastAt));
  return { ...dry, finishesAt: finishes ? isoOf(finishes) : null, current: dry.definition === definitionOf(campaign), jobId };
}

/** Fields of a campaign that name what is elsewhere, or say what it must be. */
const naming = ['audience', 'content', 'callList', 'channel'];

export const handler = serve(campaignRoutes, {
  listCampaigns: (ctx, { query }) => campaignPage(ctx, { ...query, archived: query.archived === 'true' }),

  createCampaign: async (ctx, { body }) => {
    const campaign = newCampaign(ctx, body);
    refuse([...definitionErrors(campaign, ctx.workspace, ctx.now), ...(await referenceErrors(ctx, campaign))]);
    return made(ctx, await campaignStore(ctx).create(campaign));
  },

  getCampaign: async (ctx, { params }) => shown(ctx, await campaignStore(ctx).get(params.id)),

  updateCampaign: async (ctx, { params, body, headers }) => {
    const seen = versionOf(headers['if-match'] ?? '') ?? 0;
    const step = { memberId: ctx.actor.memberId, now: ctx.now };
    const rule = async (campaign: Campaign) => {
      if (campaign.archivedAt) throw new CrmError('already_archived');
      const next = edited(campaign, body, step);
      refuse([
        ...definitionErrors(next, ctx.workspace, ctx.now),
        ...(naming.some((field) => field in body) ? await referenceErrors(ctx, next) : []),
      ]);
      return next;
    };
    return shown(ctx, await campaignStore(ctx).change(params.id, rule, { fields: Object.keys(body), seen }));
  },

  archiveCampaign: async (ctx, { params }) =>
    shown(ctx, await campaignStore(ctx).change(params.id, (campaign) => archived(campaign, ctx.now))),

  restoreCampaign: async (ctx, { params }) => shown(ctx, await campaignStore(ctx).change(params.id, restored)),

  duplicateCampaign: async (ctx, { params }) => {
    const { name, channel, goal, budget, audience, content, schedule, ...from } = await campaignStore(ctx).get(params.id);
    const { reentry, onUnknown, maxLatenessMinutes, sendAtLocal, quietHours, callList } = from;
    const how = { reentry, onUnknown, maxLatenessMinutes, sendAtLocal, quietHours, callList };
    const copy = newCampaign(ctx, { name, channel, goal, budget, audience, content, schedule, ...how });
    return made(ctx, await campaignStore(ctx).create(copy));
  },

  previewCampaign: async (ctx, { params, body }) => previewOf(ctx, await campaignStore(ctx).get(params.id), body),

  testSendCampaign: async (ctx, { params, body }) => testSend(ctx, await campaignStore(ctx).get(params.id), body),

  dryRunCampaign: async (ctx, { params }) => {
    const campaign = await campaignStore(ctx).get(params.id);
    if (campaign.audience.include.length === 0) throw new CrmError('wrong_state', { detail: 'there is no audience yet' });
    refuse(await referenceErrors(ctx, campaign));
    return shownDryRun(ctx, campaign, await startDryRun(ctx, campaign));
  },

  getDryRun: async (ctx, { params }) => {
    const campaign = await campaignStore(ctx).get(params.id);
    return shownDryRun(ctx, campaign, { counted: (await keptDryRun(ctx, campaign.id)) ?? missing(), jobId: null });
  },

  startCampaign: async (ctx, { params }) => shown(ctx, await startCampaign(ctx, params.id)),

  approveCampaign: async (ctx, { params, body }) => shown(ctx, await approveCampaign(ctx, params.id, body.seenVersion)),

  returnCampaign: async (ctx, { params }) => shown(ctx, await campaignStore(ctx).change(params.id, returned)),

  pauseCampaign: async (ctx, { params }) => shown(ctx, await pauseCampaign(ctx, params.id)),

  resumeCampaign: async (ctx, { params }) => shown(ctx, await resumeCampaign(ctx, params.id)),

  endCampaign: async (ctx, { params }) => shown(ctx, await endCampaign(ctx, params.id)),

  addCampaignWave: async (ctx, { params, body }) => shown(ctx, await addWave(ctx, params.id, body)),

  setManualCosts: async (ctx, { params, body }) =>
    shown(ctx, await campaignStore(ctx).change(params.id, (campaign) => costed(campaign, body.manualCosts, ctx.workspace))),

  setManualCount: async (ctx, { params, body }) =>
    shown(
      ctx,
      await campaignStore(ctx).change(params.id, (campaign) => {
        if (campaign.goal?.metric.kind !== 'manual') throw new CrmError('wrong_state', { detail: 'this goal is not counted by hand' });
        return { ...campaign, manualCount: body.count };
      }),
    ),
});
