/** Columns of a file of customers, as their headers; the import knows each of them again. */
export const customerColumns = [
  'id',
  'kind',
  'name',
  'givenName',
  'familyName',
  'salutation',
  'jobTitle',
  'company',
  'lifecycle',
  'owner',
  'tags',
  'email',
  'email2',
  'phone',
  'mobile',
  'fax',
  'street',
  'city',
  'region',
  'postalCode',
  'country',
  'language',
  'timeZone',
  'key',
  'createdAt',
] as const;
export type CustomerColumn = (typeof customerColumns)[number];

export const interactionColumns = [
  'id',
  'customerId',
  'customer',
  'occurredAt',
  'channel',
  'sourceWord',
  'direction',
  'reason',
  'subject',
  'body',
  'outcome',
  'durationSeconds',
  'answeredAt',
  'member',
] as const;
export type InteractionColumn = (typeof interactionColumns)[number];

/** Who was in a run, and what became of it. */
export const recipientColumns = [
  'customerId',
  'customer',
  'address',
  'state',
  'skipped',
  'variant',
  'sentAt',
  'deliveredAt',
  'openedAt',
  'clickedAt',
  'failedAt',
  'bouncedAt',
  'bounce',
  'complainedAt',
  'unsubscribedAt',
] as const;
export type RecipientColumn = (typeof recipientColumns)[number];

/** The letters of a run, as whoever prints them needs them. */
export const letterColumns = [
  'reference',
  'customerId',
  'salutation',
  'name',
  'company',
  'street',
  'postalCode',
  'city',
  'region',
  'country',
  'language',
  'text',
] as const;
export type LetterColumn = (typeof letterColumns)[number];

/** What was answered to a survey: who, when and by which way; what was said stands after these, a column a question. */
export const responseColumns = [
  'id',
  'customerId',
  'customer',
  'completedAt',
  'wave',
  'occurrence',
  'channel',
  'language',
  'surveyVersion',
  'owner',
  'score',
  'band',
  'tags',
] as const;
export type ResponseColumn = (typeof responseColumns)[number];
