import { campaignEntity } from '../campaigns/campaign.entity.ts';
import type { Ctx } from '../context.ts';
import { missing } from '../kernel/errors.ts';
import { surveyEntity, surveyPartition } from '../surveys/survey.entity.ts';
import { askingCampaigns, campaignIn, surveysOf } from './asking.entity.ts';
import type { AskingCampaign } from './asking-campaign.ts';

/** Campaigns that are told of at most: the newest. */
const most = 50;

/** The campaigns that ask a survey, the newest first; drafts that no longer do are left out. 1.5 R, and 1 R for each 4 KiB of campaign. */
export async function campaignsAsking(ctx: Ctx, surveyId: string): Promise<AskingCampaign[]> {
  const { table, tenant } = ctx;
  const place = { pk: surveyPartition(tenant, surveyId), range: askingCampaigns, newestFirst: true, limit: most };
  const [survey, { items }] = await Promise.all([table.get(surveyEntity.key(tenant, surveyId)), table.query(place)]);
  if (!survey) missing();
  const rows = await table.getMany(items.map((item) => campaignEntity.key(tenant, campaignIn(item))));
  return rows.flatMap((row) => {
    const campaign = row && campaignEntity.decode(row);
    if (!campaign || campaign.archivedAt !== null) return [];
    const { id, name, channel, state, pausedBecause, startedAt, nextAt } = campaign;
    const asks = state !== 'draft' || surveysOf(campaign).includes(surveyId);
    return asks ? [{ id, name, channel, state, pausedBecause, startedAt, nextAt }] : [];
  });
}
