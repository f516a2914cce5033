import { customerEntity, customerIdOf, normalised } from '../customers/customer.entity.ts';
import { interactionEntity } from '../interactions/interaction.entity.ts';
import { checked, unlinked } from '../interactions/interaction.ts';
import { CrmError } from '../kernel/errors.ts';
import type { Item, UniqueKey } from '../table/entity.ts';
import { becomesCase, importedCase, importedCaseId } from './cases.ts';
import { errorsOf, holdersOf } from './customer-plan.ts';
import { type InteractionOfRow, interactionOf } from './interaction-rows.ts';
import { keyOf } from './rows.ts';
import { failedUnit, isUnit, newUnit, type Planner, type Planning, type ReadRow, readRow, touch, type Unit } from './units.ts';

type Read = ReadRow<InteractionOfRow>;

/** The keys by which a row may name its customer. */
function keysOf({ plan }: Planning, { customer: { by, value } }: InteractionOfRow): UniqueKey[] {
  if (by === 'key') return [{ kind: 'key', value: `${plan.mapping.source}#${keyOf(value)}` }];
  return by === 'email' ? (['person', 'company'] as const).map((kind) => ({ kind: `${kind}#email`, value: normalised(value) })) : [];
}

/** Makes the planner of a file of interactions. `companies` finds or makes the customers that rows name. */
export const interactionPlanner =
  (planning: Planning, companies: (names: string[]) => Promise<Map<string, string>>): Planner =>
  async (rows) => {
    const parsed = rows.map((file) => readRow(planning, file, (cells) => interactionOf(planning.plan, file.row, cells)));
    const names = parsed.flatMap((one) => (!isUnit(one) && one.made.customer.by === 'name' ? [one.made.customer.value] : []));
    const found = await companies([...new Set(names)]);
    const keys = parsed.flatMap((one) => (isUnit(one) ? [] : keysOf(planning, one.made)));
    const holders = await holdersOf(planning, keys);
    const others = await alreadyThere(planning, parsed, { found, holders });
    return Promise.all(parsed.map((one) => (isUnit(one) ? one : unitOf(planning, one, { found, holders, others }))));
  };

/** Customers by the names and keys that rows say. */
type Known = { found: ReadonlyMap<string, string>; holders: ReadonlyMap<string, Item> };

const customerIdFor = (planning: Planning, made: InteractionOfRow, { found, holders }: Known) => {
  if (made.customer.by === 'name') return found.get(made.customer.value);
  const item = keysOf(planning, made)
    .map(({ kind, value }) => holders.get(`${kind}#${value}`))
    .find((row) => row !== undefined);
  return item && customerIdOf(item);
};

/** Rows of today whose other possible time is in the timeline already. */
async function alreadyThere(planning: Planning, parsed: (Read | Unit)[], known: Known): Promise<Set<number>> {
  const { ctx } = planning;
  const asked = parsed.flatMap((one) => {
    const customerId = isUnit(one) || !one.made.otherId ? undefined : customerIdFor(planning, one.made, known);
    return isUnit(one) || !customerId
      ? []
      : [{ row: one.row, key: interactionEntity.key(ctx.tenant, { customerId, id: one.made.otherId! }) }];
  });
  const rows = await ctx.table.getMany(asked.map(({ key }) => key));
  return new Set(asked.filter((_, at) => rows[at]).map(({ row }) => row));
}

type Around = Known & { others: ReadonlySet<number> };

async function unitOf(planning: Planning, { row, made, repair }: Read, { found, holders, others }: Around): Promise<Unit> {
  const { ctx } = planning;
  const unit = newUnit(row);
  if (repair) unit.shown.repaired = repair;
  const customerId = customerIdFor(planning, made, { found, holders });
  const column = planning.plan.headers[planning.plan.mapping.columns.indexOf(`customer.${made.customer.by}`)] ?? null;
  if (!customerId)
    return { ...failedUnit(row, [{ row, column, code: 'no_such_customer', detail: 'no such customer' }]), shown: unit.shown };
  try {
    const holder =
      made.customer.by === 'name'
        ? undefined
        : customerEntity.decode([...holders.values()].find((item) => customerIdOf(item) === customerId)!);
    if (!(await ctx.reaches('interactions', 'write', holder?.ownerId ?? null)))
      throw new CrmError('forbidden', { detail: 'your role does not log interactions' });
    if (holder?.archivedAt) throw new CrmError('already_archived', { detail: 'the customer is archived' });
    const { memberId = ctx.actor.memberId, ...input } = made.input;
    const interaction = checked(
      { ...input, id: made.id, customerId, occurredAt: made.occurredAt, memberId, ...unlinked, archivedAt: null, version: 1 },
      ctx.now,
    );
    unit.shown.interaction = { outcome: 'created', ...shownInteraction(interaction) };
    if (others.has(row)) return { ...unit, counts: { skipped: 1 } };
    unit.counts.created = 1;
    const opens = planning.choices.createCases === true && becomesCase(interaction);
    const entry = opens ? { ...interaction, caseId: importedCaseId(interaction.id) } : interaction;
    if (opens) unit.opens = importedCase(ctx, interaction, { timely: made.timely, jobId: planning.jobId });
    unit.actions.push(...interactionEntity.create(ctx.tenant, entry, entry, ctx.stamp));
    unit.written.push({ e: 'interaction', c: customerId, i: made.id, v: 1 });
    touch(planning.touched, unit, [`${customerId}${made.id}`]);
    return unit;
  } catch (error) {
    if (!(error instanceof CrmError)) throw error;
    return { ...failedUnit(row, errorsOf(planning, row, error)), shown: unit.shown };
  }
}

const shownInteraction = (interaction: object) =>
  Object.fromEntries(Object.entries(interaction).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)));
