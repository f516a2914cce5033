import { createHash } from 'node:crypto';
import { writableFields } from '../admin/roles.ts';
import { customErrors } from '../admin/workspace.ts';
import { customerEntity, customerIdOf } from '../customers/customer.entity.ts';
import { type Customer, primaryOf } from '../customers/customer.ts';
import { newCustomer } from '../customers/make.ts';
import { CrmError } from '../kernel/errors.ts';
import { ulidAt } from '../kernel/ids.ts';
import { type Item, type UniqueKey, uniqueKey } from '../table/entity.ts';
import { type Permitted, permittedBy, sayConsents } from './consent-plan.ts';
import type { RowError } from './import.ts';
import type { FileRow } from './lines.ts';
import { merged } from './merge.ts';
import { type CustomersOfRow, customersOf, nameKey, type PlannedCustomer } from './rows.ts';
import { failedUnit, isUnit, newUnit, type Planner, type Planning, type ReadRow, readRow, touch, type Unit } from './units.ts';

/** Rows to customers made or changed, as the workspace is now. */

/** The id that a row of a job always leads to: a run taken up again makes nobody twice. Ids of one job sort by row. */
export function rowId({ jobId, startedAt }: Pick<Planning, 'jobId' | 'startedAt'>, row: number, role: string): string {
  const chance = Buffer.alloc(10);
  chance.writeUInt32BE(row, 0);
  createHash('sha256').update(`${jobId}\n${row}\n${role}`).digest().copy(chance, 4, 0, 6);
  return `cus_${ulidAt(startedAt, chance)}`;
}

const nameOf = ({ kind, value }: UniqueKey) => `${kind}#${value}`;
const known = new WeakMap<object, UniqueKey[]>();
/** The keys that a customer claims. Asked several times of a row, so they are kept with it. */
function claimsOf(input: object): UniqueKey[] {
  const held = known.get(input);
  if (held) return held;
  const claims = customerEntity.unique?.(input as Customer) ?? [];
  known.set(input, claims);
  return claims;
}

/** Who holds the keys that a window's rows name: by key the holder's row. */
export async function holdersOf({ ctx }: Pick<Planning, 'ctx'>, keys: UniqueKey[]): Promise<Map<string, Item>> {
  const claims = await ctx.table.getMany(
    keys.map((key) => uniqueKey(ctx.tenant, key)),
    { strong: true },
  );
  const held = keys.flatMap((key, at) => (claims[at]?.of ? [{ name: nameOf(key), pk: String(claims[at].of) }] : []));
  const rows = await ctx.table.getMany(
    held.map(({ pk }) => ({ pk, sk: '~' })),
    { strong: true },
  );
  return new Map(held.flatMap(({ name }, at) => (rows[at] ? [[name, rows[at]] as const] : [])));
}

type Read = ReadRow<CustomersOfRow>;

const read = (planning: Planning, file: FileRow): Read | Unit =>
  readRow(planning, file, (cells) => {
    const made = customersOf(planning.plan, file.row, cells);
    return 'errors' in made ? made : { ...made, customers: withNameKeys(planning, made.customers) };
  });

/** A company without key and e-mail is known by its name, and its contact by theirs. */
function withNameKeys({ plan, choices }: Planning, customers: PlannedCustomer[]): PlannedCustomer[] {
  const [main, contact] = customers;
  if (!main || choices.match === 'none' || main.input.kind !== 'company' || main.input.externalKeys.length || main.input.emails.length)
    return customers;
  const { source } = plan.mapping;
  const keyed = (customer: PlannedCustomer, id: string): PlannedCustomer => ({
    ...customer,
    input: { ...customer.input, externalKeys: [{ source, id }] },
    given: new Set([...customer.given, 'externalKeys']),
  });
  const id = nameKey(main.input.name);
  return [
    keyed(main, id),
    ...(contact ? [contact.input.emails.length ? contact : keyed(contact, `${id}:${nameKey(contact.input.name).slice(5)}`)] : []),
  ];
}

