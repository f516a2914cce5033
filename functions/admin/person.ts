import { CrmError } from '../kernel/errors.ts';
import { memberIdOf } from '../kernel/ids.ts';
import { type Action, GuardError, type Item, type Key } from '../table/entity.ts';
import { stageTable } from '../table/stage.ts';
import { tableOf } from '../table/tenant.ts';
import { memberEntity, workspaceEntity } from './admin.entity.ts';
import type { Member } from './member.ts';
import type { Workspace } from './workspace.ts';

/**
 * Which workspaces a person has, and which is the active one: pk S#PERSON#<sub>  sk ~     ts workspaces, a the active one.
 * It only says where to look: whether she is let in, the member's row in the workspace says.
 */
export type Person = { tenants: string[]; active: string | undefined };

const tries = 6;
const mostWorkspaces = 50;
const keyOf = (sub: string): Key => ({ pk: `S#PERSON#${sub}`, sk: '~' });
const personOf = (item: Item | undefined): Person => ({
  tenants: (item?.ts as string[] | undefined) ?? [],
  active: item?.a as string | undefined,
});

const findPerson = async (sub: string, now: number): Promise<Person> => personOf(await stageTable(now).get(keyOf(sub)));

/** Reads, changes and writes a person's row until nobody came between. */
async function change(sub: string, now: number, rule: (person: Person) => Person): Promise<void> {
  const table = stageTable(now);
  for (let attempt = 0; attempt < tries; attempt++) {
    const item = await table.get(keyOf(sub));
    const [before, next] = [personOf(item), rule(personOf(item))];
    if (item && before.active === next.active && before.tenants.length === next.tenants.length) return;
    const version = Number(item?.v ?? 0);
    // No entity mark: who has which workspace is told by the members' rows, and theirs is the history.
    const put = { ...keyOf(sub), v: version + 1, ts: next.tenants, ...(next.active && { a: next.active }) };
    const action: Action = { put, guard: item ? { version } : { absent: true } };
    try {
      await table.commit([action]);
      return;
    } catch (error) {
      if (!(error instanceof GuardError)) throw error;
    }
  }
  throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
}

/** Notes that a person is to be found in a workspace; her first one becomes the active one. */
export const joinWorkspace = (sub: string, tenant: string, now: number) =>
  change(sub, now, ({ tenants, active }) => {
    if (tenants.length >= mostWorkspaces && !tenants.includes(tenant))
      throw new CrmError('too_many', { detail: `${mostWorkspaces} workspaces at most` });
    return { tenants: [...new Set([...tenants, tenant])], active: active ?? tenant };
  });

export const activateWorkspace = (sub: string, tenant: string, now: number) =>
  change(sub, now, ({ tenants }) => ({ tenants: [...new Set([...tenants, tenant])], active: tenant }));

export type Membership = { workspace: Workspace; member: Member };

/** The person's membership in a workspace, or undefined where she is not, or no longer, let in. 2 read units. */
export async function membershipOf(sub: string, tenant: string, now: number): Promise<Membership | undefined> {
  const keys = [workspaceEntity.key(tenant, tenant), memberEntity.key(tenant, memberIdOf(tenant, sub))];
  const [workspaceRow, memberRow] = await tableOf(tenant, now).getMany(keys, { strong: true });
  if (!workspaceRow || !memberRow) return undefined;
  const membership = { workspace: workspaceEntity.decode(workspaceRow), member: memberEntity.decode(memberRow) };
  return membership.workspace.status === 'active' && membership.member.status === 'active' ? membership : undefined;
}

/** The workspaces in which a person is let in, beside the one where she is. */
export async function otherMemberships(sub: string, here: string, now: number): Promise<Membership[]> {
  const { tenants } = await findPerson(sub, now);
  const found = await Promise.all(tenants.filter((tenant) => tenant !== here).map((tenant) => membershipOf(sub, tenant, now)));
  return found.filter((membership) => membership !== undefined);
}

/** The workspace that a person's next token is for: the active one, or the first that lets her in. */
export async function activeMembership(sub: string, now: number): Promise<Membership | undefined> {
  const { tenants, active } = await findPerson(sub, now);
  for (const tenant of new Set([...(active ? [active] : []), ...tenants])) {
    const membership = await membershipOf(sub, tenant, now);
    if (membership) return membership;
  }
  return undefined;
}
