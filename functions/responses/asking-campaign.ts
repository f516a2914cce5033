import type * as z from 'zod';
import { Campaign } from '../campaigns/campaign.ts';

/** A campaign that asks a survey, as the survey tells of it. Schema. */
export const AskingCampaign = Campaign.pick({
  id: true,
  name: true,
  channel: true,
  state: true,
  pausedBecause: true,
  startedAt: true,
  nextAt: true,
}).meta({
  id: 'AskingCampaign',
});
export type AskingCampaign = z.output<typeof AskingCampaign>;
