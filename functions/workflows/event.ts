import * as z from 'zod';
import { isoOf } from '../kernel/clock.ts';
import { idFrom } from '../kernel/ids.ts';
import { actionOf, type Change, fieldChanges, identityOf, versionOf } from './change.ts';

const described = <T extends z.ZodType>(schema: T, description: string) => schema.meta({ description });

/** An event on the bus: what happened to which row, by whom; field names, no values, so that no personal data leaves the table. */
export const CrmEvent = z.object({
  id: described(z.string(), 'The same for the same change, however often it is told'),
  type: described(z.string(), 'The noun and what happened to it: customer.created, interaction.archived …'),
  schema: described(z.literal(1), 'The version of this form; fields are only ever added within one'),
  tenant: described(z.string(), 'The workspace'),
  at: described(z.string(), 'When the row was written, RFC 3339 in UTC'),
  rowId: described(z.string(), 'The id of the row'),
  version: described(z.int().positive(), 'The version of the row that the change made'),
  customerId: described(z.string().nullable(), 'Whose row it is, where it belongs to a customer'),
  actorId: described(z.string().nullable(), 'The member whose hand it was; null for the product itself'),
  via: described(z.string(), 'On which way: person, key, import, undo, redrive, restore, rule, link'),
  requestId: described(z.string().nullable(), 'The request that caused it'),
  fields: described(z.array(z.string()), 'Names of the fields that changed; none for a row that is new or gone'),
  mentions: described(z.boolean().default(false), 'Whether a text of the row names members'),
});
export type CrmEvent = z.output<typeof CrmEvent>;

/** A response that is there is one that was handed in. */
const ownWords: Record<string, string> = { 'response.created': 'response.completed' };
/** The type of an event: the noun and what happened to it. */
export const eventType = (noun: string, action: string): string => ownWords[`${noun}.${action}`] ?? `${noun}.${action}`;

/** What a mention has and hardly anything else; who is named reads the text. Cheap, for it is asked of every row that changes. */
const mentions = ({ after }: Change) => after !== undefined && JSON.stringify(after).includes('](mem_');

export function eventOf(change: Change): CrmEvent {
  const { image, tenant, type } = change;
  const changes = fieldChanges(change);
  const { rowId, customerId } = identityOf(change);
  const version = versionOf(change);
  return {
    id: idFrom('evt', image.pk, image.sk, String(version)),
    type: eventType(type, actionOf(change, changes)),
    schema: 1,
    tenant,
    at: isoOf(Number(image.u)),
    rowId,
    version,
    customerId,
    actorId: (image.by as string | undefined) ?? null,
    via: String(image.vi),
    requestId: (image.rq as string | undefined) ?? null,
    fields: changes.map(({ field }) => field),
    mentions: mentions(change),
  };
}