/** Makes the planner of a file of customers. `companies` finds or makes the companies that people belong to, by name. */
export const customerPlanner =
  (planning: Planning, companies: (names: string[]) => Promise<Map<string, string>>): Planner =>
  async (rows) => {
    const parsed = rows.map((file) => read(planning, file));
    const found = await companies([
      ...new Set(parsed.flatMap((one) => (!isUnit(one) && one.made.companyName ? [one.made.companyName] : []))),
    ]);
    const keys = new Map(
      parsed.flatMap((one) =>
        isUnit(one) ? [] : one.made.customers.flatMap(({ input }) => claimsOf(input).map((key) => [nameOf(key), key] as const)),
      ),
    );
    const holders = await holdersOf(planning, [...keys.values()]);
    const permitted = await permittedBy(
      planning,
      parsed.flatMap((one) => (isUnit(one) ? [] : one.made.customers)),
      (planned) => claimsOf(planned.input).flatMap((key) => holders.get(nameOf(key)) ?? []),
    );
    const units: Unit[] = [];
    for (const one of parsed)
      units.push(
        isUnit(one) ? one : await unitOf(planning, one, { holders, permitted, companyId: found.get(one.made.companyName ?? '') ?? null }),
      );
    return units;
  };

type Around = { holders: ReadonlyMap<string, Item>; permitted: Permitted; companyId: string | null };

async function unitOf(
  planning: Planning,
  { row, made: { customers }, repair }: Read,
  { holders, permitted, companyId }: Around,
): Promise<Unit> {
  const unit = newUnit(row);
  if (repair) unit.shown.repaired = repair;
  const names = customers.flatMap(({ input }) => claimsOf(input).map(nameOf));
  let tie = companyId;
  const contactId = customers.length > 1 ? rowId(planning, row, 'contact') : null;
  try {
    for (const planned of customers) {
      const tied = tie !== null && (planned.role === 'contact' || planned.input.kind === 'person');
      const input = tied ? { ...planned.input, companyId: tie } : planned.input;
      const id = await add(planning, unit, {
        planned: { ...planned, input },
        holders,
        permitted,
        contactId: planned.role === 'main' ? contactId : null,
        home: home(customers),
      });
      if (planned.role === 'main' && planned.input.kind === 'company') tie = id;
    }
  } catch (error) {
    if (!(error instanceof CrmError)) throw error;
    return { ...failedUnit(row, errorsOf(planning, row, error)), shown: unit.shown };
  }
  touch(planning.touched, unit, [...names, ...unit.written.map(({ c }) => c)]);
  return unit;
}

const home = ([main]: PlannedCustomer[]) => (main ? (primaryOf(main.input.addresses)?.country ?? null) : null);

type Adding = {
  planned: PlannedCustomer;
  holders: ReadonlyMap<string, Item>;
  permitted: Permitted;
  contactId: string | null;
  home: string | null;
};

/** Adds what becomes of one customer to the row's unit; answers her id. Throws what is wrong with her. */
async function add(planning: Planning, unit: Unit, { planned, holders, permitted, contactId, home }: Adding): Promise<string> {
  const { ctx, choices } = planning;
  const own = rowId(planning, unit.row, planned.role);
  const claims = claimsOf(planned.input);
  const matching = matchingClaims(choices.match, planned, claims);
  const item = choices.match === 'none' ? undefined : matching.map((key) => holders.get(nameOf(key))).find((row) => row !== undefined);
  const mine = claims.some((key) => idAt(holders.get(nameOf(key))) === own);
  if (mine) return done(unit, planned, 'created', own);
  if (item && choices.onMatch !== 'create') return change(planning, unit, { planned, item, permitted });
  const free = item ? withoutClaims(planned, matching.map(nameOf)) : planned;
  const taken = claimsOf(free.input).find((key) => holders.has(nameOf(key)));
  if (taken) throw duplicate(taken);
  const customer = await made(planning, free, { id: own, contactId, home });
  unit.actions.push(...customerEntity.create(ctx.tenant, own, customer, ctx.stamp));
  unit.written.push({ e: 'customer', c: own, v: 1 });
  sayConsents(planning, unit, { customerId: own, said: free.consents, permitted });
  unit.shown[customer.kind === 'person' ? 'people' : 'companies'] += 1;
  return done(unit, planned, 'created', own);
}

/** By which of its keys a row is matched. A row without a key is matched by e-mail; a company of neither by its name. */
function matchingClaims(match: Planning['choices']['match'], planned: PlannedCustomer, claims: UniqueKey[]): UniqueKey[] {
  const byKey = claims.filter(({ kind }) => kind === 'key');
  if (match === 'key' && byKey.length) return byKey;
  return claims.filter(({ kind }) => kind !== 'key' || nameKeyed(planned));
}

const idAt = (item: Item | undefined) => (item ? customerIdOf(item) : undefined);
const nameKeyed = ({ input }: PlannedCustomer) => input.externalKeys.some(({ id }) => id.startsWith('name:'));

function done(unit: Unit, { input, consents }: PlannedCustomer, outcome: 'created' | 'updated' | 'skipped', id: string): string {
  unit.counts[outcome] = (unit.counts[outcome] ?? 0) + 1;
  unit.shown.customers.push({ outcome, ...shownInput(input), ...(consents.length > 0 && { consents }) });
  return id;
}

