import * as z from 'zod';
import { CrmError } from '../kernel/errors.ts';
import {
  CalendarDate,
  Country,
  FieldKey,
  Instant,
  idOf,
  Language,
  Mailbox,
  StoredInstant,
  StoredNumber,
  TimeZone,
  text,
  WallTime,
} from '../kernel/values.ts';
import { channels, lifecycles } from './kinds.ts';

/** The customer: anyone we do or seek business with, a person or a company. Schema, type and rules; pure. */
export const CustomerId = idOf('cus');
export const MemberId = idOf('mem');

export const kinds = ['person', 'company'] as const;
export const Lifecycle = z.enum(lifecycles);
export type Lifecycle = z.output<typeof Lifecycle>;

export const Channel = z.enum(channels);
export const vias = ['person', 'key', 'import', 'undo', 'redrive', 'restore', 'rule', 'link', 'form'] as const;

const label = text(40).nullable().default(null);
const primary = z.boolean().default(false);

export const Email = z.strictObject({
  address: z.string().trim().max(254).pipe(z.email()),
  label,
  primary,
  state: z.enum(['ok', 'bounced', 'complained']).default('ok'),
});
export const Phone = z.strictObject({
  number: text(40),
  /** The international form, or null where the number does not parse. */
  e164: z.string().max(20).nullable().default(null),
  type: z.enum(['mobile', 'landline', 'fax', 'other']).default('other'),
  label,
  primary,
});
export const Address = z.strictObject({
  label,
  lines: z.array(text(200)).max(5).default([]),
  city: text(100).nullable().default(null),
  region: text(100).nullable().default(null),
  postalCode: text(20).nullable().default(null),
  country: Country.nullable().default(null),
  primary,
});
export const Preferences = z.strictObject({
  language: Language.nullable().default(null),
  channel: Channel.nullable().default(null),
  hours: z.strictObject({ from: WallTime, to: WallTime }).nullable().default(null),
  topics: z.array(text(40)).max(20).default([]),
  interests: z.array(text(40)).max(20).default([]),
  /** She asked for a pause: nothing but what she needs to know is sent before. */
  pausedUntil: StoredInstant.nullable().default(null),
});
export const source = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'small letters, digits and -');
export const externalId = z.string().regex(/^[A-Za-z0-9._~:-]{1,128}$/, '1 to 128 of A-Z a-z 0-9 . _ ~ : -');
export const ExternalKey = z.strictObject({ source, id: externalId, seenAt: StoredInstant.nullable().default(null) });
export const CustomValue = z.union([z.string().max(500), StoredNumber, CalendarDate]);

const fields = {
  kind: z.enum(kinds),
  name: text(200),
  givenName: text(100).nullable().default(null),
  familyName: text(100).nullable().default(null),
  salutation: text(40).nullable().default(null),
  companyId: CustomerId.nullable().default(null),
  jobTitle: text(100).nullable().default(null),
  parentId: CustomerId.nullable().default(null),
  mainContactId: CustomerId.nullable().default(null),
  lifecycle: Lifecycle.default('prospect'),
  ownerId: MemberId.nullable().default(null),
  tags: z.array(text(40)).max(30).default([]),
  emails: z.array(Email).max(10).default([]),
  phones: z.array(Phone).max(10).default([]),
  addresses: z.array(Address).max(5).default([]),
  preferences: Preferences.default({ language: null, channel: null, hours: null, topics: [], interests: [], pausedUntil: null }),
  timeZone: TimeZone.nullable().default(null),
  custom: z.record(FieldKey, CustomValue).default({}),
  externalKeys: z.array(ExternalKey).max(10).default([]),
};

export const Customer = z
  .strictObject({
    id: CustomerId,
    ...fields,
    lifecycleReason: text(500).nullable().default(null),
    via: z.enum(vias),
    archivedAt: StoredInstant.nullable().default(null),
    createdAt: StoredInstant,
    updatedAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'Customer' });
export type Customer = z.output<typeof Customer>;

/** What a caller may say of an e-mail or a phone: their state and international form are ours. */
const EmailInput = Email.omit({ state: true }).extend({ address: Mailbox });
const PhoneInput = Phone.omit({ e164: true });
const ExternalKeyInput = ExternalKey.omit({ seenAt: true });

export const CustomerInput = z
  .strictObject({
    ...fields,
    emails: z.array(EmailInput).max(10).default([]),
    phones: z.array(PhoneInput).max(10).default([]),
    externalKeys: z.array(ExternalKeyInput).max(10).default([]),
  })
  .meta({ id: 'CustomerInput' });
