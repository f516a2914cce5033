import { isoOf } from '../kernel/clock.ts';
import { dueKey } from '../table/due.ts';
import { defineEntity, type Key } from '../table/entity.ts';
import { highest } from '../table/ranges.ts';
import { Notification } from './notification.ts';
import { PreferencesRow } from './preferences.ts';

const names = {
  memberId: 'm',
  kind: 'k',
  subject: 's',
  type: 'ty',
  customerId: 'c',
  data: 'x',
  at: 't',
  readAt: 'r',
  levels: 'l',
  digest: 'dg',
  dueAt: 'du',
  day: 'dy',
  toldUntil: 'to',
  claim: 'cl',
  refused: 'rf',
} as const;

const keptSeconds = 90 * 24 * 3_600;
/** Those whose time is not over, in either order: an index shows a row until it is swept. */
export const stillKept = (now: number) => ({ from: isoOf(now - keptSeconds * 1_000), to: highest });
/** Everything that is told to one member. */
export const notificationPartition = (tenant: string, memberId: string) => `T#${tenant}#NTF#${memberId}`;
/** What she has not read. */
export const unreadPartition = (tenant: string, memberId: string) => `T#${tenant}#NTFU#${memberId}`;
const inTime = ({ at, id }: Notification) => `${at}#${id}`;

/** pk T#<tenant>#NTF#<member>  sk <notification>        one thing told, 90 days; its id follows from its cause
 *  gsi1 T#<tenant>#NTF#<member>  <at>#<notification>    all of hers, in time
 *  gsi3 T#<tenant>#NTFU#<member> <at>#<notification>    what she has not read, keys only */
export const notificationEntity = defineEntity<Notification, { memberId: string; id: string }>({
  type: 'notification',
  schema: Notification,
  names,
  silent: true,
  key: (tenant, { memberId, id }) => ({ pk: notificationPartition(tenant, memberId), sk: id }),
  gsi1: (tenant, row) => ({ pk: notificationPartition(tenant, row.memberId), sk: inTime(row) }),
  gsi3: (tenant, row) => (row.readAt ? null : { pk: unreadPartition(tenant, row.memberId), sk: inTime(row) }),
  directory: ['kind', 'subject', 'data', 'at', 'readAt'],
  fromKey: { fields: ['id', 'memberId'], read: ({ pk, sk }: Key) => ({ id: sk, memberId: pk.slice(pk.lastIndexOf('#') + 1) }) },
  ttl: ({ at }) => Math.floor(Date.parse(at) / 1_000) + keptSeconds,
});

export const digestDue = 'digest';

/** pk T#<tenant>#NTF#<member>  sk PREF                  what she wants to be told, and her daily mail
 *  gsi5 S#DUE#<0..15> <next digest>#<tenant>#digest#<member> */
export const preferencesEntity = defineEntity<PreferencesRow>({
  type: 'notificationPreferences',
  schema: PreferencesRow,
  names,
  silent: true,
  key: (tenant, memberId) => ({ pk: notificationPartition(tenant, memberId), sk: 'PREF' }),
  gsi5: (tenant, { memberId, dueAt }) => (dueAt ? dueKey({ at: dueAt, tenant, kind: digestDue, id: memberId }) : null),
  fromKey: { fields: ['memberId'], read: ({ pk }: Key) => ({ memberId: pk.slice(pk.lastIndexOf('#') + 1) }) },
});
