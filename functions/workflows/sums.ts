import { activityKey, collection, customerIdOf } from '../customers/customer.entity.ts';
import { isInteraction, timelineRange } from '../interactions/interaction.entity.ts';
import type { Interaction } from '../interactions/interaction.ts';
import type { Action, Item } from '../table/entity.ts';
import type { Table } from '../table/table.ts';
import { type Change, rowOf } from './change.ts';
import { counterKey } from './counter.ts';

/** Sums that follow from changes: a customer's activity (A#SUM) and the workspace's counters (CNT). Pure but for the reads they are given. */
type Sums = Record<string, number>;
const add = (sums: Sums, name: string, by: number) => {
  sums[name] = (sums[name] ?? 0) + by;
};

/** What one row counts for in the workspace. */
function counted(change: Change, item: Item | undefined): string[] {
  if (!item) return [];
  if (change.type === 'customer') {
    const { k: kind, l: lifecycle, a: archivedAt } = (item.d ?? {}) as Record<string, unknown>;
    return archivedAt ? ['customers:archived'] : ['customers', `k:${kind}`, `l:${lifecycle}`];
  }
  return change.type === 'interaction' && !item.a ? ['interactions', `c:${item.c}`] : [];
}

/** How a page of changes moves the workspace's counters: one update, whatever the page's length. */
export function counterAction(tenant: string, changes: readonly Change[]): Action | undefined {
  const sums: Sums = {};
  for (const change of changes) {
    for (const name of counted(change, change.before)) add(sums, name, -1);
    for (const name of counted(change, change.after)) add(sums, name, 1);
  }
  const moved = Object.fromEntries(Object.entries(sums).filter(([, by]) => by !== 0));
  return Object.keys(moved).length
    ? { update: counterKey(tenant), add: moved, guard: { always: 'a sum of what the same transaction counts' } }
    : undefined;
}

const live = (item: Item | undefined): Interaction | undefined => {
  const interaction = rowOf({ type: 'interaction' }, item) as Interaction | undefined;
  return interaction && !interaction.archivedAt ? interaction : undefined;
};
const marks = { none: ['l'], in: ['l', 'li'], out: ['l', 'lo'] } as const;

/** A customer's activity after some changes of her interactions. `recount` reads her timeline, where the newest one has gone. */
async function activityAfter(before: Item | undefined, changes: readonly Change[], recount: () => Promise<Sums>): Promise<Sums> {
  const sums: Sums = {};
  for (const [name, value] of Object.entries(before ?? {})) if (typeof value === 'number' && name !== 'v') sums[name] = value;
  let newestGone = false;
  for (const change of changes) {
    const [from, to] = [live(change.before), live(change.after)];
    if (from) {
      add(sums, 'n', -1);
      add(sums, `c:${from.channel}`, -1);
      const at = Date.parse(from.occurredAt);
      newestGone ||= (!to || to.direction !== from.direction) && marks[from.direction].some((name) => sums[name] === at);
    }
    if (to) {
      add(sums, 'n', 1);
      add(sums, `c:${to.channel}`, 1);
      for (const name of marks[to.direction]) sums[name] = Math.max(sums[name] ?? 0, Date.parse(to.occurredAt));
    }
  }
  return newestGone ? { ...sums, l: 0, li: 0, lo: 0, ...(await recount()) } : sums;
}

/** The newest times of a timeline, by its last thousand rows. */
async function newestTimes(table: Table, tenant: string, customerId: string): Promise<Sums> {
  const { items } = await table.query({
    pk: collection(tenant, customerId),
    range: timelineRange,
    newestFirst: true,
    limit: 1_000,
    strong: true,
  });
  const sums: Sums = {};
  for (const item of items.filter(isInteraction)) {
    const interaction = live(item);
    if (interaction) for (const name of marks[interaction.direction]) sums[name] ??= Date.parse(interaction.occurredAt);
  }
  return sums;
}

/** The activity rows that a page of changes moves, each guarded by the version that was read. */
export async function activityActions(table: Table, tenant: string, changes: readonly Change[]): Promise<Action[]> {
  const byCustomer = Map.groupBy(
    changes.filter(({ type }) => type === 'interaction'),
    ({ image }) => customerIdOf(image),
  );
  const ids = [...byCustomer.keys()];
  const rows = await table.getMany(
    ids.map((id) => activityKey(tenant, id)),
    { strong: true },
  );
  return Promise.all(
    ids.map(async (id, at): Promise<Action> => {
      const before = rows[at];
      const sums = await activityAfter(before, byCustomer.get(id) ?? [], () => newestTimes(table, tenant, id));
      const version = Number(before?.v ?? 0);
      return { put: { ...activityKey(tenant, id), ...sums, v: version + 1 }, guard: before ? { version } : { absent: true } };
    }),
  );
}
