import { domainToASCII } from 'node:url';
import { isoOf } from '../kernel/clock.ts';
import { sortable } from '../kernel/collation.ts';
import { timeOf } from '../kernel/ids.ts';
import { defineEntity, type Item, type Key } from '../table/entity.ts';
import { showsAt } from '../table/idempotency.ts';
import { Consent, Customer, DirectoryRow, primaryOf } from './customer.ts';

const names = {
  kind: 'k',
  name: 'n',
  givenName: 'gn',
  familyName: 'fn',
  salutation: 'sa',
  companyId: 'c',
  jobTitle: 'j',
  parentId: 'pa',
  mainContactId: 'mc',
  lifecycle: 'l',
  lifecycleReason: 'lr',
  ownerId: 'o',
  tags: 't',
  emails: 'em',
  phones: 'ph',
  addresses: 'ad',
  preferences: 'pr',
  timeZone: 'tz',
  custom: 'x',
  externalKeys: 'ek',
  archivedAt: 'a',
  address: 'ea',
  label: 'lb',
  primary: 'p',
  state: 's',
  number: 'nu',
  e164: 'i',
  type: 'ty',
  lines: 'li',
  city: 'ci',
  region: 'rg',
  postalCode: 'pc',
  country: 'co',
  language: 'la',
  channel: 'ch',
  hours: 'h',
  topics: 'tp',
  interests: 'in',
  pausedUntil: 'pu',
  source: 'so',
  seenAt: 'se',
  email: 'm',
  phone: 'f',
  shard: 'sh',
} as const;

/** The same address in every spelling that reaches the same mailbox: trimmed, composed, small letters, the domain in ASCII. */
export function normalised(address: string): string {
  const plain = address.trim().normalize('NFC').toLowerCase();
  const at = plain.lastIndexOf('@');
  return `${plain.slice(0, at)}@${domainToASCII(plain.slice(at + 1)) || plain.slice(at + 1)}`;
}

const byName = (customer: Customer) => `${sortable(customer.name)}#${customer.id}`;

/** The partition that holds everybody by name; archived customers stand in one of their own. */
export const directoryPartition = (tenant: string, archived = false) => `T#${tenant}#${archived ? 'ARC' : 'CUS#0'}`;
export const ownerPartition = (tenant: string, memberId: string) => `T#${tenant}#OWN#${memberId}`;
export const creationPartition = (tenant: string) => `T#${tenant}#ALL`;
/** The collection of everything about a customer. */
export const collection = (tenant: string, customerId: string) => `T#${tenant}#CUS#${customerId}`;
/** What her interactions come to. */
export const activityKey = (tenant: string, customerId: string): Key => ({ pk: collection(tenant, customerId), sk: 'A#SUM' });

export const customerIdOf = (key: Pick<Key, 'pk'>) => key.pk.slice(key.pk.lastIndexOf('#') + 1);

/** pk T#<tenant>#CUS#<id>  sk ~             the profile; the same pk holds her timeline at TL#<ulid>
 *  gsi1 T#<tenant>#CUS#0    <name>#<id>     everybody, by name; T#<tenant>#ARC for the archived
 *  gsi2 T#<tenant>#OWN#<member> <name>#<id> one member's customers, by name
 *  gsi3 T#<tenant>#ALL      <id>            by creation, keys only */
export const customerEntity = defineEntity<Customer>({
  type: 'customer',
  schema: Customer,
  names,
  key: (tenant, id) => ({ pk: collection(tenant, id), sk: '~' }),
  gsi1: (tenant, customer) => ({ pk: directoryPartition(tenant, customer.archivedAt !== null), sk: byName(customer) }),
  gsi2: (tenant, customer) =>
    !customer.archivedAt && customer.ownerId ? { pk: ownerPartition(tenant, customer.ownerId), sk: byName(customer) } : null,
  gsi3: (tenant, customer) => (customer.archivedAt ? null : { pk: creationPartition(tenant), sk: customer.id }),
  directory: ['kind', 'name', 'companyId', 'jobTitle', 'lifecycle', 'ownerId', 'tags', 'archivedAt'],
  directoryExtras: (customer) => ({
    email: primaryOf(customer.emails)?.address,
    phone: primaryOf(customer.phones.filter(({ type }) => type !== 'fax'))?.number,
    city: primaryOf(customer.addresses)?.city,
    country: primaryOf(customer.addresses)?.country,
  }),
  fromKey: {
    fields: ['id', 'createdAt'],
    read: (key) => ({ id: customerIdOf(key), createdAt: isoOf(timeOf(customerIdOf(key))) }),
  },
  unique: (customer) => [
    ...customer.emails.map(({ address }) => ({ kind: `${customer.kind}#email`, value: normalised(address) })),
    ...customer.externalKeys.map(({ source, id }) => ({ kind: 'key', value: `${source}#${id}` })),
  ],
});

/** The row that lists show, from an index entry or from the customer itself. */
export function directoryRow(item: Item): DirectoryRow {
  const id = customerIdOf(item);
  return DirectoryRow.parse({ ...pick(customerEntity.directoryOf(item)), id, createdAt: isoOf(timeOf(id)) });
}
const shown = new Set(Object.keys(DirectoryRow.shape));
const pick = (row: Record<string, unknown>) => Object.fromEntries(Object.entries(row).filter(([name]) => shown.has(name)));

const consentNames = { status: 'st', source: 'so', evidence: 'ev', at: 'at' } as const;
type ConsentId = { customerId: string; channel: string; topic: string };

/** pk T#<tenant>#CUS#<id>  sk CON#<channel>#<topic>     what she permitted, with the evidence */
export const consentEntity = defineEntity<Consent, ConsentId>({
  type: 'consent',
  schema: Consent,
  names: consentNames,
  key: (tenant, { customerId, channel, topic }) => ({ pk: collection(tenant, customerId), sk: `CON#${channel}#${topic}` }),
  fromKey: {
    fields: ['customerId', 'channel', 'topic'],
    read: (key) => {
      const [, channel, topic] = key.sk.split('#');
      return { customerId: customerIdOf(key), channel, topic } as Partial<Consent>;
    },
  },
});

showsAt('customer', (item) => `/v1/customers/${customerIdOf(item)}`);
