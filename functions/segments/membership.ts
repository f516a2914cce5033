import type { Action } from '../table/entity.ts';
import type { Table } from '../table/table.ts';
import { listCountKey, listIdOf, membershipKey, membershipRange, membershipRow } from './list.entity.ts';
import { readMany } from './matching.ts';

/** Who writes memberships, and under which request or job, so that a chunk that is written twice is counted once. */
export type Writer = { table: Table; tenant: string; by: string | null; now: number; requestId: string };

/** As many as fit one transaction with the list's count. */
const atOnce = 40;

/** How many are on a list, moved by so many. */
const countAction = (tenant: string, listId: string, by: number): Action => ({
  update: listCountKey(tenant, listId),
  add: { n: by },
  guard: { always: 'a sum of what is written with it' },
});

/** Who of some customers is not on the list yet. Half a read unit each. */
async function newcomers({ table, tenant }: Writer, listId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await readMany({ table }, keysOf(tenant, listId, ids));
  return ids.filter((_, at) => rows[at] === undefined);
}
const keysOf = (tenant: string, listId: string, ids: readonly string[]) =>
  ids.map((customerId) => membershipKey(tenant, { customerId, listId }));

const rowFor = (writer: Writer, listId: string, customerId: string) => ({
  ...membershipRow(writer.tenant, { customerId, listId }, writer),
  rq: writer.requestId,
});

/**
 * Puts a chunk of a job's customers on a list; the action that counts the new ones is for the commit that notes the job's progress. Whom the
 * job itself put there before counts as new: had that count been written, the chunk would not be done again. 2 W each.
 */
export async function addChunk(writer: Writer, listId: string, ids: readonly string[]): Promise<{ added: number; counted: Action[] }> {
  const rows = await readMany(writer, keysOf(writer.tenant, listId, ids));
  const fresh = ids.filter((_, at) => rows[at] === undefined || rows[at]?.rq === writer.requestId);
  await writer.table.writeMany(fresh.map((id) => ({ put: rowFor(writer, listId, id) })));
  return { added: fresh.length, counted: fresh.length > 0 ? [countAction(writer.tenant, listId, fresh.length)] : [] };
}

/** Puts customers on a list; answers how many were not there before. Few are one commit with the count; many are written first, then counted. */
export async function addMembers(writer: Writer, listId: string, ids: readonly string[]): Promise<number> {
  const { table, tenant } = writer;
  for (;;) {
    const fresh = await newcomers(writer, listId, ids);
    if (fresh.length === 0) return 0;
    if (fresh.length > atOnce) {
      await table.writeMany(fresh.map((id) => ({ put: rowFor(writer, listId, id) })));
      await table.commit([countAction(tenant, listId, fresh.length)]);
      return fresh.length;
    }
    const puts = fresh.map((id): Action => ({ put: rowFor(writer, listId, id), guard: { absent: true } }));
    const failed = await table.attempt([...puts, countAction(tenant, listId, fresh.length)]);
    if (failed.length === 0) return fresh.length;
  }
}

/** Takes customers off a list; answers how many were on it. */
export async function removeMembers(
  { table, tenant }: Pick<Writer, 'table' | 'tenant'>,
  listId: string,
  ids: readonly string[],
): Promise<number> {
  let removed = 0;
  const distinct = [...new Set(ids)];
  for (let start = 0; start < distinct.length; start += atOnce)
    removed += await removeSome({ table, tenant }, listId, distinct.slice(start, start + atOnce));
  return removed;
}

async function removeSome({ table, tenant }: Pick<Writer, 'table' | 'tenant'>, listId: string, ids: readonly string[]): Promise<number> {
  for (;;) {
    const keys = keysOf(tenant, listId, ids);
    const rows = await table.getMany(keys, { strong: true });
    const there = keys.filter((_, at) => rows[at] !== undefined);
    if (there.length === 0) return 0;
    const actions = there.map((remove): Action => ({ remove, guard: { exists: true } }));
    const failed = await table.attempt([...actions, countAction(tenant, listId, -there.length)]);
    if (failed.length === 0) return there.length;
  }
}

/** Takes a customer who is there no more off every list. 0.5 R where she is on none. */
export async function leaveAllLists(table: Table, tenant: string, customerId: string): Promise<void> {
  const { pk } = membershipKey(tenant, { customerId, listId: '' });
  const rows = await table.queryAll({ pk, range: membershipRange });
  for (const row of rows) await removeMembers({ table, tenant }, listIdOf(row), [customerId]);
}
