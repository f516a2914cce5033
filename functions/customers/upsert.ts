import type { Ctx } from '../context.ts';
import { CrmError, invalid } from '../kernel/errors.ts';
import { anyVersion } from '../table/fresh.ts';
import { type Customer, CustomerInput, type CustomerUpsert } from './customer.ts';
import { customerWriter } from './customer.write.ts';

/** Which customer is meant: the two halves of her external key. */
export type KeyAsked = { source: string; externalId: string };
export type Upserted = { customer: Customer; isNew: boolean };

/**
 * Creates the customer with an external key, or changes what the body names of her, whatever version is there; two at once end as one.
 * What it does not name stays as the staff or another source left it. Throws `invalid_input`, `duplicate`, `already_archived`.
 */
export async function upsertCustomer(ctx: Ctx, asked: KeyAsked, body: CustomerUpsert): Promise<Upserted> {
  const held = async () => (await ctx.customers.byExternalKey(asked.source, asked.externalId))[0];
  const holder = await held();
  if (holder) return { customer: await change(ctx, holder, { asked, body }), isNew: false };
  try {
    return { customer: await customerWriter(ctx).create(asInput(asked, body)), isNew: true };
  } catch (error) {
    // Somebody else may have made her at the same moment; what is taken may also be an e-mail, or another key of the body.
    const made = error instanceof CrmError && error.code === 'duplicate' ? await held() : undefined;
    if (!made) throw error;
    return { customer: await change(ctx, made, { asked, body }), isNew: false };
  }
}

/** The keys that a body names, and the one in the path. */
const keysOf = ({ source, externalId }: KeyAsked, named: CustomerUpsert['externalKeys']) => [
  ...(named ?? []).filter((key) => key.source !== source || key.id !== externalId),
  { source, id: externalId },
];

/** As somebody new: null stands for nothing. */
const asInput = (asked: KeyAsked, body: CustomerUpsert): CustomerInput =>
  CustomerInput.parse({ ...withoutNulls(body), externalKeys: keysOf(asked, body.externalKeys) });

const withoutNulls = (value: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null && member !== undefined)
      .map(([name, member]) => [name, typeof member === 'object' && !Array.isArray(member) ? withoutNulls(member) : member]),
  );

/** Kind and life cycle have ways of their own to change. */
async function change(ctx: Ctx, holder: Customer, { asked, body }: { asked: KeyAsked; body: CustomerUpsert }): Promise<Customer> {
  const { kind, lifecycle: _lifecycle, externalKeys, ...fields } = body;
  if (holder.kind !== kind) throw invalid('/kind', 'kind_differs', `this key belongs to a ${holder.kind}`);
  const patch = { ...fields, ...(externalKeys !== undefined && { externalKeys: keysOf(asked, externalKeys) }) };
  return customerWriter(ctx).patch(holder.id, patch, anyVersion);
}
