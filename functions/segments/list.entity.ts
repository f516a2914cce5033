import { collection, customerIdOf } from '../customers/customer.entity.ts';
import { isoOf } from '../kernel/clock.ts';
import { defineEntity, type Item, type Key } from '../table/entity.ts';
import { showsAt } from '../table/idempotency.ts';
import { startingWith } from '../table/ranges.ts';
import { List } from './list.ts';

const names = { name: 'n', description: 'ds', ownerId: 'o', jobId: 'j', archivedAt: 'a', createdAt: 'ca' } as const;

/** The lists of their partition, which holds their history too. */
export const listRange = startingWith('lst_');
export const listPartition = (tenant: string) => `T#${tenant}#LST`;

/** pk T#<tenant>#LST  sk <list>     a list; the newest last */
export const listEntity = defineEntity<List>({
  type: 'list',
  schema: List,
  names,
  key: (tenant, id) => ({ pk: listPartition(tenant), sk: id }),
  fromKey: { fields: ['id'], read: ({ sk }) => ({ id: sk }) },
});

/** pk T#<tenant>#LSTN  sk <list>     n: how many are on it. Moved with the memberships, counted anew by every job that fills it. */
export const listCountKey = (tenant: string, listId: string): Key => ({ pk: `T#${tenant}#LSTN`, sk: listId });

type Membership = { customerId: string; listId: string };

export const membershipKey = (tenant: string, { customerId, listId }: Membership): Key => ({
  pk: collection(tenant, customerId),
  sk: `LST#${listId}`,
});
/** The lists that one customer is on. */
export const membershipRange = startingWith('LST#');
/** In gsi3: everybody on a list, by the customer's id, keys only. */
export const membersPartition = (tenant: string, listId: string) => `T#${tenant}#LST#${listId}`;

/**
 * pk T#<tenant>#CUS#<customer>  sk LST#<list>     at when she was put there (milliseconds), by whom
 * gsi3 T#<tenant>#LST#<list>    <customer>        so that one row is read from both ends, and is there or not
 */
export const membershipRow = (tenant: string, membership: Membership, { by, now }: { by: string | null; now: number }): Item => ({
  ...membershipKey(tenant, membership),
  at: now,
  ...(by && { by }),
  gsi3pk: membersPartition(tenant, membership.listId),
  gsi3sk: membership.customerId,
});

export const listIdOf = ({ sk }: Pick<Key, 'sk'>) => sk.slice(4);
export const addedAtOf = (item: Item) => isoOf(Number(item.at));
/** Where a walk over a list goes on after this customer. */
export const memberPosition = (tenant: string, membership: Membership) => ({
  ...membershipKey(tenant, membership),
  gsi3pk: membersPartition(tenant, membership.listId),
  gsi3sk: membership.customerId,
});
export const memberOf = (item: Pick<Key, 'pk'>) => customerIdOf(item);

showsAt('list', ({ sk }) => `/v1/lists/${sk}`);
