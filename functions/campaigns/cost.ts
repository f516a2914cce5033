import type { Workspace } from '../admin/workspace.ts';
import { amountOf, sumOf, times, unitsOf } from '../kernel/money.ts';
import type { Campaign, CampaignChannel } from './campaign.ts';

/** What campaigns cost, in decimal texts of the workspace's currency. Pure. */
type Prices = Pick<Workspace, 'sending'>;

/** The planned price of one message. */
export const unitPriceOf = ({ sending }: Prices, channel: CampaignChannel): string => sending.unitPrices[channel];

export const manualCostOf = ({ budget }: Pick<Campaign, 'budget'>): string =>
  sumOf((budget?.manualCosts ?? []).map(({ amount }) => amount.amount));

type Priced = Pick<Campaign, 'budget' | 'channel'>;

/** So many messages at the planned price, and the manual costs: what a campaign is planned, committed or found to cost, as `messages` are. */
export const costOf = (campaign: Priced, workspace: Prices, messages: number): string =>
  sumOf([times(unitPriceOf(workspace, campaign.channel), messages), manualCostOf(campaign)]);

/**
 * What the budget has left after so many messages over all runs (released ones, whatever became of them), and how many more it covers.
 * Null messages: any number, because a message costs nothing. Without a budget nothing is covered.
 */
export function budgetLeft(campaign: Priced, workspace: Prices, released: number): { amount: string; messages: number | null } {
  const planned = campaign.budget?.planned.amount ?? '0';
  const left = unitsOf(planned) - unitsOf(costOf(campaign, workspace, released));
  const unit = unitsOf(unitPriceOf(workspace, campaign.channel));
  if (!campaign.budget || left < 0n) return { amount: amountOf(left), messages: 0 };
  return { amount: amountOf(left), messages: unit === 0n ? null : Number(left / unit) };
}
