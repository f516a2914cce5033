import type { Campaign } from '../campaigns/campaign.ts';
import { collection } from '../customers/customer.entity.ts';
import { isoOf } from '../kernel/clock.ts';
import type { Item, Key } from '../table/entity.ts';

/**
 * What a customer's own collection tells of the messages that she was kept from, so that control is treated as whoever got one: it is not
 * asked again where a message would not be sent again, and gets nothing of its goal group until the goal's days are over.
 *
 * A#CTL#<campaign>   at: when she was last kept from a message of it; r: in which run
 * A#CTL#<group>      un: until when she gets nothing of the campaigns of this goal group
 */
export const heldOutKey = (tenant: string, customerId: string, campaignOrGroup: string): Key => ({
  pk: collection(tenant, customerId),
  sk: `A#CTL#${campaignOrGroup}`,
});

const dayMs = 86_400_000;
type HeldOut = { customerId: string; campaign: Pick<Campaign, 'id' | 'goal' | 'reentry'>; occurrence: string; now: number };

/** The rows that say so; written before the send is. `group` is that of her goal group as it was read. 1 W, 2 W in a goal group. */
export function heldOutRows(tenant: string, { customerId, campaign, occurrence, now }: HeldOut, group: Item | undefined): { put: Item }[] {
  const { goal, id, reentry } = campaign;
  const own = { put: { ...heldOutKey(tenant, customerId, id), at: isoOf(now), r: occurrence } };
  const until = isoOf(now + (goal?.withinDays ?? 0) * dayMs);
  const before = heldOutUntil(group);
  return [
    ...(reentry === 'always' ? [] : [own]),
    ...(goal?.group ? [{ put: { ...heldOutKey(tenant, customerId, goal.group), un: before && before > until ? before : until } }] : []),
  ];
}

export const heldOutUntil = (group: Item | undefined): string | undefined => group?.un as string | undefined;
