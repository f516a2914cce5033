import { CrmError, type FieldError } from '../kernel/errors.ts';
import { normalised } from './customer.entity.ts';
import { type Customer, type CustomerInput, type CustomerPatch, Preferences, primaryOf } from './customer.ts';
import { e164Of } from './phone.ts';

/** Making and changing a customer: what an input or a patch comes to. Pure. */
type Defaults = { country: string; now: string };

const personOnly = ['companyId', 'jobTitle', 'givenName', 'familyName', 'salutation'] as const;
const companyOnly = ['parentId', 'mainContactId'] as const;

/** Fields that do not go with the kind, a tag or address said twice, as field errors. */
export function kindErrors(customer: Pick<Customer, 'kind' | (typeof personOnly)[number] | (typeof companyOnly)[number]>): FieldError[] {
  const wrong = customer.kind === 'company' ? personOnly : companyOnly;
  return wrong
    .filter((field) => customer[field] !== null)
    .map((field) => ({ pointer: `/${field}`, code: 'not_for_kind', detail: `not a field of a ${customer.kind}` }));
}

function repeated(customer: Customer): FieldError[] {
  const twice = (field: string, values: string[]) =>
    values.flatMap((value, at) =>
      values.indexOf(value) < at ? [{ pointer: `/${field}/${at}`, code: 'repeated', detail: 'said twice' }] : [],
    );
  const primaries = (field: string, rows: { primary: boolean }[]) =>
    rows.filter(({ primary }) => primary).length > 1
      ? [{ pointer: `/${field}`, code: 'too_many_primary', detail: 'only one can be primary' }]
      : [];
  return [
    ...twice(
      'emails',
      customer.emails.map(({ address }) => normalised(address)),
    ),
    ...twice(
      'externalKeys',
      customer.externalKeys.map(({ source, id }) => `${source}#${id}`),
    ),
    ...primaries('emails', customer.emails),
    ...primaries('phones', customer.phones),
    ...primaries('addresses', customer.addresses),
  ];
}

/** Throws `invalid_input` with every field that does not go together. */
export function checked(customer: Customer): Customer {
  const errors = [...kindErrors(customer), ...repeated(customer)];
  if (errors.length) throw new CrmError('invalid_input', { errors });
  return customer;
}

const withForms = (phones: CustomerInput['phones'], country: string | null): Customer['phones'] =>
  phones.map((phone) => ({ ...phone, e164: e164Of(phone.number, country) }));

/** A tag is said once, in the spelling that came first. */
const distinct = (tags: string[]) => [...new Map(tags.toReversed().map((tag) => [tag.toLowerCase(), tag])).values()].toReversed();

/** A new customer from what a caller says of her. */
export function newCustomer(input: CustomerInput, { id, via, country, now }: Defaults & { id: string; via: Customer['via'] }): Customer {
  const home = primaryOf(input.addresses)?.country ?? country;
  return checked({
    ...input,
    id,
    tags: distinct(input.tags),
    emails: input.emails.map((email) => ({ ...email, state: 'ok' })),
    phones: withForms(input.phones, home),
    externalKeys: input.externalKeys.map((key) => ({ ...key, seenAt: now })),
    lifecycleReason: null,
    via,
    archivedAt: null,
    createdAt: now,
    updatedAt: now,
    version: 1,
  });
}

/** The customer after a merge patch: what is absent stays, null clears, lists are replaced; states and forms that are ours are kept. */
export function patched(customer: Customer, patch: CustomerPatch, { country, now }: Defaults): Customer {
  const { emails, phones, externalKeys, tags, addresses, preferences, custom, ...plain } = patch;
  const next: Customer = { ...customer, ...(plain as Partial<Customer>) };
  if (tags !== undefined) next.tags = distinct(tags ?? []);
  if (addresses !== undefined) next.addresses = addresses ?? [];
  const home = primaryOf(next.addresses)?.country ?? country;
  if (emails !== undefined)
    next.emails = (emails ?? []).map((email) => ({
      ...email,
      state: customer.emails.find(({ address }) => normalised(address) === normalised(email.address))?.state ?? 'ok',
    }));
  if (phones !== undefined) next.phones = withForms(phones ?? [], home);
  if (externalKeys !== undefined)
    next.externalKeys = (externalKeys ?? []).map((key) => ({
      ...key,
      seenAt: customer.externalKeys.find(({ source, id }) => source === key.source && id === key.id)?.seenAt ?? now,
    }));
  if (preferences !== undefined)
    next.preferences = Preferences.parse(withoutNulls({ ...(preferences ? customer.preferences : {}), ...preferences }));
  if (custom !== undefined) next.custom = custom === null ? {} : (withoutNulls({ ...customer.custom, ...custom }) as Customer['custom']);
  return checked(next);
}

const withoutNulls = (values: Record<string, unknown>) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
