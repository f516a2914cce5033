import { writableFields } from '../admin/roles.ts';
import { customErrors } from '../admin/workspace.ts';
import type { Ctx } from '../context.ts';
import { CrmError, type FieldError } from '../kernel/errors.ts';
import { checkFresh } from '../table/fresh.ts';
import { customerEntity } from './customer.entity.ts';
import type { Customer, CustomerInput, CustomerPatch } from './customer.ts';
import { newCustomer, patched } from './make.ts';

/**
 * Creating customers and changing their fields, as one caller may. Apart from the store, because reading a phone number takes
 * 117 KiB that only those who write customers should carry.
 */
export const customerWriter = (ctx: Ctx) => {
  const { table, tenant } = ctx;

  /** References that lead nowhere, custom fields that are not defined, an owner who is not of the staff. */
  const referenceErrors = async (next: Customer, before?: Customer): Promise<FieldError[]> => {
    const errors = customErrors(next.custom, ctx.workspace.fields, before?.custom);
    const links = [
      ['companyId', 'company'],
      ['parentId', 'company'],
      ['mainContactId', 'person'],
    ] as const;
    const asked = links.flatMap(([field, kind]) =>
      next[field] && next[field] !== before?.[field] ? [{ field, kind, id: next[field] }] : [],
    );
    const found = await table.getMany(asked.map(({ id }) => customerEntity.key(tenant, id)));
    for (const [at, { field, kind, id }] of asked.entries()) {
      const other = found[at] && customerEntity.decode(found[at]);
      const seen = other && (await ctx.reaches('customers', 'read', other.ownerId));
      if (!seen || other.kind !== kind || id === next.id)
        errors.push({ pointer: `/${field}`, code: 'no_such_customer', detail: `no such ${kind}` });
    }
    if (
      next.ownerId &&
      next.ownerId !== before?.ownerId &&
      !(await ctx.roster()).some(({ id, status }) => id === next.ownerId && status === 'active')
    )
      errors.push({ pointer: '/ownerId', code: 'no_such_member', detail: 'no such member' });
    return errors;
  };

  const checkReferences = async (next: Customer, before?: Customer) => {
    let errors = await referenceErrors(next, before);
    if (errors.length === 0) return;
    await ctx.reread();
    errors = await referenceErrors(next, before);
    if (errors.length) throw new CrmError('invalid_input', { errors });
  };

  /** What a new customer is, checked against everything but uniqueness. */
  const draft = async (input: CustomerInput, id = ctx.newId('cus')): Promise<Customer> => {
    const ownerId = input.ownerId ?? (ctx.scope('customers', 'write') === 'all' ? null : ctx.actor.memberId);
    if (writableFields(ctx.actor.role))
      throw new CrmError('forbidden', { needs: 'customers:write', detail: 'your role changes tags and consents' });
    if (!(await ctx.reaches('customers', 'write', ownerId))) throw new CrmError('forbidden', { needs: 'customers:write' });
    const customer = newCustomer(
      { ...input, ownerId },
      { id, via: ctx.actor.via as Customer['via'], country: ctx.workspace.country, now: ctx.iso },
    );
    await checkReferences(customer);
    return customer;
  };

  const createActions = (customer: Customer) => customerEntity.create(tenant, customer.id, customer, ctx.stamp);

  /** Creates a customer. 7 write units with one e-mail. Throws `duplicate` with who is there. */
  const create = async (input: CustomerInput): Promise<Customer> => {
    const customer = await draft(input);
    await ctx.customers.commit(createActions(customer));
    return customer;
  };

  /** A merge patch by somebody who read version `seen`: passes while none of its fields has changed since, else `stale` with those that have. */
  const patch = async (id: string, body: CustomerPatch, seen: number): Promise<Customer> => {
    const allowed = writableFields(ctx.actor.role);
    const barred = Object.keys(body).filter((field) => allowed && !allowed.includes(field));
    return ctx.customers.change(id, 'write', async (customer, item) => {
      if (barred.length) throw new CrmError('forbidden', { needs: 'customers:write', fields: barred });
      if (customer.archivedAt) throw new CrmError('already_archived');
      checkFresh(Object.keys(body), { seen, version: customer.version, versions: customerEntity.fieldVersions(item) });
      const next = patched(customer, body, { country: ctx.workspace.country, now: ctx.iso });
      await checkReferences(next, customer);
      return next;
    });
  };

  return { draft, create, createActions, patch, checkReferences };
};
