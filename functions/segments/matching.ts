import type { Agent } from '../agent.ts';
import { customerIdOf } from '../customers/customer.entity.ts';
import { type Filter, fieldsIn, type Served } from '../kernel/filter.ts';
import type { Moment } from '../kernel/filter-match.ts';
import type { Item, Key } from '../table/entity.ts';
import { fieldsFor } from './fields.ts';
import { type Plan, planOf } from './plan.ts';
import { ownValues, sources } from './sources.ts';

/** All that reading customers by a filter needs of whoever asks: a request's context or the product itself. */
export type Reader = Pick<Agent, 'table' | 'tenant' | 'workspace' | 'now'>;

/** The moment at which a filter of this workspace is asked. */
export const momentFor = ({ workspace, now }: Pick<Reader, 'workspace' | 'now'>, filter: Filter): Moment => ({
  fields: fieldsFor(workspace, fieldsIn(filter)),
  now,
  zone: workspace.timeZone,
});

export const planFor = (reader: Reader, filter: Filter): Plan => planOf(filter, momentFor(reader, filter));

const chunk = 100;
const chunksAbreast = 8;

/** Rows by key in their order, 800 at a time. Half a read unit a key. */
export async function readMany({ table }: Pick<Reader, 'table'>, keys: Key[]): Promise<(Item | undefined)[]> {
  const parts = Array.from({ length: Math.ceil(keys.length / chunk) }, (_, at) => keys.slice(at * chunk, (at + 1) * chunk));
  const found: (Item | undefined)[][] = new Array(parts.length);
  const queue = parts.entries();
  await Promise.all(
    Array.from({ length: Math.min(chunksAbreast, parts.length) }, async () => {
      for (const [at, part] of queue) found[at] = await table.getMany(part);
    }),
  );
  return found.flat();
}

/** A customer as far as she is known: `values` in the words of the fields. More is laid over them as it is read. */
export type Known = { id: string; values: Record<string, unknown> };
export const knownBy = (row: Item): Known => ({ id: customerIdOf(row), values: ownValues(row) });

/** Which of these customers meet the filter. What lies beside a customer is read only while her answer is open. */
export async function whoMeets(reader: Reader, plan: Plan, customers: readonly Known[]): Promise<boolean[]> {
  const known = new Set<Served>();
  const answers = customers.map(({ values }) => plan.decide(values, known));
  for (const step of plan.steps) {
    const open = customers.filter((_, at) => answers[at] === undefined);
    known.add(step.served);
    if (open.length > 0) await learn(reader, step, open);
    for (const [at, { values }] of customers.entries()) answers[at] ??= plan.decide(values, known);
  }
  return answers.map((met) => met === true);
}

/** Reads what a step needs of some customers and lays it over what is known of them. */
export async function learn(reader: Reader, { served, fields }: Plan['steps'][number], customers: readonly Known[]): Promise<void> {
  const source = sources[served];
  if (!source) throw new Error(`nobody says how ${served} is read`);
  const keys = customers.map(({ id }) => source.keys(reader.tenant, id, fields));
  const rows = await readMany(reader, keys.flat());
  let next = 0;
  for (const [at, { values }] of customers.entries()) {
    const many = keys[at]?.length ?? 0;
    Object.assign(values, source.values(rows.slice(next, next + many), fields));
    next += many;
  }
}

/** Whether one customer meets a filter, by her row as it is, archived or not. Half a read unit for each row beside her that is needed. */
export async function meetsFilter(reader: Reader, filter: Filter, row: Item): Promise<boolean> {
  const [met] = await whoMeets(reader, planFor(reader, filter), [knownBy(row)]);
  return met === true;
}
