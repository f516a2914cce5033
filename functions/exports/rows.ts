import { type Customer, primaryOf } from '../customers/customer.ts';
import type { Interaction } from '../interactions/interaction.ts';
import type { Response } from '../responses/response.ts';
import type { Send } from '../runs/send.ts';
import { guarded } from './cell.ts';
import type { CustomerColumn, InteractionColumn, LetterColumn, RecipientColumn, ResponseColumn } from './columns.ts';

/** Customers, interactions, recipients, letters and responses as rows of a file. Pure. */
export type Names = { company: (id: string | null) => string; member: (id: string | null) => string };

const phoneOf = (customer: Customer, types: readonly string[]) => customer.phones.find(({ type }) => types.includes(type))?.number ?? '';

const ofCustomer: Record<CustomerColumn, (customer: Customer, names: Names) => string> = {
  id: ({ id }) => id,
  kind: ({ kind }) => kind,
  name: ({ name }) => name,
  givenName: ({ givenName }) => givenName ?? '',
  familyName: ({ familyName }) => familyName ?? '',
  salutation: ({ salutation }) => salutation ?? '',
  jobTitle: ({ jobTitle }) => jobTitle ?? '',
  company: ({ companyId }, { company }) => company(companyId),
  lifecycle: ({ lifecycle }) => lifecycle,
  owner: ({ ownerId }, { member }) => member(ownerId),
  tags: ({ tags }) => tags.join(', '),
  email: ({ emails }) => primaryOf(emails)?.address ?? '',
  email2: ({ emails }) => emails.find((email) => email !== primaryOf(emails))?.address ?? '',
  phone: (customer) => phoneOf(customer, ['landline', 'other']),
  mobile: (customer) => phoneOf(customer, ['mobile']),
  fax: (customer) => phoneOf(customer, ['fax']),
  street: ({ addresses }) => primaryOf(addresses)?.lines.join('\n') ?? '',
  city: ({ addresses }) => primaryOf(addresses)?.city ?? '',
  region: ({ addresses }) => primaryOf(addresses)?.region ?? '',
  postalCode: ({ addresses }) => primaryOf(addresses)?.postalCode ?? '',
  country: ({ addresses }) => primaryOf(addresses)?.country ?? '',
  language: ({ preferences }) => preferences.language ?? '',
  timeZone: ({ timeZone }) => timeZone ?? '',
  key: ({ externalKeys }) => externalKeys[0]?.id ?? '',
  createdAt: ({ createdAt }) => createdAt,
};

const ofInteraction: Record<InteractionColumn, (interaction: Interaction, customer: string, names: Names) => string> = {
  id: ({ id }) => id,
  customerId: ({ customerId }) => customerId,
  customer: (_interaction, customer) => customer,
  occurredAt: ({ occurredAt }) => occurredAt,
  channel: ({ channel, via }) => via ?? channel,
  sourceWord: ({ sourceWord }) => sourceWord ?? '',
  direction: ({ direction }) => direction,
  reason: ({ reason }) => reason,
  subject: ({ subject }) => subject ?? '',
  body: ({ body }) => body ?? '',
  outcome: ({ outcome }) => outcome,
  durationSeconds: ({ durationSeconds }) => (durationSeconds === null ? '' : String(durationSeconds)),
  answeredAt: ({ answeredAt }) => answeredAt ?? '',
  member: ({ memberId }, _customer, { member }) => member(memberId),
};

/** An id of ours is no key of another program: under this header an import does not take it for one. */
const ownIds: Readonly<Record<string, string>> = { id: 'sukiId', customerId: 'sukiCustomerId' };
export const headerOf = (column: string) => ownIds[column] ?? column;

export function customerCells(
  customer: Customer,
  { columns, custom }: { columns: readonly CustomerColumn[]; custom: readonly string[] },
  names: Names,
): string[] {
  const values = custom.map((key) => customer.custom[key]);
  return [
    ...columns.map((column) => guarded(ofCustomer[column](customer, names))),
    ...values.map((value) => (typeof value === 'number' ? String(value) : guarded(value ?? ''))),
  ];
}

export const interactionCells = (
  interaction: Interaction,
  { columns, customer }: { columns: readonly InteractionColumn[]; customer: string },
  names: Names,
): string[] => columns.map((column) => guarded(ofInteraction[column](interaction, customer, names)));

type Recipient = { columns: readonly RecipientColumn[]; customer: Customer | undefined; address: string };

/** Without the customer where she is not the member's to see. */
export function recipientCells(send: Send, { columns, customer, address }: Recipient): string[] {
  const { variant, sentAt, deliveredAt, openedAt, clickedAt, failedAt, bouncedAt, bounce, complainedAt, unsubscribedAt } = send;
  const said: Record<RecipientColumn, string | null> = {
    ...{ customerId: customer?.id ?? null, customer: customer?.name ?? null, address, state: send.state, skipped: send.reason },
    ...{ variant, sentAt, deliveredAt, openedAt, clickedAt, failedAt, bouncedAt, bounce, complainedAt, unsubscribedAt },
  };
  return columns.map((column) => guarded(said[column] ?? ''));
}

type Letter = {
  columns: readonly LetterColumn[];
  reference: string;
  company: string;
  letter: { text: string; language: string } | undefined;
};

export function letterCells(customer: Customer, { columns, reference, company, letter }: Letter): string[] {
  const to = primaryOf(customer.addresses);
  const { id, name, salutation } = customer;
  const said: Record<LetterColumn, string | null | undefined> = {
    ...{ reference, customerId: id, salutation, name, company, street: to?.lines.join('\n') },
    ...{ postalCode: to?.postalCode, city: to?.city, region: to?.region, country: to?.country },
    ...{ language: letter?.language, text: letter?.text },
  };
  return columns.map((column) => guarded(said[column] ?? ''));
}

type Answered = { columns: readonly ResponseColumn[]; customer: Customer | undefined; wave: string; owner: string };

/** Who answered, when and by which way; without the customer where she is not the member's to see. */
export function responseCells(response: Response, { columns, customer, wave, owner }: Answered): string[] {
  const { id, completedAt, source, channel, language, surveyVersion, score, band, tags } = response;
  const said: Record<ResponseColumn, string | null> = {
    ...{ id, customerId: customer?.id ?? null, customer: customer?.name ?? null, completedAt, wave, channel, language, owner, band },
    occurrence: source.kind === 'campaign' ? source.occurrence : null,
    surveyVersion: String(surveyVersion),
    score: score && String(score.value),
    tags: tags.join(', '),
  };
  return columns.map((column) => guarded(said[column] ?? ''));
}
