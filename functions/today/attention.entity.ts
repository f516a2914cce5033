import { collection, customerIdOf } from '../customers/customer.entity.ts';
import { ulidOf } from '../kernel/ids.ts';
import type { Item, Key } from '../table/entity.ts';
import { startingWith } from '../table/ranges.ts';
import { Attention, type Matter, type Response } from './attention.ts';

/**
 * Derived rows of a customer's collection, made by `workflows/attention.ts`:
 * pk T#<tenant>#CUS#<customer>  sk A#ATT           what waits    gsi2 T#<tenant>#ATT#<owner or -> / <since>#<customer>, while something does
 * pk T#<tenant>#CUS#<customer>  sk A#RSP#<ulid>    one answer    gsi2 T#<tenant>#RSP#<member> / <at>#<ulid>; 60 days
 */
export const attentionKey = (tenant: string, customerId: string): Key => ({ pk: collection(tenant, customerId), sk: 'A#ATT' });

/** What waits of the customers of one member, or of those whom nobody owns. */
export const ownersAttention = (tenant: string, ownerId: string | null) => `T#${tenant}#ATT#${ownerId ?? '-'}`;
/** What one member answered. */
export const membersResponses = (tenant: string, memberId: string) => `T#${tenant}#RSP#${memberId}`;

export const responseRange = startingWith('A#RSP#');

/** The row, or undefined where nothing waits. */
export function attentionItem(tenant: string, { customerId, ownerId, matters, waitingSince }: Attention): Item | undefined {
  if (matters.length === 0 && waitingSince === null) return undefined;
  const since = matters.map(({ at }) => at).sort()[0];
  return {
    ...attentionKey(tenant, customerId),
    ...(waitingSince && { w: waitingSince }),
    ...(since && {
      d: { m: matters.map(({ kind, interactionId, at, channel, subject }) => [kind, interactionId, at, channel, subject]) },
      gsi2pk: ownersAttention(tenant, ownerId),
      gsi2sk: `${since}#${customerId}`,
    }),
  };
}

/** What an item says, the row's or the index's; the index does not tell since when an answer is waited for. */
export function attentionOf(item: Item): Attention {
  const listed = ((item.d as { m?: unknown[][] } | undefined)?.m ?? []).map(([kind, interactionId, at, channel, subject]) => ({
    ...{ kind, interactionId, at, channel, subject },
  })) as Matter[];
  const owner = String(item.gsi2pk ?? '')
    .split('#')
    .at(-1);
  return Attention.parse({
    customerId: customerIdOf(item),
    ownerId: owner?.startsWith('mem_') ? owner : null,
    matters: listed,
    waitingSince: item.w ?? null,
  });
}

/** The row of an answer. */
export const responseItem = (tenant: string, customerId: string, { response, ttl }: { response: Response; ttl: number }): Item => ({
  pk: collection(tenant, customerId),
  sk: `A#RSP#${ulidOf(response.interactionId)}`,
  d: { n: response.minutes },
  ttl,
  gsi2pk: membersResponses(tenant, response.memberId),
  gsi2sk: `${response.at}#${ulidOf(response.interactionId)}`,
});

/** The minutes of an answer, from its index entry. */
export const minutesOf = (item: Item) => Number((item.d as { n?: number } | undefined)?.n ?? 0);
