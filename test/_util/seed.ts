import { randomBytes } from 'node:crypto';
import { apiKeyEntity, memberEntity, teamEntity, workspaceEntity } from '../../functions/admin/admin.entity.ts';
import { ApiKey } from '../../functions/admin/api-key.ts';
import { Member } from '../../functions/admin/member.ts';
import { type Role, roles } from '../../functions/admin/roles.ts';
import { newWorkspace, Workspace } from '../../functions/admin/workspace.ts';
import { now as clock, isoOf } from '../../functions/kernel/clock.ts';
import { alphabet, idFrom, memberIdOf } from '../../functions/kernel/ids.ts';
import { macs } from '../../functions/kernel/secrets.ts';
import { tableOf } from '../../functions/table/tenant.ts';

export interface SeededMember {
  id: string;
  sub: string;
  role: Role;
  teams: string[];
  key: string;
}

/** A workspace of its own for a test: one member and one API key of each role. Manager and sales share a team; the others have none. */
export interface SeededWorkspace {
  tenant: string;
  teamId: string;
  members: Record<Role, SeededMember>;
  keys: Record<Role, string>;
  /** Adds one more member with a key. */
  addMember(role: Role, options?: { teams?: string[]; name?: string }): Promise<SeededMember>;
}

const pick = (letters: string, length: number) => [...randomBytes(length)].map((byte) => letters[byte % letters.length]).join('');

/** Writes the rows through the entities, as the `ops` function does, for tests that need many workspaces quickly. */
export async function seedWorkspace(settings: Record<string, unknown> = {}): Promise<SeededWorkspace> {
  const tenant = pick('abcdefghijklmnopqrstuvwxyz0123456789', 8);
  const teamId = idFrom('tea', tenant, 'team');
  const now = clock();
  const stamp = { by: null, via: 'seed', requestId: null, now };
  const base = { createdAt: isoOf(now), updatedAt: isoOf(now), version: 1 };
  const workspace = Workspace.parse({ ...newWorkspace(tenant, { name: `Workspace ${tenant}` }, isoOf(now)), ...settings });
  const team = { id: teamId, name: 'Team', ...base };
  await tableOf(tenant, now).commit([
    ...workspaceEntity.create(tenant, tenant, workspace, stamp),
    ...teamEntity.create(tenant, teamId, team, stamp),
  ]);

  async function addMember(
    role: Role,
    { teams = [], name = `${role} of ${tenant}` }: { teams?: string[]; name?: string } = {},
  ): Promise<SeededMember> {
    const sub = `sub-${role}-${pick(alphabet, 8)}`;
    const id = memberIdOf(tenant, sub);
    const member = Member.parse({ id, sub, name, email: `${sub.toLowerCase()}@suki.example`, role, teams, ...base });
    const [keyId, secret] = [pick(alphabet, 10), randomBytes(24).toString('hex')];
    const [hash] = await macs('api-key', `${tenant}#${keyId}#${secret}`);
    const key = ApiKey.parse({ id: keyId, name: `${role} key`, memberId: id, hash, ...base });
    const rows = [...memberEntity.create(tenant, id, member, stamp), ...apiKeyEntity.create(tenant, keyId, key, stamp)];
    await tableOf(tenant, now).commit(rows);
    return { id, sub, role, teams, key: `suki_${tenant}_${keyId}_${secret}` };
  }

  const inTeam = new Set<Role>(['manager', 'sales']);
  const made = await Promise.all(roles.map((role) => addMember(role, { teams: inTeam.has(role) ? [teamId] : [] })));
  const members = Object.fromEntries(made.map((member) => [member.role, member])) as Record<Role, SeededMember>;
  const keys = Object.fromEntries(made.map((member) => [member.role, member.key])) as Record<Role, string>;
  return { tenant, teamId, members, keys, addMember };
}
