import { consentSlot, permissionOf } from '../customers/consent-fields.ts';
import { activityKey, consentEntity, customerEntity, customerIdOf } from '../customers/customer.entity.ts';
import { channels } from '../customers/kinds.ts';
import { activityOf } from '../interactions/interaction.entity.ts';
import { isoOf } from '../kernel/clock.ts';
import { timeOf } from '../kernel/ids.ts';
import { campaignActivity, reactionKey, sentKey } from '../runs/activity.ts';
import { type CampaignStep, campaignStepOf } from '../runs/activity-fields.ts';
import type { Item, Key } from '../table/entity.ts';
import { addedAtOf, membershipKey } from './list.entity.ts';
import { listOf } from './list-fields.ts';

/** Rows of one customer that answer some fields of a filter: which to read for those that it names, and what they say. */
export type Source = {
  /** One customer's keys; each costs half a read unit. */
  keys: (tenant: string, customerId: string, fields: readonly string[]) => Key[];
  /** What the rows say, to be laid over the customer: in the order of `keys`, undefined where there is none. */
  values: (rows: readonly (Item | undefined)[], fields: readonly string[]) => Record<string, unknown>;
};

const distinct = (names: readonly (string | undefined)[]) => [...new Set(names.filter((name) => name !== undefined))];
const campaignsIn = (fields: readonly string[]) => distinct(fields.map((field) => campaignStepOf(field)?.campaignId));
const listsIn = (fields: readonly string[]) => distinct(fields.map(listOf));
const nothing = Object.fromEntries(channels.map((channel) => [channel, 0]));

function stepsOf(sent: Item | undefined, reactions: Item | undefined): Partial<Record<CampaignStep, string | null>> {
  const { sentAt, delivered, ...facts } = campaignActivity(sent, reactions);
  const { bouncedAt, complainedAt, openedAt, clickedAt, unsubscribedAt, convertedAt, answeredAt } = facts;
  return {
    ...{ sent: sentAt, delivered: delivered ? sentAt : null, bounced: bouncedAt, complained: complainedAt },
    ...{ opened: openedAt, clicked: clickedAt, unsubscribed: unsubscribedAt, converted: convertedAt, answered: answeredAt },
  };
}

/** By the word of their fields: the customer's own row, where a list's row was all that was known, and the rows beside her. */
export const sources: Readonly<Record<string, Source>> = {
  row: {
    keys: (tenant, id) => [customerEntity.key(tenant, id)],
    values: ([row]) => (row ? ownValues(row) : {}),
  },
  activity: {
    keys: (tenant, id) => [activityKey(tenant, id)],
    values: ([sums]) => {
      const { byChannel, ...activity } = activityOf(sums);
      return { ...activity, byChannel: { ...nothing, ...byChannel } };
    },
  },
  consents: {
    keys: (tenant, customerId, fields) => fields.map((field) => consentEntity.key(tenant, { customerId, ...permissionOf(field) })),
    values: (rows, fields) => ({
      consents: Object.fromEntries(
        fields.map((field, at) => [consentSlot(permissionOf(field)), rows[at] && consentEntity.plain(rows[at]).status]),
      ),
    }),
  },
  campaigns: {
    keys: (tenant, id, fields) =>
      campaignsIn(fields).flatMap((campaignId) => [sentKey(tenant, id, campaignId), reactionKey(tenant, id, campaignId)]),
    values: (rows, fields) => ({
      campaigns: Object.fromEntries(campaignsIn(fields).map((campaignId, at) => [campaignId, stepsOf(rows[2 * at], rows[2 * at + 1])])),
    }),
  },
  lists: {
    keys: (tenant, customerId, fields) => listsIn(fields).map((listId) => membershipKey(tenant, { customerId, listId })),
    values: (rows, fields) => ({
      lists: Object.fromEntries(listsIn(fields).map((listId, at) => [listId, rows[at] && addedAtOf(rows[at])])),
    }),
  },
};

/** Of the customer's own row: what filters ask, without the checks that a reader of the whole customer wants. Never throws. */
export function ownValues(item: Item): Record<string, unknown> {
  const id = customerIdOf(item);
  return {
    ...customerEntity.plain(item),
    ...customerEntity.directoryOf(item),
    id,
    createdAt: isoOf(timeOf(id)),
    updatedAt: isoOf(Number(item.u)),
    via: item.vi,
  };
}