/** What a dry run shows of a customer: what the file says, without what is empty. */
const shownInput = (input: object) =>
  Object.fromEntries(
    Object.entries(input).filter(
      ([name, value]) =>
        value !== null &&
        name !== 'companyId' &&
        !(Array.isArray(value) && value.length === 0) &&
        !(typeof value === 'object' && Object.keys(value).length === 0) &&
        name !== 'preferences',
    ),
  );

function withoutClaims(planned: PlannedCustomer, names: string[]): PlannedCustomer {
  const { input } = planned;
  const free = (kind: string, value: string) => !names.includes(`${kind}#${value}`);
  const taken = new Set(
    claimsOf(input)
      .filter((key) => !free(key.kind, key.value))
      .map(({ value }) => value),
  );
  return {
    ...planned,
    input: {
      ...input,
      externalKeys: input.externalKeys.filter(({ source, id }) => !taken.has(`${source}#${id}`)),
      emails: input.emails.filter((_, at) => !taken.has(claimsOf({ ...input, externalKeys: [] })[at]?.value ?? '')),
    },
  };
}

const duplicate = (key: UniqueKey) =>
  new CrmError('duplicate', {
    errors: [
      {
        pointer: key.kind === 'key' ? '/externalKeys' : '/emails',
        code: 'duplicate',
        detail: key.kind === 'key' ? 'another customer has this key' : 'another customer has this e-mail',
      },
    ],
  });

async function made(
  { ctx, plan }: Planning,
  { input }: PlannedCustomer,
  { id, contactId, home }: { id: string; contactId: string | null; home: string | null },
): Promise<Customer> {
  if (writableFields(ctx.actor.role)) throw new CrmError('forbidden', { detail: 'your role changes tags and consents' });
  const ownerId = input.ownerId ?? (ctx.scope('customers', 'write') === 'all' ? null : ctx.actor.memberId);
  if (!(await ctx.reaches('customers', 'write', ownerId))) throw new CrmError('forbidden', { detail: 'your role does not create these' });
  const errors = customErrors(input.custom, plan.customFields);
  if (errors.length) throw new CrmError('invalid_input', { errors });
  const customer = newCustomer({ ...input, ownerId }, { id, via: 'import', country: home ?? ctx.workspace.country, now: ctx.iso });
  return contactId ? { ...customer, mainContactId: contactId } : customer;
}

/** A customer who is there: left alone, or changed by what the row says. */
async function change(
  planning: Planning,
  unit: Unit,
  { planned, item, permitted }: { planned: PlannedCustomer; item: Item; permitted: Permitted },
): Promise<string> {
  const { ctx, choices } = planning;
  const held = customerEntity.decode(item);
  const skip = choices.onMatch === 'skip';
  if (!(await ctx.reaches('customers', skip ? 'read' : 'write', held.ownerId)))
    throw new CrmError('forbidden', { detail: 'the customer who is there is not yours to change' });
  if (skip) return done(unit, planned, 'skipped', held.id);
  if (held.archivedAt) throw new CrmError('already_archived', { detail: 'the customer who is there is archived' });
  const next = merged(held, planned, { country: ctx.workspace.country, now: ctx.iso, allowed: writableFields(ctx.actor.role) });
  const consents = sayConsents(planning, unit, { customerId: held.id, said: planned.consents, permitted });
  if (customerEntity.changedFields(held, next).length === 0) return done(unit, planned, consents > 0 ? 'updated' : 'skipped', held.id);
  unit.actions.push(...customerEntity.update(ctx.tenant, held.id, { from: item, to: next }, ctx.stamp));
  unit.written.push({ e: 'customer', c: held.id, v: held.version + 1, b: item });
  return done(unit, planned, 'updated', held.id);
}

const columnFields = { externalKeys: 'key', emails: 'email', phones: 'phone', addresses: 'street' } as const;

/** A refusal as errors of the row, with the file's columns. */
export function errorsOf({ plan }: Pick<Planning, 'plan'>, row: number, error: CrmError): RowError[] {
  const { errors = [{ pointer: '', code: error.code, detail: error.message }] } = error.details;
  return errors.map(({ pointer, code, detail }) => {
    const name = pointer.split('/')[1] ?? '';
    const field = columnFields[name as keyof typeof columnFields] ?? name;
    const at = plan.mapping.columns.findIndex((one) => one === field || one === `contact.${field}`);
    return { row, column: plan.headers[at] ?? null, code, detail };
  });
}
