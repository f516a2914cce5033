import * as z from 'zod';
import { collection, customerIdOf } from '../customers/customer.entity.ts';
import { CustomerId } from '../customers/customer.ts';
import { idOf, StoredInstant } from '../kernel/values.ts';
import { dueKey } from '../table/due.ts';
import { defineEntity } from '../table/entity.ts';

/** A customer who is to enter a triggered campaign: due until she is in it, or is found to be none of its audience. */
export const Entry = z
  .strictObject({
    customerId: CustomerId,
    campaignId: idOf('cmp'),
    at: StoredInstant,
    /** When that happened by which she enters. */
    since: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'CampaignEntryRow' });
export type Entry = z.output<typeof Entry>;
export type EntryKey = Pick<Entry, 'customerId' | 'campaignId'>;

const prefix = 'ENTER#';

/** What an entry of the due index is about; undefined for what is none. */
export function entryOf(id: string): EntryKey | undefined {
  const [customerId, campaignId] = id.split('#');
  return customerId && campaignId ? { customerId, campaignId } : undefined;
}

/** pk T#<tenant>#CUS#<customer>  sk ENTER#<campaign>
 *  gsi5 S#DUE#<0..15>  <at>#<tenant>#entry#<customer>#<campaign>     until she has entered */
export const entryEntity = defineEntity<Entry, EntryKey>({
  type: 'campaignEntry',
  schema: Entry,
  names: { since: 'si' },
  silent: true,
  whole: true,
  key: (tenant, { customerId, campaignId }) => ({ pk: collection(tenant, customerId), sk: `${prefix}${campaignId}` }),
  gsi5: (tenant, { at, customerId, campaignId }) => dueKey({ at, tenant, kind: 'entry', id: `${customerId}#${campaignId}` }),
  fromKey: {
    fields: ['customerId', 'campaignId'],
    read: (key) => ({ customerId: customerIdOf(key), campaignId: key.sk.slice(prefix.length) }),
  },
});
