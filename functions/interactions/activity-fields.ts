import { channels } from '../customers/kinds.ts';
import type { FieldCatalogue, FieldGroup, FieldSpec } from '../kernel/filter.ts';

/** Where nothing has happened yet, a customer has been silent since she was made. */
const moment = { type: 'date', served: 'activity', orAt: 'createdAt' } as const satisfies FieldSpec;
const count = { type: 'number', served: 'activity' } as const satisfies FieldSpec;

/** What can be asked of a customer's interactions, by the sums that are kept of them. */
export const activityFields = {
  lastInteractionAt: moment,
  lastInboundAt: moment,
  lastOutboundAt: moment,
  interactions: count,
} as const satisfies FieldCatalogue;

/** `interactions.call`: how many by that channel. */
export const activityGroup: FieldGroup<unknown> = {
  name: 'activity',
  fields: () => ({
    ...activityFields,
    ...Object.fromEntries(channels.map((channel) => [`interactions.${channel}`, { ...count, at: `byChannel.${channel}` }])),
  }),
};
