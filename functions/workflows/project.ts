import { customerEntity, customerIdOf } from '../customers/customer.entity.ts';
import type { Customer } from '../customers/customer.ts';
import { type CompanyNames, companiesOf, type Images, searchRowChanges } from '../customers/search-rows.ts';
import { leaveAllLists } from '../segments/membership.ts';
import type { Action, Item, Key } from '../table/entity.ts';
import type { Table } from '../table/table.ts';
import { attend } from './attention.ts';
import { type Change, rowOf } from './change.ts';
import { historyAction } from './history-action.ts';
import { activityActions, counterAction } from './sums.ts';
import { weekActions } from './weeks.ts';

/** As many changes as fit one transaction with their sums: each has a history row and at most one activity row, and all share a counter and six weeks. */
const pageSize = 45;
const tries = 10;

/**
 * Derives everything from some changes of one workspace, in order: history, activity and counters in one transaction a page, so
 * that a change is counted if and only if its history row is newly put; then the search words, and what waits.
 */
export async function project(table: Table, tenant: string, changes: readonly Change[]): Promise<void> {
  // The words of a page and what waits are written while the next page is counted; they stay in order among themselves.
  let indexing = Promise.resolve();
  try {
    for (let start = 0; start < changes.length; start += pageSize) {
      const page = changes.slice(start, start + pageSize);
      await Promise.all([count(table, tenant, page), indexing]);
      indexing = together([index(table, tenant, page, changes), attend(table, tenant, page)]);
    }
    await indexing;
    await leaveLists(table, tenant, changes);
  } finally {
    // Whoever tries the batch again must not meet words that are still on their way.
    await indexing.catch(() => {});
  }
}

/** Ends when all have ended, and fails when one has. */
async function together(works: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find(({ status }) => status === 'rejected');
  if (failed) throw (failed as PromiseRejectedResult).reason;
}

/** Counts what was not counted before. What the engine names as there already is left out, and the sums are made anew. */
async function count(table: Table, tenant: string, page: readonly Change[]): Promise<void> {
  let left = [...page];
  for (let attempt = 0; left.length > 0; attempt++) {
    if (attempt >= tries) throw new Error('the sums of a page do not settle');
    const histories = left.map(historyAction);
    const sums = await activityActions(table, tenant, left);
    const counter = counterAction(tenant, left);
    const weeks = await weekActions(table, tenant, left);
    const failed = await table.attempt([...histories, ...sums, ...(counter ? [counter] : []), ...weeks]);
    if (failed.length === 0) return;
    const there = new Set<Action>(failed.map(({ action }) => action));
    left = left.filter((_, at) => !there.has(histories[at]!));
  }
}

/** Takes customers who have ended, as when an import is undone, off the lists they were on. */
async function leaveLists(table: Table, tenant: string, changes: readonly Change[]): Promise<void> {
  const gone = changes.filter(({ type, after }) => type === 'customer' && !after);
  await Promise.all(gone.map(({ image }) => leaveAllLists(table, tenant, customerIdOf(image))));
}

/** Rewrites the search words that differ. Of two changes of one customer in a page the later one counts, since a batch takes a key once. */
async function index(table: Table, tenant: string, page: readonly Change[], around: readonly Change[]): Promise<void> {
  const byCustomer = new Map<string, Images>();
  for (const change of page) {
    const { type, image, before, after } = change;
    if (type !== 'customer') continue;
    const earlier = byCustomer.get(image.pk);
    byCustomer.set(image.pk, { before: earlier ? earlier.before : customerOf(before), after: customerOf(after) });
  }
  const images = [...byCustomer.values()];
  const ids = companiesOf(images);
  const companies =
    ids.length > 0
      ? await namesOf(
          table,
          ids.map((id) => customerEntity.key(tenant, id)),
          around,
        )
      : new Map();
  await table.writeMany(images.flatMap((pair) => searchRowChanges(tenant, pair, companies)));
}

const customerOf = (item: Item | undefined) => rowOf({ type: 'customer' }, item) as Customer | undefined;

/** Names of companies, as their rows have them, or as the changes around do, which are newer. */
async function namesOf(table: Table, keys: Key[], around: readonly Change[]): Promise<CompanyNames> {
  // A company may have ended with her people, as when an import is undone: its name is still part of the words that have to go.
  const rows = await table.getMany(keys, { ended: true });
  const asked = new Set(keys.map(({ pk }) => pk));
  const newer = around.filter(({ type, image }) => type === 'customer' && asked.has(image.pk)).map(({ image }) => image);
  return new Map([...rows, ...newer].flatMap((item) => (item ? [[customerIdOf(item), customerOf(item)?.name ?? ''] as const] : [])));
}
