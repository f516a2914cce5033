import type { Answer } from '../api/client.ts';

export type TodayItem = Answer<'getToday'>['data'][number];

/**
 * The queue as it is shown: what was there when it was last brought up to date stays in its place, with what is known of it now. What has
 * gone meanwhile is kept and marked, what is new is only counted, so that nothing moves under a hand. Pure.
 */
export type Held = { rows: { item: TodayItem; gone: boolean }[]; fresh: number };

export function heldStill(shown: readonly TodayItem[], now: readonly TodayItem[]): Held {
  const current = new Map(now.map((item) => [item.id, item]));
  const known = new Set(shown.map(({ id }) => id));
  return {
    rows: shown.map((item) => ({ item: current.get(item.id) ?? item, gone: !current.has(item.id) })),
    fresh: now.filter(({ id }) => !known.has(id)).length,
  };
}
