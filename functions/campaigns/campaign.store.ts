import type { Ctx } from '../context.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { listHash, openCursor, sealCursor } from '../kernel/page.ts';
import { askingCampaignActions } from '../responses/asking.entity.ts';
import { GuardError, type Item, type Stamp } from '../table/entity.ts';
import { checkFresh } from '../table/fresh.ts';
import type { Table } from '../table/table.ts';
import { filteredPage } from '../table/walk.ts';
import { campaignDirectory, campaignEntity, campaignRow } from './campaign.entity.ts';
import type { Campaign, CampaignState } from './campaign.ts';
import type { CampaignRow } from './campaign-views.ts';
import { triggerActions } from './trigger.entity.ts';

const tries = 6;

type Needs = { table: Table; tenant: string; stamp: Stamp; iso: string };
type Change = { fields?: string[]; seen?: number };

/** The campaigns of one workspace, for a member's request as for the product at work. */
export const campaignStore = ({ table, tenant, stamp, iso }: Needs) => {
  /** 1 R for each 4 KiB of content. */
  const row = (id: string): Promise<Item | undefined> => table.get(campaignEntity.key(tenant, id));

  return {
    get: async (id: string): Promise<Campaign> => campaignEntity.decode((await row(id)) ?? missing()),
    find: async (id: string): Promise<Campaign | undefined> => {
      const item = await row(id);
      return item && campaignEntity.decode(item);
    },

    create: async (campaign: Campaign): Promise<Campaign> => {
      await table.commit([...campaignEntity.create(tenant, campaign.id, campaign, stamp), ...askingCampaignActions(tenant, campaign)]);
      return campaign;
    },

    /**
     * Reads, changes and writes a campaign until nobody came between; a campaign that the rule gives back unchanged is not written. With
     * `seen` the change is refused as `stale` where one of its fields has changed since that version.
     */
    change: async (id: string, rule: (campaign: Campaign) => Campaign | Promise<Campaign>, { fields = [], seen }: Change = {}) => {
      for (let attempt = 0; attempt < tries; attempt++) {
        const item = (await row(id)) ?? missing();
        const before = campaignEntity.decode(item);
        if (seen !== undefined) checkFresh(fields, { seen, version: before.version, versions: campaignEntity.fieldVersions(item) });
        const next = await rule(before);
        if (campaignEntity.changedFields(before, next).length === 0) return before;
        try {
          await table.commit([
            ...campaignEntity.update(tenant, id, { from: item, to: next }, stamp),
            ...triggerActions(tenant, { from: before, to: next, at: iso }),
            ...askingCampaignActions(tenant, next, before),
          ]);
          return { ...next, version: before.version + 1, updatedAt: iso };
        } catch (error) {
          if (!(error instanceof GuardError)) throw error;
        }
      }
      throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
    },
  };
};

type Listed = { limit: number; cursor?: string | undefined; archived: boolean; state?: CampaignState | undefined };

/** One page of the campaigns, the newest first. */
export async function campaignPage(ctx: Ctx, { limit, cursor, archived, state }: Listed) {
  const expected = { tenant: ctx.tenant, list: listHash('campaigns', archived, state), at: ctx.now };
  const pk = campaignDirectory(ctx.tenant, archived);
  const { data, examined, lastKey } = await filteredPage<CampaignRow>({
    limit,
    after: await openCursor(cursor, expected),
    read: (atMost, after) => ctx.table.query({ index: 'gsi1', pk, newestFirst: true, limit: atMost, after }),
    rowsOf: async (items) => items.map(campaignRow).map((campaign) => (!state || campaign.state === state ? campaign : undefined)),
    keyOf: ({ pk: ownPk, sk, gsi1pk, gsi1sk }) => ({ pk: ownPk, sk, gsi1pk, gsi1sk }),
  });
  return {
    data,
    page: { nextCursor: lastKey ? await sealCursor({ ...expected, key: lastKey }) : null, hasMore: lastKey !== undefined, examined },
  };
}
