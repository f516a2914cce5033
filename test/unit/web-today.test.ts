import { describe, expect, it } from 'vitest';
import { heldStill, lastHeard, type TodayItem } from '../../web/src/today/queue.ts';

const row = (id: string, pinnedAt: string | null = null) => ({ id, pinnedAt }) as TodayItem;
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).join(' ');
const shownIds = (shown: TodayItem[], now: TodayItem[]) => ids(heldStill(shown, now).rows.map(({ item }) => item));

describe('the queue on the screen', () => {
  it('holds still while the order changes, keeps what has gone, and only counts what is new', () => {
    const shown = [row('a'), row('b'), row('c')];
    const now = [row('d'), row('c'), row('a')];
    expect(shownIds(shown, now)).toBe('a b c');
    expect(heldStill(shown, now).rows.map(({ gone }) => gone)).toEqual([false, true, false]);
    expect(heldStill(shown, now).fresh).toBe(1);
  });

  it('has what is pinned on top, the first pinned first, also when it has gone', () => {
    const shown = [row('a'), row('b'), row('c')];
    const now = [row('c', '2026-12-01T08:00:00Z'), row('b', '2026-12-01T09:00:00Z'), row('a')];
    expect(shownIds(shown, now)).toBe('c b a');
    const heard = [...lastHeard(shown, now)];
    expect(shownIds(heard, [row('b', '2026-12-01T09:00:00Z'), row('a')])).toBe('c b a');
  });

  it('puts what is pinned no more behind those before which it does not belong', () => {
    const pinned = [row('c', '2026-12-01T08:00:00Z'), row('a'), row('b'), row('d')];
    expect(ids(lastHeard(pinned, [row('a'), row('b'), row('c'), row('d')]))).toBe('a b c d');
    expect(ids(lastHeard(pinned, [row('c'), row('a'), row('b'), row('d')]))).toBe('c a b d');
  });
});
