import type { Ctx } from '../context.ts';
import { isoOf } from '../kernel/clock.ts';
import { pinAction, pinKey, pinOf, pinPartition } from './pin.entity.ts';
import type { Pin } from './today.ts';

/** So many rows a member keeps on top; one more lets the oldest go. */
const mostPins = 20;

/** Since when the rows of the caller's queue are pinned, by their ids. 0.5 R. */
export async function pinsOf(ctx: Ctx): Promise<Map<string, string>> {
  const { items } = await ctx.table.query({ pk: pinPartition(ctx.tenant, ctx.actor.memberId), limit: 2 * mostPins });
  return new Map(items.map(pinOf).map(({ itemId, at }) => [itemId, isoOf(at)]));
}

/** Keeps a row on top for the caller. 0.5 R and 1 W. */
export async function pin(ctx: Ctx, itemId: string): Promise<Pin> {
  const { memberId } = ctx.actor;
  const there = await pinsOf(ctx);
  const pinnedAt = there.get(itemId);
  if (pinnedAt) return { id: itemId, pinnedAt };
  const [oldest] = [...there].sort(([, a], [, b]) => (a < b ? -1 : 1)).map(([id]) => id);
  await ctx.table.commit([
    pinAction(pinKey(ctx.tenant, { memberId, itemId }), ctx.now),
    ...(there.size >= mostPins && oldest ? [removal(ctx, oldest)] : []),
  ]);
  return { id: itemId, pinnedAt: ctx.iso };
}

/** Lets a row go back to its place. 1 W. */
export async function unpin(ctx: Ctx, itemId: string): Promise<undefined> {
  await ctx.table.commit([removal(ctx, itemId)]);
}

const removal = (ctx: Ctx, itemId: string) => ({
  remove: pinKey(ctx.tenant, { memberId: ctx.actor.memberId, itemId }),
  guard: { always: 'what is not pinned stays so' },
});
