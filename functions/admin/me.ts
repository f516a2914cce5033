import type { Ctx } from '../context.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { verbs } from '../kernel/route.ts';
import type { Me } from './admin.routes.ts';
import { memberStore } from './member.store.ts';
import { shownMember } from './member.ts';
import { activateWorkspace, membershipOf, otherMemberships } from './person.ts';
import { resources } from './roles.ts';
import { currentWorkspace } from './workspace.store.ts';
import { shownWorkspace } from './workspace.ts';

/** What the caller may do: `resource:verb` and whose records, without what is none. */
const permissionsOf = (ctx: Ctx): Me['permissions'] =>
  Object.fromEntries(
    resources.flatMap((resource) =>
      verbs.flatMap((verb) => {
        const scope = ctx.scope(resource, verb);
        return scope === 'none' ? [] : [[`${resource}:${verb}`, scope] as const];
      }),
    ),
  );

/** Who is signed in. A key tells of its own workspace alone. */
export async function me(ctx: Ctx): Promise<Me> {
  const [member, workspace] = await Promise.all([memberStore(ctx).get(ctx.actor.memberId), currentWorkspace(ctx)]);
  const here = { id: ctx.tenant, name: workspace.name, active: true };
  const others = ctx.actor.key ? [] : await otherMemberships(member.sub, ctx.tenant, ctx.now);
  return {
    member: shownMember(member),
    workspace: shownWorkspace(workspace),
    permissions: permissionsOf(ctx),
    workspaces: [here, ...others.map(({ workspace: { id, name } }) => ({ id, name, active: false }))],
    apiKeyId: ctx.actor.key?.id ?? null,
  };
}

/** Makes another workspace the active one, for the next token. A workspace that does not let the caller in is absent. */
export async function switchTo(ctx: Ctx, tenant: string): Promise<{ id: string; name: string }> {
  if (ctx.actor.key) throw new CrmError('forbidden', { detail: 'a key belongs to one workspace' });
  const { sub } = await memberStore(ctx).get(ctx.actor.memberId);
  const membership = (await membershipOf(sub, tenant, ctx.now)) ?? missing();
  await activateWorkspace(sub, tenant, ctx.now);
  return { id: tenant, name: membership.workspace.name };
}
