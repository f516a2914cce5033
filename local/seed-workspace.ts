import { randomBytes } from 'node:crypto';
import { apiKeyEntity, memberEntity, workspaceEntity } from '../functions/admin/admin.entity.ts';
import { ApiKey } from '../functions/admin/api-key.ts';
import { Member } from '../functions/admin/member.ts';
import { Workspace } from '../functions/admin/workspace.ts';
import { tableOf } from '../functions/context.ts';
import { now as clock, isoOf } from '../functions/kernel/clock.ts';
import { alphabet, idFrom, memberIdOf } from '../functions/kernel/ids.ts';
import { macs } from '../functions/kernel/secrets.ts';
import type { DemoMember, DemoWorkspace } from './demo/people.ts';

/** Writes a workspace with its people through the entities, and gives one API key per role. Rows that are there already stay. */
export async function makeWorkspace(workspace: DemoWorkspace, everybody: DemoMember[]): Promise<Record<string, string>> {
  const { tenant } = workspace;
  const now = clock();
  const table = tableOf(tenant, now);
  const stamp = { by: null, via: 'ops', requestId: null, now };
  const base = { createdAt: isoOf(now), updatedAt: isoOf(now), version: 1 };
  const { name, country, currency, timeZone, language, topics, fields } = workspace;
  const row = Workspace.parse({ id: tenant, name, country, currency, timeZone, language, consentTopics: topics, fields, ...base });
  const there = await table.get(workspaceEntity.key(tenant, tenant));
  if (!there) await table.commit(workspaceEntity.create(tenant, tenant, row, stamp));
  const keys: Record<string, string> = {};
  for (const person of everybody) {
    const place = person.workspaces.find((one) => one.workspace === workspace.key);
    if (!place) continue;
    const id = memberIdOf(tenant, person.sub);
    const teams = place.teams.map((team) => idFrom('tea', tenant, team));
    const member = Member.parse({
      id,
      sub: person.sub,
      name: person.name,
      email: person.email,
      role: place.role,
      teams,
      language: person.locale,
      ...base,
    });
    if (!(await table.get(memberEntity.key(tenant, id)))) await table.commit(memberEntity.create(tenant, id, member, stamp));
    if (keys[place.role]) continue;
    const keyId = [...randomBytes(10)].map((byte) => alphabet[byte % 32]).join('');
    const secret = randomBytes(24).toString('hex');
    const [hash] = await macs('api-key', `${tenant}#${keyId}#${secret}`);
    const key = ApiKey.parse({ id: keyId, name: `Demo ${place.role}`, memberId: id, hash, ...base });
    await table.commit(apiKeyEntity.create(tenant, keyId, key, stamp));
    keys[place.role] = `suki_${tenant}_${keyId}_${secret}`;
  }
  return keys;
}
