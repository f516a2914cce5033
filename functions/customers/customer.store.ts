import { writableFields } from '../admin/roles.ts';
import { customErrors, shownCustom } from '../admin/workspace.ts';
import type { Ctx } from '../context.ts';
import { CrmError, type FieldError, missing } from '../kernel/errors.ts';
import type { Verb } from '../kernel/route.ts';
import { GuardError, type Item, TakenError, uniqueKey } from '../table/entity.ts';
import { collection, customerEntity, customerIdOf, normalised } from './customer.entity.ts';
import { archived, type Customer, type CustomerInput, type CustomerPatch, kinds, type Lifecycle, moveTo, restored } from './customer.ts';
import { newCustomer, patched } from './make.ts';

const tries = 6;
export type CustomerStore = ReturnType<typeof customerStore>;

/** The customers of one workspace, as one caller may see and change them. What he may not see is absent. */
export const customerStore = (ctx: Ctx) => {
  const { table, tenant } = ctx;

  /** The customer's row, or `not_found` where there is none that the caller may see. 1 read unit. */
  const row = async (id: string, verb: Verb = 'read'): Promise<Item> => {
    const item = await table.get(customerEntity.key(tenant, id));
    if (!item) return missing();
    await permit(customerEntity.decode(item), verb);
    return item;
  };

  const permit = async (customer: Customer, verb: Verb, resource: 'customers' | 'interactions' = 'customers') => {
    if (!(await ctx.reaches(resource, 'read', customer.ownerId)) || !(await ctx.reaches('customers', 'read', customer.ownerId))) missing();
    if (verb !== 'read' && !(await ctx.reaches(resource, verb, customer.ownerId)))
      throw new CrmError('forbidden', { needs: `${resource}:${verb}` });
  };

  /** A customer without the values of custom fields that were removed: they stay stored. */
  const shown = (customer: Customer): Customer => ({ ...customer, custom: shownCustom(customer.custom, ctx.workspace.fields) });

  const get = async (id: string, verb: Verb = 'read') => shown(customerEntity.decode(await row(id, verb)));

  /** The customer behind an interaction or a file: her own permission and that of the resource both hold. */
  const forResource = async (id: string, verb: Verb) => {
    const item = await table.get(customerEntity.key(tenant, id));
    const customer = item ? customerEntity.decode(item) : missing();
    await permit(customer, verb, 'interactions');
    return customer;
  };

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
    const errors = await referenceErrors(next, before);
    if (errors.length) throw new CrmError('invalid_input', { errors });
  };

  /** What a caller learns of the customer who holds a key: all of it where she is his to see, else only that she is there. */
  const existing = async (error: TakenError) => {
    const matchedOn = error.key.kind === 'key' ? ('externalKey' as const) : ('email' as const);
    const item = error.holder ? await table.get({ pk: error.holder, sk: '~' }) : undefined;
    const holder = item && customerEntity.decode(item);
    if (holder && (await ctx.reaches('customers', 'read', holder.ownerId)))
      return { id: holder.id, matchedOn, archived: holder.archivedAt !== null, visible: true };
    const owner = holder?.ownerId ? (await ctx.roster()).find(({ id }) => id === holder.ownerId) : undefined;
    return { matchedOn, visible: false, ownerName: owner?.name ?? null, requestAccess: true };
  };

  const orDuplicate = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof TakenError) throw new CrmError('duplicate', { existing: [await existing(error)] });
      throw error;
    }
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
    await orDuplicate(table.commit(createActions(customer)));
    return customer;
  };

  /**
   * Reads, changes and writes a customer until nobody came between. `change` is a pure function of the row that is there; a
   * customer that it gives back unchanged is not written.
   */
  const change = async (
    id: string,
    verb: Verb,
    rule: (customer: Customer, item: Item) => Customer | Promise<Customer>,
  ): Promise<Customer> => {
    for (let attempt = 0; ; attempt++) {
      const item = await row(id, verb);
      const before = customerEntity.decode(item);
      const next = await rule(before, item);
      if (customerEntity.changedFields(before, next).length === 0) return shown(before);
      try {
        await orDuplicate(table.commit(customerEntity.update(tenant, id, { from: item, to: next }, ctx.stamp)));
        return shown({ ...next, version: before.version + 1, updatedAt: ctx.iso, via: ctx.stamp.via as Customer['via'] });
      } catch (error) {
        if (!(error instanceof GuardError)) throw error;
        if (attempt + 1 >= tries) throw new CrmError('conflict', { headers: { 'Retry-After': '1' } }, error);
      }
    }
  };

  /** A merge patch by somebody who read version `seen`: passes while none of its fields has changed since, else `stale` with those that have. */
  const patch = async (id: string, body: CustomerPatch, seen: number): Promise<Customer> => {
    const allowed = writableFields(ctx.actor.role);
    const barred = Object.keys(body).filter((field) => allowed && !allowed.includes(field));
    return change(id, 'write', async (customer, item) => {
      if (barred.length) throw new CrmError('forbidden', { needs: 'customers:write', fields: barred });
      if (customer.archivedAt) throw new CrmError('already_archived');
      const versions = customerEntity.fieldVersions(item);
      const changed = Object.keys(body).filter((field) => (versions[field] ?? 1) > seen);
      if (seen > customer.version || changed.length)
        throw new CrmError('stale', { fields: changed, version: customer.version, headers: { ETag: `"${customer.version}"` } });
      const next = patched(customer, body, { country: ctx.workspace.country, now: ctx.iso });
      await checkReferences(next, customer);
      return next;
    });
  };

  /** The customers who hold a key, as their claims say. 2 read units a claim, strongly consistent. */
  const byClaim = async (claims: { kind: string; value: string }[]): Promise<Customer[]> => {
    const held = await table.getMany(
      claims.map((claim) => uniqueKey(tenant, claim)),
      { strong: true },
    );
    const keys = held.flatMap((item) => (item?.of ? [{ pk: String(item.of), sk: '~' }] : []));
    const rows = (await table.getMany(keys, { strong: true })).flatMap((item) => (item ? [customerEntity.decode(item)] : []));
    const seen = await Promise.all(rows.map((customer) => ctx.reaches('customers', 'read', customer.ownerId)));
    return rows.filter((_, at) => seen[at]).map(shown);
  };

  return {
    row,
    get,
    forResource,
    draft,
    create,
    createActions,
    change,
    patch,
    existing,
    checkReferences,
    shown,
    find: (id: string) => get(id).catch(absent),
    archive: (id: string) => change(id, 'delete', (customer) => archived(customer, ctx.iso)),
    restore: (id: string) => change(id, 'delete', restored),
    move: (id: string, lifecycle: Lifecycle, reason?: string) => {
      if (writableFields(ctx.actor.role)) throw new CrmError('forbidden', { needs: 'customers:write', fields: ['lifecycle'] });
      return change(id, 'write', (customer) => (customer.archivedAt ? barredArchived() : moveTo(customer, lifecycle, reason)));
    },
    byEmail: (address: string, kind?: Customer['kind']) =>
      byClaim((kind ? [kind] : kinds).map((each) => ({ kind: `${each}#email`, value: normalised(address) }))),
    byExternalKey: (source: string, id: string) => byClaim([{ kind: 'key', value: `${source}#${id}` }]),
    collection: (id: string) => collection(tenant, id),
    idOf: customerIdOf,
  };
};

const absent = (error: unknown): undefined => {
  if (error instanceof CrmError && error.code === 'not_found') return undefined;
  throw error;
};

const barredArchived = (): never => {
  throw new CrmError('already_archived');
};
