import { type Ctx, serve } from '../context.ts';
import { CrmError, type FieldError } from '../kernel/errors.ts';
import { reply } from '../kernel/reply.ts';
import { versionOf } from '../kernel/request.ts';
import { campaignPage, campaignStore } from './campaign.store.ts';
import type { Campaign } from './campaign.ts';
import { campaignRoutes } from './campaigns.routes.ts';
import { previewOf } from './preview.ts';
import { newCampaign, shown } from './shown.ts';
import { archived, definitionErrors, edited, restored } from './steps.ts';

const refuse = (errors: FieldError[]): void => {
  if (errors.length > 0) throw new CrmError('invalid_input', { errors });
};

const made = (ctx: Ctx, campaign: Campaign) => reply(shown(ctx, campaign), { headers: { location: `/v1/campaigns/${campaign.id}` } });

export const handler = serve(campaignRoutes, {
  listCampaigns: (ctx, { query }) => campaignPage(ctx, { ...query, archived: query.archived === 'true' }),

  createCampaign: async (ctx, { body }) => {
    const campaign = newCampaign(ctx, body);
    refuse(definitionErrors(campaign, ctx.workspace, ctx.now));
    return made(ctx, await campaignStore(ctx).create(campaign));
  },

  getCampaign: async (ctx, { params }) => shown(ctx, await campaignStore(ctx).get(params.id)),

  updateCampaign: async (ctx, { params, body, headers }) => {
    const seen = versionOf(headers['if-match'] ?? '') ?? 0;
    const step = { memberId: ctx.actor.memberId, now: ctx.now };
    const rule = (campaign: Campaign) => {
      if (campaign.archivedAt) throw new CrmError('already_archived');
      const next = edited(campaign, body, step);
      refuse(definitionErrors(next, ctx.workspace, ctx.now));
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
});
