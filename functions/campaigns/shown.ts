import type { Ctx } from '../context.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignInput, CampaignView } from './campaign-views.ts';
import { messagePriceOf } from './cost.ts';
import { lacks } from './steps.ts';

/** A campaign as clients see it, with what stands in the way of a start. */
export function shown({ workspace, now }: Pick<Ctx, 'workspace' | 'now'>, campaign: Campaign): CampaignView {
  const { occurredThrough: _, ...rest } = campaign;
  const isOver = campaign.state === 'ended' || campaign.archivedAt !== null;
  return { ...rest, lacks: isOver ? [] : lacks(campaign, workspace, now), unitPrice: messagePriceOf(campaign, workspace) };
}

type Maker = Pick<Ctx, 'newId' | 'iso' | 'actor'>;

/** A campaign as it begins: a draft of whoever makes it. */
export const newCampaign = (ctx: Maker, input: CampaignInput): Campaign => ({
  id: ctx.newId('cmp'),
  ...input,
  state: 'draft',
  pausedBecause: null,
  manualCount: 0,
  waves: [],
  authors: [ctx.actor.memberId],
  approval: null,
  startedAt: null,
  occurredThrough: null,
  nextAt: null,
  archivedAt: null,
  createdAt: ctx.iso,
  updatedAt: ctx.iso,
  version: 1,
});
