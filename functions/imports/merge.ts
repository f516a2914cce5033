import { normalised } from '../customers/customer.entity.ts';
import type { Customer, CustomerPatch } from '../customers/customer.ts';
import { moveTo, primaryOf } from '../customers/customer.ts';
import { patched } from '../customers/make.ts';
import type { PlannedCustomer } from './rows.ts';

/** A customer who is there, after a row of a file: what the row says is so, what it does not say stays. Pure. */
const plainFields = ['name', 'givenName', 'familyName', 'salutation', 'jobTitle', 'ownerId', 'timeZone'] as const;

type Input = PlannedCustomer['input'];

function emails(held: Customer['emails'], said: Input['emails']) {
  const list: Input['emails'] = held.map(({ address, label, primary }) => ({ address, label, primary }));
  for (const [at, email] of said.entries()) {
    if (list.some(({ address }) => normalised(address) === normalised(email.address))) continue;
    const first = at === 0 ? primaryOf(list) : undefined;
    if (first) list[list.indexOf(first)] = { ...first, address: email.address };
    else list.push({ ...email, primary: email.primary && !list.some(({ primary }) => primary) });
  }
  return list;
}

/** Each kind of number has its place: the file's fax takes the place of the fax that is there. */
function phones(held: Customer['phones'], said: Input['phones']) {
  const list: Input['phones'] = held.map(({ e164: _form, ...phone }) => phone);
  for (const phone of said) {
    if (list.some(({ number, type }) => number === phone.number && type === phone.type)) continue;
    const at = list.findIndex(({ type }) => type === phone.type);
    if (at >= 0) list[at] = { ...list[at]!, number: phone.number };
    else list.push({ ...phone, primary: phone.primary && !list.some(({ primary }) => primary) });
  }
  return list;
}

function addresses(held: Customer['addresses'], said: Input['addresses']) {
  const [address] = said;
  const first = primaryOf(held);
  if (!address) return held;
  if (!first) return [...held, address];
  return held.map((one) => (one === first ? { ...address, label: one.label ?? address.label, primary: one.primary } : one));
}

/** What the row changes. `allowed` are the only fields that the member's role may change, if it is not all of them. */
function patchOf(held: Customer, { input, given }: PlannedCustomer, allowed: readonly string[] | undefined): CustomerPatch {
  const patch: Record<string, unknown> = {};
  for (const field of plainFields) if (given.has(field)) patch[field] = input[field];
  if (input.companyId) patch.companyId = input.companyId;
  if (given.has('emails')) patch.emails = emails(held.emails, input.emails);
  if (given.has('phones')) patch.phones = phones(held.phones, input.phones);
  if (given.has('addresses')) patch.addresses = addresses(held.addresses, input.addresses);
  if (given.has('tags')) patch.tags = [...held.tags, ...input.tags];
  if (given.has('custom')) patch.custom = input.custom;
  if (given.has('preferences')) patch.preferences = { language: input.preferences.language };
  if (given.has('externalKeys')) {
    const known = new Set(held.externalKeys.map(({ source, id }) => `${source}#${id}`));
    patch.externalKeys = [
      ...held.externalKeys.map(({ source, id }) => ({ source, id })),
      ...input.externalKeys.filter(({ source, id }) => !known.has(`${source}#${id}`)),
    ];
  }
  if (allowed) for (const field of Object.keys(patch)) if (!allowed.includes(field)) delete patch[field];
  return patch as CustomerPatch;
}

export function merged(
  held: Customer,
  planned: PlannedCustomer,
  { country, now, allowed }: { country: string; now: string; allowed: readonly string[] | undefined },
): Customer {
  const next = patched(held, patchOf(held, planned, allowed), { country, now });
  const lifecycle = planned.given.has('lifecycle') && !allowed ? planned.input.lifecycle : next.lifecycle;
  return moveTo(next, lifecycle, 'import');
}
