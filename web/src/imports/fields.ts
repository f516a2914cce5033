import type { customerFields as customerList, interactionFields as interactionList } from '../../../functions/imports/import.ts';

/** What a column can be, in the order of the pickers; a field that the API does not know does not compile. */
export const customerFields = [
  'key',
  'kind',
  'name',
  'givenName',
  'familyName',
  'salutation',
  'jobTitle',
  'email',
  'email2',
  'phone',
  'mobile',
  'fax',
  'street',
  'street2',
  'city',
  'region',
  'postalCode',
  'country',
  'language',
  'timeZone',
  'lifecycle',
  'tags',
  'owner',
  'company.name',
  'contact.name',
  'contact.givenName',
  'contact.familyName',
  'contact.salutation',
  'contact.jobTitle',
  'contact.email',
  'contact.phone',
  'contact.mobile',
] as const satisfies readonly (typeof customerList)[number][];

export const interactionFields = ['customer.name', 'customer.key', 'customer.email', 'key', 'occurredAt', 'time', 'channel', 'direction', 'reason', 'subject', 'body', 'outcome', 'durationSeconds', 'answeredAt', 'member'] as const satisfies readonly (typeof interactionList)[number][];
