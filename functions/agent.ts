import { memberEntity, workspaceEntity } from './admin/admin.entity.ts';
import type { Member } from './admin/member.ts';
import type { Workspace } from './admin/workspace.ts';
import { isoOf } from './kernel/clock.ts';
import { idMaker, type NewId } from './kernel/ids.ts';
import type { Stamp } from './table/entity.ts';
import { startingWith } from './table/ranges.ts';
import type { Table } from './table/table.ts';
import { tableOf } from './table/tenant.ts';

/** The product itself at work in one workspace: a due thing, a rule, a run. It has no role, and writes in nobody's name. */
export type Agent = {
  requestId: string;
  /** Milliseconds, by the movable clock. */
  now: number;
  iso: string;
  newId: NewId;
  tenant: string;
  workspace: Workspace;
  table: Table;
  stamp: Stamp;
  /** Everybody of the workspace's staff. */
  roster: () => Promise<Member[]>;
  /** One of the staff, by her id, whatever the size of the staff. 0.5 R. */
  member: (id: string) => Promise<Member | undefined>;
};

/** An agent for a workspace, or undefined where the workspace is gone or suspended: nothing is done there. 1 R. */
export async function agentIn(tenant: string, { now, requestId }: { now: number; requestId: string }): Promise<Agent | undefined> {
  const table = tableOf(tenant, now);
  const row = await table.get(workspaceEntity.key(tenant, tenant));
  const workspace = row && workspaceEntity.decode(row);
  if (workspace?.status !== 'active') return undefined;
  let members: Promise<Member[]> | undefined;
  const read = async () => {
    const rows = await table.queryAll({ pk: memberEntity.key(tenant, '').pk, range: startingWith('mem_') });
    return rows.map((item) => memberEntity.decode(item));
  };
  return {
    requestId,
    now,
    iso: isoOf(now),
    newId: idMaker(() => now),
    tenant,
    workspace,
    table,
    stamp: { by: null, via: 'rule', requestId, now },
    roster: () => (members ??= read()),
    member: async (id) => {
      const row = await table.get(memberEntity.key(tenant, id), { strong: false });
      return row && memberEntity.decode(row);
    },
  };
}
