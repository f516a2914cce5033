import { campaignEntity } from '../campaigns/campaign.entity.ts';
import { Campaign } from '../campaigns/campaign.ts';
import type { Ctx } from '../context.ts';
import { CrmError, invalid, missing } from '../kernel/errors.ts';
import { hashOf, idFrom, ulidAt } from '../kernel/ids.ts';
import { listEntity } from '../segments/list.entity.ts';
import { List } from '../segments/list.ts';
import { addMembers } from '../segments/membership.ts';
import { GuardError, type Item } from '../table/entity.ts';
import { checkFresh } from '../table/fresh.ts';
import { raisedOf, raisedPartition, themeEntity, themePartition, themeRange } from './theme.entity.ts';
import {
  isClosed,
  mostThemes,
  moved,
  type Raised,
  Theme,
  type ThemeInput,
  type ThemePatch,
  type ThemeStep,
  type ThemeView,
} from './theme.ts';

const tries = 6;

/** The themes of one workspace. Whoever sees cases sees them; whoever works on cases makes them. */
export const themeStore = (ctx: Ctx) => {
  const { table, tenant } = ctx;

  const row = async (id: string) => (await table.get(themeEntity.key(tenant, id))) ?? missing();
  const raised = async (id: string): Promise<Raised[]> =>
    (await table.queryAll({ pk: raisedPartition(tenant, id), strong: true })).map(raisedOf);
  const shown = async (theme: Theme): Promise<ThemeView> => {
    const all = await raised(theme.id);
    const customers = new Set(all.flatMap(({ customerId }) => customerId ?? []));
    const count = (kind: Raised['kind']) => all.filter((one) => one.kind === kind).length;
    return { ...theme, cases: count('case'), responses: count('response'), customers: customers.size };
  };
  const all = async () => {
    const rows = await table.queryAll({ pk: themePartition(tenant), range: themeRange, strong: true });
    return rows.map((item) => themeEntity.decode(item));
  };

  const change = async (id: string, rule: (theme: Theme, item: Item) => Theme): Promise<Theme> => {
    for (let attempt = 0; attempt < tries; attempt++) {
      const item = await row(id);
      const before = themeEntity.decode(item);
      const next = rule(before, item);
      if (themeEntity.changedFields(before, next).length === 0) return before;
      try {
        await table.commit(themeEntity.update(tenant, id, { from: item, to: next }, ctx.stamp));
        return { ...next, version: before.version + 1, updatedAt: ctx.iso };
      } catch (error) {
        if (!(error instanceof GuardError)) throw error;
      }
    }
    throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
  };

  /** The customers who raised it, frozen on a list, and a draft to them; made once a theme, whoever asks again. */
  const draftTo = async (theme: Theme): Promise<string> => {
    if (ctx.scope('campaigns', 'write') === 'none') throw new CrmError('forbidden', { needs: 'campaigns:write' });
    const ids = [...new Set((await raised(theme.id)).flatMap(({ customerId }) => customerId ?? []))];
    if (ids.length === 0) throw invalid('/draft', 'nobody', 'nobody raised it');
    // An id of a campaign tells when it was made.
    const chance = Buffer.from(hashOf(`${tenant}#${theme.id}`), 'base64url').subarray(0, 10);
    const [listId, campaignId] = [idFrom('lst', tenant, theme.id), `cmp_${ulidAt(Date.parse(theme.createdAt), chance)}`];
    const base = { archivedAt: null, createdAt: ctx.iso, updatedAt: ctx.iso, version: 1 };
    const list = List.parse({
      ...base,
      id: listId,
      name: theme.name,
      description: theme.note?.slice(0, 500) ?? null,
      ownerId: ctx.actor.memberId,
    });
    const campaign = Campaign.parse({
      ...base,
      ...{ id: campaignId, name: theme.name, state: 'draft', channel: 'email', authors: [ctx.actor.memberId] },
      audience: { include: [{ listId }], exclude: [], holdoutPercent: 0 },
    });
    const writer = { table, tenant, by: ctx.actor.memberId, now: ctx.now, requestId: theme.id };
    await orThere(table.commit(listEntity.create(tenant, listId, list, ctx.stamp)));
    await addMembers(writer, listId, ids);
    await orThere(table.commit(campaignEntity.create(tenant, campaignId, campaign, ctx.stamp)));
    return campaignId;
  };

  return {
    list: async () => ({ data: await Promise.all((await all()).filter(({ archivedAt }) => !archivedAt).map(shown)) }),
    get: async (id: string) => shown(themeEntity.decode(await row(id))),
    raised: async (id: string) => {
      await row(id);
      return raised(id);
    },
    create: async (input: ThemeInput): Promise<ThemeView> => {
      if ((await all()).filter(({ archivedAt }) => !archivedAt).length >= mostThemes) throw new CrmError('too_many');
      const theme = Theme.parse({ ...input, id: ctx.newId('thm'), createdAt: ctx.iso, updatedAt: ctx.iso, version: 1 });
      await table.commit(themeEntity.create(tenant, theme.id, theme, ctx.stamp));
      return shown(theme);
    },
    patch: async (id: string, body: ThemePatch, seen: number) =>
      shown(
        await change(id, (theme, item) => {
          if (theme.archivedAt) throw new CrmError('already_archived');
          checkFresh(Object.keys(body), { seen, version: theme.version, versions: themeEntity.fieldVersions(item) });
          return { ...theme, ...body };
        }),
      ),
    step: async (id: string, { state, draft }: ThemeStep): Promise<ThemeView> => {
      const theme = themeEntity.decode(await row(id));
      const after = moved(theme, state, ctx.iso);
      if (draft && !isClosed(after)) throw new CrmError('wrong_state', { state });
      const campaignId = draft ? (theme.campaignId ?? (await draftTo(theme))) : theme.campaignId;
      return shown(await change(id, (current) => ({ ...moved(current, state, ctx.iso), campaignId: current.campaignId ?? campaignId })));
    },
    archive: async (id: string) =>
      shown(
        await change(id, (theme) => {
          if (theme.archivedAt) throw new CrmError('already_archived');
          return { ...theme, archivedAt: ctx.iso };
        }),
      ),
  };
};

/** What an attempt before has made is there. */
const orThere = (work: Promise<void>): Promise<void> =>
  work.catch((error) => {
    if (!(error instanceof GuardError)) throw error;
  });
