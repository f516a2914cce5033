import { isDeepStrictEqual } from 'node:util';
import { customerEntity, normalised } from '../../functions/customers/customer.entity.ts';
import type { Customer } from '../../functions/customers/customer.ts';
import { searchRowChanges } from '../../functions/customers/search-rows.ts';
import { activityOf, interactionEntity } from '../../functions/interactions/interaction.entity.ts';
import { type Item, uniqueKey } from '../../functions/table/entity.ts';
import { counterKey } from '../../functions/workflows/counter.ts';
import type { World } from '../_util/world.ts';
import type { Ledger } from './acts.ts';

type Sums = Record<string, number>;
const add = (sums: Sums, name: string, by = 1) => {
  sums[name] = (sums[name] ?? 0) + by;
};
const positive = (sums: Sums) => Object.fromEntries(Object.entries(sums).filter(([, value]) => value !== 0));

/** All that must hold of a workspace's rows, whatever happened; what does not, in words. */
export function brokenInvariants(world: World, ledger: Ledger): string[] {
  return [...ledger.faults, ...ledger.spaces.flatMap(({ ws }) => brokenIn(world.rows(`T#${ws.tenant}#`) as Item[], ws.tenant, ledger))];
}

function brokenIn(rows: Item[], tenant: string, ledger: Ledger): string[] {
  const byKey = new Map(rows.map((row) => [`${row.pk}\n${row.sk}`, row]));
  const customers = rows.filter(({ e }) => e === 'customer');
  const interactions = rows.filter(({ e }) => e === 'interaction');
  return [
    ...lost(byKey, tenant, ledger),
    ...historyOf(rows, byKey),
    ...refused(rows, ledger),
    ...once(customers, tenant, ledger),
    ...claims(rows, customers, tenant),
    ...indexed(customers, tenant),
    ...counted(byKey, { customers, interactions, tenant }),
    ...searched(rows, customers, tenant),
    ...strangers(rows, tenant, ledger),
  ].map((fault) => `${tenant}: ${fault}`);
}

const historyKey = (pk: string, sk: string, version: number) => `${pk}\nH#${sk}#${String(version).padStart(10, '0')}`;

/** Nothing that was acknowledged is lost: the version is in the history, and shows what was asked for. */
function lost(byKey: Map<string, Item>, tenant: string, ledger: Ledger): string[] {
  return ledger.acknowledged
    .filter((one) => one.tenant === tenant)
    .flatMap(({ customerId, sk, version, fields }) => {
      const pk = `T#${tenant}#CUS#${customerId}`;
      const row = byKey.get(`${pk}\n${sk}`);
      if (!row) return [`${customerId} ${sk} is gone`];
      if (Number(row.v) < version) return [`${customerId} ${sk} is at ${row.v}, was at ${version}`];
      if (!byKey.has(historyKey(pk, sk, version))) return [`${customerId} ${sk} has no history of version ${version}`];
      const now = (sk === '~' ? customerEntity : interactionEntity).decode(row) as Record<string, unknown>;
      const versions = (sk === '~' ? customerEntity : interactionEntity).fieldVersions(row);
      // A field that nobody changed since must be as it was acknowledged.
      return Object.entries(fields).flatMap(([field, value]) =>
        (versions[field] ?? 1) <= version && !isDeepStrictEqual(now[field], value)
          ? [`${customerId} ${field} of version ${version} is ${JSON.stringify(now[field])}, not ${JSON.stringify(value)}`]
          : [],
      );
    });
}

/** Each change has one history row: versions 1 to v, and none beyond. */
function historyOf(rows: Item[], byKey: Map<string, Item>): string[] {
  const counts = new Map<string, number>();
  for (const { pk, sk } of rows) if (sk.startsWith('H#')) add2(counts, `${pk}\n${sk.slice(2, -11)}`);
  const faults: string[] = [];
  for (const row of rows) {
    if (row.e === undefined || !['customer', 'interaction', 'consent'].includes(String(row.e))) continue;
    const name = `${row.pk}\n${row.sk}`;
    if ((counts.get(name) ?? 0) !== Number(row.v))
      faults.push(`${row.pk} ${row.sk} at version ${row.v} has ${counts.get(name) ?? 0} history rows`);
    for (let version = 1; version <= Number(row.v); version++)
      if (!byKey.has(historyKey(row.pk, row.sk, version))) faults.push(`${row.pk} ${row.sk} lacks history ${version}`);
  }
  return faults;
}
const add2 = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);

/** A failed request changes nothing: no row and no history bears its id. */
function refused(rows: Item[], ledger: Ledger): string[] {
  const ids = new Set(ledger.refused);
  return rows.filter(({ rq, q }) => ids.has(String(rq ?? q))).map(({ pk, sk }) => `${pk} ${sk} was written by a refused request`);
}

/** A keyed request that was sent again and again made one row. */
function once(customers: Item[], tenant: string, ledger: Ledger): string[] {
  const faults: string[] = [];
  const byName = Map.groupBy(customers, ({ fn: _fn, d }) => String((d as { n: string }).n));
  for (const [name, { tenant: own, id }] of ledger.once) {
    if (own !== tenant) continue;
    const made = byName.get(name) ?? [];
    // Renamed since: then at least the row of the answer is there.
    if (made.length > 1) faults.push(`${name} was made ${made.length} times`);
    if (!customers.some(({ pk }) => pk.endsWith(id))) faults.push(`${name} was answered as ${id}, which is not there`);
  }
  return faults;
}

