import { type Ctx, forgetPrincipals } from '../context.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { GuardError, type Item } from '../table/entity.ts';
import { checkFresh } from '../table/fresh.ts';
import { workspaceEntity } from './admin.entity.ts';
import { type CustomField, liveFields, type Workspace } from './workspace.ts';

const tries = 6;

/** The workspace's own row, as it is now: what `ctx.workspace` says may be 30 seconds old. */
export async function currentWorkspace(ctx: Ctx): Promise<Workspace> {
  return workspaceEntity.decode((await row(ctx)) ?? missing());
}
const row = (ctx: Ctx): Promise<Item | undefined> => ctx.table.get(workspaceEntity.key(ctx.tenant, ctx.tenant));

/**
 * Reads, changes and writes the workspace's row until nobody came between. With `seen` the change is refused as `stale` where one
 * of its fields has changed since that version.
 */
export async function changeWorkspace(
  ctx: Ctx,
  change: { fields: string[]; seen?: number; rule: (workspace: Workspace) => Workspace },
): Promise<Workspace> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const item = (await row(ctx)) ?? missing();
    const before = workspaceEntity.decode(item);
    if (change.seen !== undefined)
      checkFresh(change.fields, { seen: change.seen, version: before.version, versions: workspaceEntity.fieldVersions(item) });
    const next = change.rule(before);
    if (workspaceEntity.changedFields(before, next).length === 0) return before;
    try {
      await ctx.table.commit(workspaceEntity.update(ctx.tenant, ctx.tenant, { from: item, to: next }, ctx.stamp));
      forgetPrincipals();
      return { ...next, version: before.version + 1, updatedAt: ctx.iso };
    } catch (error) {
      if (!(error instanceof GuardError)) throw error;
    }
  }
  throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
}

/** The custom fields as the API gives them. */
export const fieldsOf = (workspace: Workspace) => ({ data: liveFields(workspace), version: workspace.version });

/** Changes the custom fields by a pure rule. */
export const changeFields = async (ctx: Ctx, rule: (fields: CustomField[]) => CustomField[], seen?: number) =>
  fieldsOf(
    await changeWorkspace(ctx, {
      fields: ['fields'],
      ...(seen !== undefined && { seen }),
      rule: (workspace) => ({ ...workspace, fields: rule(workspace.fields) }),
    }),
  );
