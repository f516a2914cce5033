import type { Workspace } from '../admin/workspace.ts';
import { amountOf, sumOf, times, unitsOf } from '../kernel/money.ts';
import type { Campaign, CampaignChannel } from './campaign.ts';
import { plannedParts } from './planned-parts.ts';

/** What campaigns cost, in decimal texts of the workspace's currency. Pure. */
type Prices = Pick<Workspace, 'sending'>;

/** The price of one: of a message, or of one part of a text message. */
export const unitPriceOf = ({ sending }: Prices, channel: CampaignChannel): string => sending.unitPrices[channel];

/** The planned price of one message: of a text message that of all its parts. */
export const messagePriceOf = (campaign: Pick<Campaign, 'channel' | 'content' | 'waves'>, workspace: Prices): string =>
  times(unitPriceOf(workspace, campaign.channel), plannedParts(campaign));

export const manualCostOf = ({ budget }: Pick<Campaign, 'budget'>): string =>
  sumOf((budget?.manualCosts ?? []).map(({ amount }) => amount.amount));

type Priced = Pick<Campaign, 'budget' | 'channel'>;

/**
 * So many messages, of text messages their parts, at the price of one, and the manual costs: what a campaign is planned, committed or found
 * to cost, as `units` are.
 */
export const costOf = (campaign: Priced, workspace: Prices, units: number): string =>
  sumOf([times(unitPriceOf(workspace, campaign.channel), units), manualCostOf(campaign)]);

/**
 * What the budget has left after so many over all runs (released ones, whatever became of them), and how many more it covers: messages, of
 * text messages their parts. Null: any number, because one costs nothing. Without a budget nothing is covered.
 */
export function budgetLeft(campaign: Priced, workspace: Prices, released: number): { amount: string; units: number | null } {
  const planned = campaign.budget?.planned.amount ?? '0';
  const left = unitsOf(planned) - unitsOf(costOf(campaign, workspace, released));
  const unit = unitsOf(unitPriceOf(workspace, campaign.channel));
  if (!campaign.budget || left < 0n) return { amount: amountOf(left), units: 0 };
  return { amount: amountOf(left), units: unit === 0n ? null : Number(left / unit) };
}
