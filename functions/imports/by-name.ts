import { createHash } from 'node:crypto';
import { writableFields } from '../admin/roles.ts';
import { customerEntity, customerIdOf, directoryPartition, directoryRow } from '../customers/customer.entity.ts';
import { type Customer, CustomerInput } from '../customers/customer.ts';
import { newCustomer } from '../customers/make.ts';
import { sortable } from '../kernel/collation.ts';
import { CrmError } from '../kernel/errors.ts';
import { fold } from '../kernel/fold.ts';
import { ulidAt } from '../kernel/ids.ts';
import { startingWith } from '../table/ranges.ts';
import { holdersOf } from './customer-plan.ts';
import { nameKey } from './rows.ts';
import { newUnit, type Planning, type Unit } from './units.ts';

/** Customers that a file knows by name only: found by the key that an earlier import gave them or by their very name, or else made. */
export type ByName = {
  /** By name as it was asked: the customer's id. */
  found: Map<string, string>;
  /** What has to be written before anything is hung on them. */
  units: Unit[];
};

const mostRemembered = 50_000;

export function customersByName(kind: Customer['kind']) {
  const known = new Map<string, string>();

  return async (planning: Planning, names: readonly string[]): Promise<ByName> => {
    if (known.size > mostRemembered) known.clear();
    const asked = new Map(names.map((name) => [fold(name), name]));
    const missing = [...asked].filter(([folded]) => !known.has(folded));
    const { source } = planning.plan.mapping;
    const keys = missing.map(([, name]) => ({ kind: 'key', value: `${source}#${nameKey(name)}` }));
    const holders = missing.length ? await holdersOf(planning, keys) : new Map();
    const units: Unit[] = [];
    for (const [at, [folded, name]] of missing.entries()) {
      const held = holders.get(`key#${keys[at]!.value}`);
      if (held && customerIdOf(held) === ownId(planning, folded)) units.push({ ...newUnit(0), counts: { created: 1 } });
      const id = held
        ? customerIdOf(held)
        : ((await namesake(planning, name, kind)) ?? (await make(planning, { name, kind, folded }, units)));
      known.set(folded, id);
    }
    return { found: new Map(names.map((name) => [name, known.get(fold(name))!])), units };
  };
}

/** The id that a name always leads to in one job: made by a run that was interrupted, the customer is known again and counted. */
const ownId = ({ jobId, startedAt }: Planning, folded: string) =>
  `cus_${ulidAt(startedAt, createHash('sha256').update(`${jobId}\n${folded}`).digest().subarray(0, 10))}`;

/** A customer of exactly this name, as folded. The directory is read by name; half a read unit. */
async function namesake({ ctx }: Planning, name: string, kind: Customer['kind']): Promise<string | undefined> {
  const { items } = await ctx.table.query({
    index: 'gsi1',
    pk: directoryPartition(ctx.tenant),
    range: startingWith(`${sortable(name)}#`),
    limit: 20,
  });
  const same = items.map((item) => directoryRow(item)).find((row) => row.kind === kind && fold(row.name) === fold(name));
  return same?.id;
}

async function make(
  planning: Planning,
  { name, kind, folded }: { name: string; kind: Customer['kind']; folded: string },
  units: Unit[],
): Promise<string> {
  const { ctx, plan } = planning;
  if (writableFields(ctx.actor.role) || ctx.scope('customers', 'write') !== 'all')
    throw new CrmError('forbidden', { detail: 'your role does not create customers' });
  const id = ownId(planning, folded);
  const input = CustomerInput.parse({
    kind,
    name: name.slice(0, 200),
    tags: plan.mapping.tags,
    externalKeys: [{ source: plan.mapping.source, id: nameKey(name) }],
  });
  const customer = newCustomer(input, { id, via: 'import', country: ctx.workspace.country, now: ctx.iso });
  const unit = newUnit(0);
  unit.counts.created = 1;
  unit.actions.push(...customerEntity.create(ctx.tenant, id, customer, ctx.stamp));
  unit.written.push({ e: 'customer', c: id, v: 1 });
  unit.shown[kind === 'person' ? 'people' : 'companies'] += 1;
  units.push(unit);
  return id;
}
