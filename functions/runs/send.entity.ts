import { collection } from '../customers/customer.entity.ts';
import { hashOf } from '../kernel/ids.ts';
import { defineEntity, type Item, type Key } from '../table/entity.ts';
import { startingWith } from '../table/ranges.ts';
import { Cap } from './cap.ts';
import { runPartition } from './run.entity.ts';
import { Send, type SendChannel, type SendPlace } from './send.ts';
import type { Counts } from './shard.ts';
import { count1 } from './shard.ts';

const names = {
  customerId: 'c',
  state: 'st',
  reason: 'r',
  variant: 'va',
  language: 'la',
  parts: 'pt',
  billed: 'bl',
  attempt: 'n',
  token: 'to',
  claimedAt: 'ca',
  leaseUntil: 'le',
  dueAt: 'da',
  messageId: 'm',
  skippedAt: 'ka',
  sentAt: 'sa',
  deliveredAt: 'de',
  failedAt: 'fa',
  bouncedAt: 'ba',
  bounce: 'b',
  complainedAt: 'co',
  openedAt: 'oa',
  clickedAt: 'cl',
  unsubscribedAt: 'ua',
} as const;

const digits = (shard: number) => String(shard).padStart(2, '0');

/** The sends of one shard of a run, or the direct messages to one customer. */
export const sendPartition = (tenant: string, place: SendPlace | Omit<Extract<SendPlace, { shard: number }>, 'channel' | 'hash'>) =>
  'run' in place ? `${runPartition(tenant, place.run)}#${digits(place.shard)}` : `T#${tenant}#MSG#${place.messagesTo}`;

/** Where the send in a key stands. */
export function placeOfKey({ pk, sk }: Key): SendPlace {
  const [, , kind, first = '', occurrence = '', shard = '0'] = pk.split('#');
  const [, channel, hash = ''] = sk.split('#');
  const send = { channel: channel as SendChannel, hash };
  return kind === 'MSG' ? { messagesTo: first, ...send } : { run: { campaignId: first, occurrence }, shard: Number(shard), ...send };
}

/** pk T#<tenant>#RUN#<campaign>#<occurrence>#<ss>  sk TO#<channel>#<hash>     one address in one run; no index
 *  pk T#<tenant>#MSG#<customer>                    sk TO#<channel>#<hash>     one direct message */
export const sendEntity = defineEntity<Send, SendPlace>({
  type: 'send',
  schema: Send,
  names,
  silent: true,
  whole: true,
  key: (tenant, place) => ({ pk: sendPartition(tenant, place), sk: `TO#${place.channel}#${place.hash}` }),
  fromKey: {
    fields: ['channel', 'hash'],
    read: (key) => {
      const { channel, hash } = placeOfKey(key);
      return { channel, hash };
    },
  },
});

export const sendRange = startingWith('TO#');

/** Stands for the address of somebody who has none, or whose address somebody else in the run has. */
export const standInHash = (customerId: string) => hashOf(`customer:${customerId}`, 22);

/** Adds a row to a recount without reading all of it as a send: thousands are counted a minute. */
export function countRow(counts: Counts, item: Item): void {
  const text = (name: keyof typeof names) => (item[names[name]] as string | undefined) ?? null;
  count1(counts, {
    state: item[names.state] as Send['state'],
    billed: (item[names.billed] as number | undefined) ?? null,
    reason: text('reason'),
    sentAt: text('sentAt'),
    deliveredAt: text('deliveredAt'),
    bouncedAt: text('bouncedAt'),
    bounce: text('bounce') as Send['bounce'],
    complainedAt: text('complainedAt'),
    openedAt: text('openedAt'),
    clickedAt: text('clickedAt'),
    unsubscribedAt: text('unsubscribedAt'),
  });
}

const capNames = { day: 'd1', today: 'dn', week: 'w', thisWeek: 'wn', invited: 'iv', asking: 'ak' } as const;

/** pk T#<tenant>#CUS#<customer>  sk CAP#<channel>     how many she got today and this week, by her zone */
export const capEntity = defineEntity<Cap, { customerId: string; channel: SendChannel }>({
  type: 'cap',
  schema: Cap,
  names: capNames,
  silent: true,
  whole: true,
  key: (tenant, { customerId, channel }) => ({ pk: collection(tenant, customerId), sk: `CAP#${channel}` }),
});

/** When a row is due, without reading all of it; null where it does not wait for a moment. */
export const dueAtOfRow = (item: Item) => (item[names.dueAt] as string | undefined) ?? null;

/** The state of a row, without reading all of it. */
export const stateOfRow = (item: Item) => item[names.state] as Send['state'];
