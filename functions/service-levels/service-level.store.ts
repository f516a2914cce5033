import type { Ctx } from '../context.ts';
import { CrmError } from '../kernel/errors.ts';
import { GuardError } from '../table/entity.ts';
import { checkFresh } from '../table/fresh.ts';
import { serviceLevelsEntity } from './service-level.entity.ts';
import { changedLevels, type ServiceLevels, type ServiceLevelsPatch, usualServiceLevels } from './service-level.ts';

const tries = 6;

/** The service levels of one workspace. What nobody has changed is made of the workspace, and counts as the first version. */
export const serviceLevelStore = (ctx: Ctx) => {
  const { table, tenant } = ctx;
  const key = serviceLevelsEntity.key(tenant, tenant);

  const patch = async (body: ServiceLevelsPatch, seen: number): Promise<ServiceLevels> => {
    await ctx.reread();
    for (let attempt = 0; attempt < tries; attempt++) {
      const item = await table.get(key);
      const before = item ? serviceLevelsEntity.decode(item) : usualServiceLevels(ctx.workspace);
      const versions = item ? serviceLevelsEntity.fieldVersions(item) : {};
      checkFresh(Object.keys(body), { seen, version: before.version, versions });
      const next = changedLevels(before, body, ctx.workspace);
      const to = { ...next, version: before.version + 1, updatedAt: ctx.iso };
      if (item && serviceLevelsEntity.changedFields(before, next).length === 0) return before;
      try {
        await table.commit(
          item
            ? serviceLevelsEntity.update(tenant, tenant, { from: item, to: next }, ctx.stamp)
            : serviceLevelsEntity.create(tenant, tenant, to, ctx.stamp),
        );
        return to;
      } catch (error) {
        if (!(error instanceof GuardError)) throw error;
      }
    }
    throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
  };

  return {
    get: async (): Promise<ServiceLevels> => {
      const item = await table.get(key);
      return item ? serviceLevelsEntity.decode(item) : usualServiceLevels(ctx.workspace);
    },
    patch,
  };
};
