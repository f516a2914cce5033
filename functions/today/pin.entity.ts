import type { Action, Item, Key } from '../table/entity.ts';

/**
 * pk T#<tenant>#PIN#<member>  sk <kind>:<id of what it is about>     a row of the queue that its member keeps on top; 90 days
 * No source row: it has no history, and tells nobody.
 */
const keptSeconds = 90 * 86_400;

export const pinPartition = (tenant: string, memberId: string) => `T#${tenant}#PIN#${memberId}`;
export const pinKey = (tenant: string, { memberId, itemId }: { memberId: string; itemId: string }): Key => ({
  pk: pinPartition(tenant, memberId),
  sk: itemId,
});

/** What pins a row. `now` in milliseconds. */
export const pinAction = (key: Key, now: number): Action => ({
  put: { ...key, at: now, ttl: Math.floor(now / 1_000) + keptSeconds },
  guard: { always: 'pinned twice is pinned once' },
});

/** Which row of the queue is pinned, and since when. */
export const pinOf = (item: Item): { itemId: string; at: number } => ({ itemId: item.sk, at: Number(item.at) });
