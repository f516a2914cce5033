import type { Ctx } from '../context.ts';
import { isoOf } from '../kernel/clock.ts';
import { highest } from '../table/ranges.ts';
import { attentionOf, ownersAttention } from './attention.entity.ts';
import { type Attention, attentionDays, type Matter } from './attention.ts';
import { answerHours } from './rank.ts';
import type { Candidate, TodaySource } from './source.ts';

const atMost = 50;
const hour = 3_600_000;

/**
 * Whoever waits for an answer of the caller: of her own customers, and of those whom nobody owns where she may answer everybody.
 * The oldest 50 each; 0.5 to 2 R a Query.
 */
export const attentionSource: TodaySource = {
  name: 'waiting',
  read: async (ctx) => {
    if (ctx.scope('interactions', 'read') === 'none') return { candidates: [] };
    const owners = ctx.scope('interactions', 'write') === 'all' ? [ctx.actor.memberId, null] : [ctx.actor.memberId];
    const range = { from: isoOf(ctx.now - attentionDays * 24 * hour), to: highest };
    const pages = await Promise.all(
      owners.map((owner) => ctx.table.query({ index: 'gsi2', pk: ownersAttention(ctx.tenant, owner), range, limit: atMost })),
    );
    const rows = pages.flatMap(({ items }) => items.map(attentionOf));
    return {
      candidates: rows.flatMap((row) => row.matters.map((matter) => candidate(ctx, row, matter))),
      more: pages.some(({ lastKey }) => lastKey !== undefined),
    };
  },
};

function candidate(ctx: Ctx, { customerId }: Attention, { kind, interactionId, at, channel, subject }: Matter): Candidate {
  const lateAt = Date.parse(at) + answerHours[kind] * hour;
  return {
    id: `${kind}:${interactionId}`,
    customerId,
    interaction: { id: interactionId, customerId, channel, at, subject },
    terms: {
      kind,
      lateAt: isoOf(lateAt),
      day: null,
      since: at,
      channel,
      minutesToBreach: (lateAt - ctx.now) / 60_000,
      promiseBroken: lateAt < ctx.now && kind !== 'reply',
      priority: 'normal',
    },
  };
}
