/** What a file can be, what its columns can be, and what becomes of rows; without schemas, so that a browser can have the lists too. */
export const importTargets = ['customers', 'interactions'] as const;
export type ImportTarget = (typeof importTargets)[number];

export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1256',
  'windows-874',
  'shift_jis',
  'gb18030',
  'big5',
  'euc-kr',
] as const;
export const delimiters = [',', ';', '\t', '|'] as const;
export const dateOrders = ['ymd', 'dmy', 'mdy'] as const;

/** Fields of the row's own customer. */
export const ownFields = [
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
] as const;
/** With `contact.` ones, which make a person beside a company, and `company.name`, a company beside a person. */
export const customerFields = [
  ...ownFields,
  'company.name',
  'contact.name',
  'contact.givenName',
  'contact.familyName',
  'contact.salutation',
  'contact.jobTitle',
  'contact.email',
  'contact.phone',
  'contact.mobile',
] as const;
export type CustomerField = (typeof customerFields)[number];

export const interactionFields = [
  'customer.name',
  'customer.key',
  'customer.email',
  'key',
  'occurredAt',
  'time',
  'channel',
  'direction',
  'reason',
  'subject',
  'body',
  'outcome',
  'durationSeconds',
  'answeredAt',
  'member',
  'timely',
] as const;
export type InteractionField = (typeof interactionFields)[number];

export const matches = ['key', 'email', 'none'] as const;
export const onMatches = ['skip', 'update', 'create'] as const;
