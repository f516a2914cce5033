import { isDeepStrictEqual } from 'node:util';
import { collection, customerEntity, customerIdOf } from '../customers/customer.entity.ts';
import { interactionEntity, isInteraction } from '../interactions/interaction.entity.ts';
import { ulidAt } from '../kernel/ids.ts';
import type { Item } from '../table/entity.ts';
import type { Table } from '../table/table.ts';
import { attentionItem, attentionKey, responseItem, responseRange } from '../today/attention.entity.ts';
import { attentionDays, mattersOf, responsesOf } from '../today/attention.ts';
import type { Change } from './change.ts';

/**
 * Derives what waits of a customer, and how quickly was answered, from her newest interactions: made anew from the rows themselves, so
 * that a page that comes twice, or late, leaves the same.
 */
const windowMs = attentionDays * 86_400_000;
/** Her newest interactions; of a customer with more in the window, what is older waits no more. */
const mostRows = 100;
const zeros = new Uint8Array(10);

const writtenAt = ({ image }: Change) => Number(image.u);
const live = (item: Item | undefined) => (item ? interactionEntity.decode(item) : undefined);

/** Whether a change of an interaction can make something wait; one that only went out can merely end it. */
function makesWait(change: Change): boolean {
  const [before, after] = [live(change.before), live(change.after)];
  return [before, after].some((one) => one?.direction === 'in' || one?.outcome === 'promised') || before !== undefined;
}

/** Whether a change has to do with what waits at all. */
function touches(change: Change): boolean {
  if (change.type === 'customer') {
    if (!change.before) return false;
    if (!change.after) return true;
    const [before, after] = [customerEntity.decode(change.before), customerEntity.decode(change.after)];
    return before.ownerId !== after.ownerId || before.archivedAt !== after.archivedAt;
  }
  if (change.type !== 'interaction') return false;
  const rows = [live(change.before), live(change.after)].filter((one) => one !== undefined);
  const recent = rows.some(({ occurredAt }) => Date.parse(occurredAt) > writtenAt(change) - windowMs);
  return recent && rows.some(({ direction, outcome }) => direction !== 'none' || outcome === 'promised');
}

/** Rewrites what differs, customer by customer. 1 R a customer; where something waits or may, 3 to 6 R more and 2 W a row that differs. */
export async function attend(table: Table, tenant: string, page: readonly Change[]): Promise<void> {
  const byCustomer = Map.groupBy(page.filter(touches), ({ image }) => customerIdOf(image));
  const ids = [...byCustomer.keys()];
  if (ids.length === 0) return;
  const there = await table.getMany(
    ids.map((id) => attentionKey(tenant, id)),
    { strong: true },
  );
  const concerned = ids.flatMap((id, at) => {
    const changes = byCustomer.get(id) ?? [];
    const isConcerned = there[at] !== undefined || changes.some((change) => change.type === 'interaction' && makesWait(change));
    return isConcerned ? [{ id, before: there[at], now: Math.max(...changes.map(writtenAt)) }] : [];
  });
  const customers = await table.getMany(
    concerned.map(({ id }) => customerEntity.key(tenant, id)),
    { strong: true },
  );
  const writes = await Promise.all(concerned.map((one, at) => rewritten(table, tenant, { ...one, customer: customers[at] })));
  await table.writeMany(writes.flat());
}

type Concerned = { id: string; before: Item | undefined; now: number; customer: Item | undefined };
type Writes = Parameters<Table['writeMany']>[0];

async function rewritten(table: Table, tenant: string, { id, before, now, customer }: Concerned): Promise<Writes> {
  const pk = collection(tenant, id);
  const owner = customer && customerEntity.decode(customer);
  const isHere = owner !== undefined && owner.archivedAt === null;
  const from = `TL#${ulidAt(now - windowMs, zeros)}`;
  const [rows, answers] = await Promise.all([
    isHere
      ? table.query({ pk, range: { from, to: 'TL#~' }, newestFirst: true, limit: mostRows, strong: true })
      : { items: [], lastKey: undefined },
    table.query({ pk, range: responseRange, strong: true }),
  ]);
  // Messages of campaigns lie between them.
  const interactions = rows.items.filter(isInteraction).map((item) => interactionEntity.decode(item));
  const { responses, waitingSince } = responsesOf(interactions);
  const after = attentionItem(tenant, { customerId: id, ownerId: owner?.ownerId ?? null, matters: mattersOf(interactions), waitingSince });
  const ttl = (at: string) => Math.floor((Date.parse(at) + windowMs) / 1_000);
  const wanted = responses.map((response) => responseItem(tenant, id, { response, ttl: ttl(response.at) }));
  // What is older than what was read stays as it is.
  const oldest = rows.lastKey ? `A#RSP#${String(rows.items.at(-1)?.sk).slice(3)}` : '';
  return [
    ...differing(before ? [before] : [], after ? [after] : []),
    ...differing(
      answers.items.filter(({ sk }) => sk > oldest),
      wanted.filter(({ sk }) => sk > oldest),
    ),
  ];
}

/** What has to be written and removed so that `before` becomes `after`. */
function differing(before: readonly Item[], after: readonly Item[]): Writes {
  const held = new Map(before.map((item) => [item.sk, item]));
  const kept = new Set(after.map(({ sk }) => sk));
  return [
    ...after.filter((item) => !isDeepStrictEqual(held.get(item.sk), item)).map((put) => ({ put })),
    ...before.filter(({ sk }) => !kept.has(sk)).map(({ pk, sk }) => ({ remove: { pk, sk } })),
  ];
}
