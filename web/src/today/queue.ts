import type { Answer } from '../api/client.ts';

export type TodayItem = Answer<'getToday'>['data'][number];

/**
 * The queue as it is shown: what was there when it was last brought up to date stays in its place, with what is known of it now. What has
 * gone meanwhile is kept and marked, what is new is only counted, so that nothing moves under a hand; only what its member pins goes up. Pure.
 */
export type Held = { rows: { item: TodayItem; gone: boolean }[]; fresh: number };

export function heldStill(shown: readonly TodayItem[], now: readonly TodayItem[]): Held {
  const current = new Map(now.map((item) => [item.id, item]));
  const known = new Set(shown.map(({ id }) => id));
  const rows = shown.map((item) => ({ item: current.get(item.id) ?? item, gone: !current.has(item.id) }));
  return { rows: rows.sort((a, b) => byPin(a.item, b.item)), fresh: now.filter(({ id }) => !known.has(id)).length };
}

/** What is pinned stands on top, in the order in which it was; the rest keeps its order. */
const byPin = ({ pinnedAt: a }: TodayItem, { pinnedAt: b }: TodayItem) => {
  if (a === b) return 0;
  return b === null || (a !== null && a < b) ? -1 : 1;
};

/** The rows with what was last heard of each: what is gone stays as it was before it went, what is pinned no more goes to its place. */
export function lastHeard(shown: readonly TodayItem[], now: readonly TodayItem[]): readonly TodayItem[] {
  const current = new Map(now.map((item) => [item.id, item]));
  const heard = shown.map((item) => current.get(item.id) ?? item);
  const letGo = heard.filter(({ pinnedAt }, at) => pinnedAt === null && shown[at]?.pinnedAt);
  return letGo.reduce((rows, item) => placed(rows, item, now), heard);
}

/** The rows with one of them behind the nearest that stands before it in the new list. */
function placed(rows: TodayItem[], item: TodayItem, now: readonly TodayItem[]): TodayItem[] {
  const others = rows.filter(({ id }) => id !== item.id);
  const before = now.slice(
    0,
    now.findIndex(({ id }) => id === item.id),
  );
  const at = before.reduce((found, { id }) => Math.max(found, others.findIndex((each) => each.id === id) + 1), 0);
  return others.toSpliced(at, 0, item);
}