/** One customer an e-mail and kind, one an external key; and claims are exactly those. */
function claims(rows: Item[], customers: Item[], tenant: string): string[] {
  const faults: string[] = [];
  const wanted = new Map<string, string>();
  for (const item of customers) {
    const customer = customerEntity.decode(item);
    const keys = [
      ...customer.emails.map(({ address }) => ({ kind: `${customer.kind}#email`, value: normalised(address) })),
      ...customer.externalKeys.map(({ source, id }) => ({ kind: 'key', value: `${source}#${id}` })),
    ];
    for (const key of keys) {
      const { pk } = uniqueKey(tenant, key);
      if (wanted.has(pk)) faults.push(`${key.kind} ${key.value} is held twice`);
      wanted.set(pk, item.pk);
    }
  }
  const held = rows.filter(({ pk }) => pk.startsWith(`T#${tenant}#UNIQ#`) && (pk.includes('#email#') || pk.includes('#key#')));
  for (const row of held)
    if (wanted.get(row.pk) !== row.of) faults.push(`the claim ${row.pk} leads to ${row.of}, not ${wanted.get(row.pk)}`);
  if (held.length !== wanted.size) faults.push(`${held.length} claims for ${wanted.size} keys`);
  return faults;
}

/** Index entries are those that the row would make anew. */
function indexed(customers: Item[], tenant: string): string[] {
  return customers.flatMap((item) => {
    const customer: Customer = customerEntity.decode(item);
    const [action] = customerEntity.create(tenant, customer.id, customer, {
      by: null,
      via: customer.via,
      requestId: null,
      now: Number(item.u),
    });
    const fresh = (action as { put: Item }).put;
    return ['gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk', 'gsi3pk', 'gsi3sk', 'd'].flatMap((name) =>
      isDeepStrictEqual(item[name], fresh[name])
        ? []
        : [`${item.pk} has ${name} ${JSON.stringify(item[name])}, not ${JSON.stringify(fresh[name])}`],
    );
  });
}

/** Counters and activities equal a recount. */
function counted(
  byKey: Map<string, Item>,
  { customers, interactions, tenant }: { customers: Item[]; interactions: Item[]; tenant: string },
): string[] {
  const sums: Sums = {};
  for (const item of customers) {
    const { k: kind, l: lifecycle, a: archivedAt } = item.d as Record<string, unknown>;
    if (archivedAt) add(sums, 'customers:archived');
    else for (const name of ['customers', `k:${kind}`, `l:${lifecycle}`]) add(sums, name);
  }
  const live = interactions.filter(({ a }) => !a).map((item) => interactionEntity.decode(item));
  for (const { channel } of live) for (const name of ['interactions', `c:${channel}`]) add(sums, name);
  const key = counterKey(tenant);
  const { pk: _pk, sk: _sk, ...counter } = byKey.get(`${key.pk}\n${key.sk}`) ?? { pk: '', sk: '' };
  const faults = isDeepStrictEqual(positive(counter as Sums), positive(sums))
    ? []
    : [`counters are ${JSON.stringify(positive(counter as Sums))}, a recount gives ${JSON.stringify(positive(sums))}`];
  for (const { pk } of customers) {
    const own = live.filter(({ customerId }) => pk.endsWith(customerId));
    const activity = activityOf(byKey.get(`${pk}\nA#SUM`));
    const newest = (direction?: string) =>
      own
        .filter((one) => !direction || one.direction === direction)
        .map(({ occurredAt }) => occurredAt)
        .sort()
        .at(-1) ?? null;
    const byChannel = Object.fromEntries(
      Object.entries(Object.groupBy(own, ({ channel }) => channel)).map(([channel, list]) => [channel, list?.length]),
    );
    const wanted = {
      interactions: own.length,
      lastInteractionAt: newest(),
      lastInboundAt: newest('in'),
      lastOutboundAt: newest('out'),
      byChannel,
    };
    if (!isDeepStrictEqual(activity, wanted))
      faults.push(`${pk} has the activity ${JSON.stringify(activity)}, a recount gives ${JSON.stringify(wanted)}`);
  }
  return faults;
}

/** Search words equal those of the customers that are there. */
function searched(rows: Item[], customers: Item[], tenant: string): string[] {
  const wanted = new Map<string, Item>();
  for (const item of customers)
    for (const change of searchRowChanges(tenant, { before: undefined, after: customerEntity.decode(item) }, new Map()))
      if ('put' in change) wanted.set(`${change.put.pk}\n${change.put.sk}`, change.put);
  const there = rows.filter(({ pk }) => pk.startsWith(`T#${tenant}#W#`));
  const faults = there.flatMap((row) => {
    const want = wanted.get(`${row.pk}\n${row.sk}`);
    return want && isDeepStrictEqual({ ...row }, { ...want })
      ? []
      : [`the word ${row.sk} is ${want ? 'not as it should be' : 'left over'}`];
  });
  if (there.length < wanted.size) faults.push(`${wanted.size - there.length} words are missing`);
  return faults;
}

/** No row names another workspace. */
function strangers(rows: Item[], tenant: string, ledger: Ledger): string[] {
  const others = ledger.spaces.map(({ ws }) => ws.tenant).filter((other) => other !== tenant);
  return rows
    .filter((row) => others.some((other) => JSON.stringify(row).includes(other)))
    .map(({ pk, sk }) => `${pk} ${sk} names another workspace`);
}
