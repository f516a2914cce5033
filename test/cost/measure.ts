import { customerEntity } from '../../functions/customers/customer.entity.ts';
import { CustomerInput } from '../../functions/customers/customer.ts';
import { newCustomer } from '../../functions/customers/make.ts';
import { searchRowChanges } from '../../functions/customers/search-rows.ts';
import { isoOf } from '../../functions/kernel/clock.ts';
import { idMaker } from '../../functions/kernel/ids.ts';
import type { Item } from '../../functions/table/entity.ts';
import type { Consumed } from '../../functions/table/table.ts';
import { measureWith, tableOf } from '../../functions/table/tenant.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import type { World } from '../_util/world.ts';
import { bulkLoad } from './bulk.ts';
import { campaignOperations } from './campaign-operations.ts';
import { caseOperations } from './case-operations.ts';
import { formOperations } from './form-operations.ts';
import { mailOperations } from './mail.ts';
import { type Operation, operations } from './operations.ts';
import { segmentOperations } from './segments.ts';
import { surveyOperations } from './survey-operations.ts';

/** What one operation consumed beside what it must. `usdPerMillion` at list price: $0.125 a million reads, $0.625 a million writes. */
export type CostRow = {
  operation: string;
  customers: number;
  calls: number;
  rru: number;
  wru: number;
  optimumRru: number;
  optimumWru: number;
  usdPerMillion: number;
};

const reading = new Set(['GetItem', 'BatchGetItem', 'Query']);
const unitsOf = (capacity: unknown): number =>
  Array.isArray(capacity)
    ? capacity.reduce((sum: number, each) => sum + unitsOf(each), 0)
    : Number((capacity as { CapacityUnits?: number } | undefined)?.CapacityUnits ?? 0);

/** Everything the product's table layer consumes while `work` runs. */
export async function consumedBy(work: () => Promise<unknown>): Promise<{ calls: number; rru: number; wru: number }> {
  const seen: Consumed[] = [];
  measureWith((consumed) => seen.push(consumed));
  await work().finally(() => measureWith(undefined));
  const sum = (wanted: boolean) =>
    seen.filter(({ operation }) => reading.has(operation) === wanted).reduce((total, { capacity }) => total + unitsOf(capacity), 0);
  return { calls: seen.length, rru: sum(true), wru: sum(false) };
}

/** Of one width, so that a page of rows weighs the same in a workspace of any size. */
const digits = (at: number) => String(at).padStart(8, '0');

/** The customer of the byte budgets: all that a shop usually knows. */
export const sample = (at: number, name = `Ana Trujillo ${digits(at)}`) =>
  CustomerInput.parse({
    kind: 'person',
    name,
    givenName: 'Ana',
    familyName: 'Trujillo',
    jobTitle: 'Owner',
    tags: ['wholesale'],
    emails: [{ address: `ana${digits(at)}@trujillo.example`, label: 'work', primary: true }],
    phones: [{ number: `+63 917 555 ${String(at % 10_000).padStart(4, '0')}`, type: 'mobile', primary: true }],
    addresses: [
      { label: 'work', lines: ['Avda. de la Constitución 2222'], city: 'Manila', postalCode: '1004', country: 'PH', primary: true },
    ],
    preferences: { language: 'fil', channel: 'email', topics: ['service'] },
    timeZone: 'Asia/Manila',
    externalKeys: [],
  });

/** Loads customers through the entity code, rows and claims as a commit would have made them. */
export async function load(ws: SeededWorkspace, engineFile: string, { many, now }: { many: number; now: number }): Promise<void> {
  await bulkLoad(engineFile, customerRows(ws, many, now));
}

function* customerRows(ws: SeededWorkspace, many: number, now: number): Generator<Item> {
  const newId = idMaker(() => now);
  const stamp = { by: ws.members.admin.id, via: 'key', requestId: 'load', now };
  for (let at = 0; at < many; at++) {
    const defaults = { id: newId('cus', now - many + at), via: 'key' as const, country: 'PH', now: isoOf(now) };
    const ownerId = at % 100 === 0 ? ws.members.sales.id : at % 100 === 1 ? ws.members.manager.id : null;
    const actions = customerEntity.create(ws.tenant, defaults.id, newCustomer({ ...sample(at), ownerId }, defaults), stamp);
    for (const action of actions) if ('put' in action) yield action.put;
  }
}

/** Ten customers that one word finds, with their search rows. */
export async function loadFound(ws: SeededWorkspace, now: number): Promise<Item[]> {
  const table = tableOf(ws.tenant, now);
  const newId = idMaker(() => now);
  const stamp = { by: null, via: 'key', requestId: 'load', now };
  const made = Array.from({ length: 10 }, (_, at) => {
    const defaults = { id: newId('cus'), via: 'key' as const, country: 'PH', now: isoOf(now) };
    const input = { ...sample(90_000_000 + at, `Quezonwater Shop ${at}`), emails: [], phones: [] };
    return customerEntity.create(ws.tenant, defaults.id, newCustomer(input, defaults), stamp)[0];
  });
  const rows = made.flatMap((action) => (action && 'put' in action ? [action.put] : []));
  const words = rows.flatMap((row) => searchRowChanges(ws.tenant, { before: undefined, after: customerEntity.decode(row) }, new Map()));
  await table.writeMany([...rows.map((put) => ({ put })), ...words]);
  return words.flatMap((row) => ('put' in row && String(row.put.sk).startsWith('quezonwater') ? [row.put] : []));
}

const later = [...segmentOperations, ...mailOperations, ...campaignOperations, ...surveyOperations, ...caseOperations, ...formOperations];

/** To noon: whether something is still to be reminded of today depends on the hour. */
const toNoon = (world: World) => {
  const day = 86_400_000;
  const noon = Math.floor(world.now() / day) * day + day / 2;
  world.advance(`PT${Math.ceil(((noon > world.now() ? noon : noon + day) - world.now()) / 1_000)}S`);
};

/** Measures every operation in a workspace with so many customers. */
export async function measure(world: World, customers: number): Promise<CostRow[]> {
  toNoon(world);
  const ws = await world.workspace();
  await load(ws, world.engine.file, { many: customers, now: world.now() });
  const found = await loadFound(ws, world.now());
  const rows: CostRow[] = [];
  for (const operation of [...operations, ...later]) rows.push(await measureOne(world, ws, { operation, customers, found }));
  // What is due in it later is not the next workspace's.
  world.end(ws.tenant);
  return rows;
}

async function measureOne(
  world: World,
  ws: SeededWorkspace,
  { operation, customers, found }: { operation: Operation; customers: number; found: Item[] },
): Promise<CostRow> {
  const prepared = await operation.prepare({ world, ws, found, sample });
  // Who asks is read once in 30 seconds and stated apart.
  await world.api(prepared.key ?? ws.keys.admin, 'GET', '/v1/customers?limit=1');
  const { calls, rru, wru } = await consumedBy(prepared.run);
  const { rru: optimumRru, wru: optimumWru } = await prepared.optimum();
  return {
    operation: operation.name,
    customers,
    calls,
    rru,
    wru,
    optimumRru,
    optimumWru,
    usdPerMillion: Math.round((rru * 0.125 + wru * 0.625) * 1_000) / 1_000,
  };
}