export type CustomerInput = z.output<typeof CustomerInput>;

/** A merge patch (RFC 7396): what is absent stays, null clears; lists are replaced whole. Kind and life cycle have routes of their own. */
export const CustomerPatch = z
  .strictObject({
    name: text(200),
    givenName: text(100).nullable(),
    familyName: text(100).nullable(),
    salutation: text(40).nullable(),
    companyId: CustomerId.nullable(),
    jobTitle: text(100).nullable(),
    parentId: CustomerId.nullable(),
    mainContactId: CustomerId.nullable(),
    ownerId: MemberId.nullable(),
    tags: z.array(text(40)).max(30).nullable(),
    emails: z.array(EmailInput).max(10).nullable(),
    phones: z.array(PhoneInput).max(10).nullable(),
    addresses: z.array(Address).max(5).nullable(),
    preferences: z
      .strictObject({
        language: Language.nullable(),
        channel: Channel.nullable(),
        hours: z.strictObject({ from: WallTime, to: WallTime }).nullable(),
        topics: z.array(text(40)).max(20).nullable(),
        interests: z.array(text(40)).max(20).nullable(),
        pausedUntil: Instant.nullable(),
      })
      .partial()
      .nullable(),
    timeZone: TimeZone.nullable(),
    custom: z.record(FieldKey, CustomValue.nullable()).nullable(),
    externalKeys: z.array(ExternalKeyInput).max(10).nullable(),
  })
  .partial()
  .meta({ id: 'CustomerPatch' });
export type CustomerPatch = z.output<typeof CustomerPatch>;

/** Somebody by her external key: what a merge patch may say, and what she is where she is not there yet. */
export const CustomerUpsert = CustomerPatch.extend({ kind: fields.kind, name: fields.name, lifecycle: Lifecycle.optional() }).meta({
  id: 'CustomerUpsert',
});
export type CustomerUpsert = z.output<typeof CustomerUpsert>;

/** The row of a directory: what every list shows without reading the customer. */
export const DirectoryRow = Customer.pick({
  id: true,
  kind: true,
  name: true,
  companyId: true,
  jobTitle: true,
  lifecycle: true,
  ownerId: true,
  tags: true,
  archivedAt: true,
})
  .extend({
    email: z.string().nullable().default(null),
    phone: z.string().nullable().default(null),
    city: z.string().nullable().default(null),
    country: z.string().nullable().default(null),
    createdAt: StoredInstant,
  })
  .meta({ id: 'CustomerRow' });
export type DirectoryRow = z.output<typeof DirectoryRow>;

export const Consent = z
  .strictObject({
    customerId: CustomerId,
    channel: z.enum(['email', 'sms', 'call', 'letter', 'chat']),
    topic: text(40),
    status: z.enum(['granted', 'withdrawn']),
    source: text(100),
    evidence: text(500).nullable().default(null),
    at: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'Consent' });
export type Consent = z.output<typeof Consent>;
export const ConsentInput = Consent.pick({ status: true, source: true, evidence: true }).extend({ at: Instant.optional() });

const next: Record<Lifecycle, readonly Lifecycle[]> = {
  prospect: ['active', 'closed'],
  active: ['lapsed', 'closed'],
  lapsed: ['active', 'closed'],
  closed: ['active'],
};

/** Moves a customer along the life cycle. A closed customer who returns is won back to active, with the reason; the history stays hers. */
export function moveTo(customer: Customer, lifecycle: Lifecycle, reason?: string): Customer {
  if (customer.lifecycle === lifecycle) return customer;
  if (!next[customer.lifecycle].includes(lifecycle))
    throw new CrmError('lifecycle_not_allowed', { from: customer.lifecycle, to: lifecycle });
  if (customer.lifecycle === 'closed' && !reason) throw new CrmError('reason_needed', { pointer: '/reason' });
  return { ...customer, lifecycle, lifecycleReason: reason ?? null };
}

/** Takes a customer out of every list; her keys stay hers. */
export function archived(customer: Customer, at: string): Customer {
  if (customer.archivedAt) throw new CrmError('already_archived');
  return { ...customer, archivedAt: at };
}

/** Brings an archived customer back. */
export function restored(customer: Customer): Customer {
  if (!customer.archivedAt) throw new CrmError('not_archived');
  return { ...customer, archivedAt: null };
}

/** The one of a list that stands for it: the primary one, or else the first. */
export const primaryOf = <T extends { primary: boolean }>(rows: readonly T[]): T | undefined => rows.find((row) => row.primary) ?? rows[0];
