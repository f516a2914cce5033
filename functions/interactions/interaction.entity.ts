import { collection, customerIdOf } from '../customers/customer.entity.ts';
import { isoOf } from '../kernel/clock.ts';
import { timeOf, ulidOf } from '../kernel/ids.ts';
import { defineEntity, type Item } from '../table/entity.ts';
import { showsAt } from '../table/idempotency.ts';
import { type Activity, Interaction } from './interaction.ts';

const names = {
  channel: 'c',
  via: 'w',
  sourceWord: 'sw',
  direction: 'd1',
  reason: 'r',
  durationSeconds: 'du',
  memberId: 'm',
  subject: 'su',
  body: 'b',
  outcome: 'o',
  answeredAt: 'an',
  attachments: 'at',
  followUpId: 'fu',
  mailId: 'ml',
  responseId: 'rp',
  nextStepId: 'nx',
  caseId: 'cs',
  archivedAt: 'a',
  id: 'i',
  name: 'n',
  bytes: 'by1',
  type: 'ty',
} as const;

type InteractionKey = { customerId: string; id: string };

/** pk T#<tenant>#CUS#<customer>  sk TL#<ulid of occurredAt>     one thing that happened; no index */
export const interactionEntity = defineEntity<Interaction, InteractionKey>({
  type: 'interaction',
  schema: Interaction,
  names,
  ownVia: true,
  key: (tenant, { customerId, id }) => ({ pk: collection(tenant, customerId), sk: `TL#${ulidOf(id)}` }),
  fromKey: {
    fields: ['id', 'customerId', 'occurredAt'],
    read: (key) => {
      const id = `int_${key.sk.slice(3)}`;
      return { id, customerId: customerIdOf(key), occurredAt: isoOf(timeOf(id)) };
    },
  },
});

/** Whether a row of the timeline is one: messages of campaigns stand there too. */
export const isInteraction = (item: Item) => item.e === 'interaction';

/** The whole timeline, and the profile that ends it. */
export const timelineRange = { from: 'TL#', to: 'TL#~' };

export const noActivity: Activity = { interactions: 0, lastInteractionAt: null, lastInboundAt: null, lastOutboundAt: null, byChannel: {} };

/** pk T#<tenant>#CUS#<customer>  sk A#SUM     derived: n interactions, l last, li last in, lo last out (milliseconds), c:<channel> counts */
export function activityOf(item: Item | undefined): Activity {
  if (!item) return noActivity;
  const at = (value: unknown) => (typeof value === 'number' && value > 0 ? isoOf(value) : null);
  const byChannel: Record<string, number> = {};
  for (const [name, value] of Object.entries(item))
    if (name.startsWith('c:') && Number(value) > 0) byChannel[name.slice(2)] = Number(value);
  return {
    interactions: Number(item.n ?? 0),
    lastInteractionAt: at(item.l),
    lastInboundAt: at(item.li),
    lastOutboundAt: at(item.lo),
    byChannel,
  };
}

showsAt('interaction', (item) => `/v1/customers/${customerIdOf(item)}/interactions/int_${item.sk.slice(3)}`);
