import { writableFields } from '../admin/roles.ts';
import { shownCustom } from '../admin/workspace.ts';
import type { Ctx } from '../context.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import type { Verb } from '../kernel/route.ts';
import { type Action, GuardError, type Item, TakenError, uniqueKey } from '../table/entity.ts';
import { collection, customerEntity, customerIdOf, normalised } from './customer.entity.ts';
import { archived, type Customer, kinds, type Lifecycle, moveTo, restored } from './customer.ts';

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

  /** Commits what claims keys. Throws `duplicate` with everybody who holds one of them. */
  const commit = async (actions: Action[]): Promise<void> => {
    const failed = await table.attempt(actions);
    const errors = failed.map(({ action, row }) => action.onGuard?.(row) ?? new GuardError(row));
    const other = errors.find((error) => !(error instanceof TakenError));
    if (other) throw other;
    const taken = errors.filter((error) => error instanceof TakenError);
    if (taken.length === 0) return;
    const holders = new Map((await Promise.all(taken.map(existing))).map((one) => ['id' in one ? one.id : one.matchedOn, one]));
    throw new CrmError('duplicate', { existing: [...holders.values()] });
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
        await commit(customerEntity.update(tenant, id, { from: item, to: next }, ctx.stamp));
        return shown({ ...next, version: before.version + 1, updatedAt: ctx.iso, via: ctx.stamp.via as Customer['via'] });
      } catch (error) {
        if (!(error instanceof GuardError)) throw error;
        if (attempt + 1 >= tries) throw new CrmError('conflict', { headers: { 'Retry-After': '1' } }, error);
      }
    }
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
    change,
    commit,
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
