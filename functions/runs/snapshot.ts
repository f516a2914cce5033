import type { Campaign } from '../campaigns/campaign.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { partsMet } from '../segments/audience-parts.ts';
import { addressHash } from '../suppressions/suppression.entity.ts';
import type { Item, Key } from '../table/entity.ts';
import { addressFor } from './decide.ts';
import { each } from './each.ts';
import { abreast } from './left.ts';
import type { Plan } from './plan.ts';
import { type RunKey, shardOf } from './run.ts';
import type { Worker } from './run-rows.ts';
import { sendEntity, standInHash } from './send.entity.ts';
import { newSend, type Send, type SkipReason } from './send.ts';

/**
 * A page of the audience becomes sends: one put with `absent` each, so that a page that is read again, a segment that overlaps and two
 * customers with one address make no second message. Whoever gets none has a row too, with the reason.
 */
type Into = { plan: Plan; run: RunKey; shards: number };

/** One who is to be in the run; with the parts of the audience that she is in, where it has several. */
export type Sealing = { id: string; row: Item; parts?: number[] | null };

/** 1 W a recipient; 1 W more for each whose address somebody else in the run has. */
export async function snapshot(worker: Worker, into: Into, customers: readonly Sealing[]): Promise<void> {
  const sealed = await withParts(worker, into.plan, customers);
  await each(sealed, abreast, async (customer) => void (await enterRun(worker, into, customer)));
}

/** Who is in which part of an audience of several; who comes of an earlier run is in those that she was in then. */
export async function withParts(
  worker: Pick<Worker, 'table' | 'tenant' | 'workspace' | 'now'>,
  { campaign }: Plan,
  customers: readonly Sealing[],
): Promise<Sealing[]> {
  const { audience } = campaign as unknown as Campaign;
  if (audience.include.length < 2 || customers.every(({ parts }) => parts !== undefined)) return [...customers];
  const met = await partsMet(
    worker,
    audience,
    customers.map(({ row }) => row),
  );
  return customers.map((customer, at) => ({ ...customer, parts: met[at] ?? null }));
}

/** Where a customer stands in a run, and her own send, where she was in it before. */
type Entered = { shard: number; there: Send | undefined };

/** Puts one customer into a run, unless she is in it. Whose address somebody before her has is in it too, and gets nothing. */
export async function enterRun(worker: Worker, into: Into, customer: Sealing): Promise<Entered> {
  const send = sendFor(into.plan, customer);
  const there = await put(worker, into, send);
  const before = there && sendEntity.decode(there);
  if (!before || before.customerId === send.customerId) return { shard: shardOf(send.hash, into.shards), there: before };
  const stand = { ...skipped(send, 'duplicate_address'), hash: standInHash(customer.id) };
  const own = await put(worker, into, stand);
  return { shard: shardOf(stand.hash, into.shards), there: own && sendEntity.decode(own) };
}

/** The keys under which a customer can stand in a run: by her address, and by herself. */
export function placesIn(tenant: string, into: Into, customer: { id: string; row: Item }): Key[] {
  const { channel, hash } = sendFor(into.plan, customer);
  const hashes = new Set([hash, standInHash(customer.id)]);
  return [...hashes].map((one) => sendEntity.key(tenant, { run: into.run, shard: shardOf(one, into.shards), channel, hash: one }));
}

const skipped = (send: Send, reason: SkipReason): Send => ({ ...send, state: 'skipped', reason });

/** What is known for good when the run is sealed: the address. All else is asked when the message goes, who is control at the very last. */
export function sendFor({ rules }: Plan, { id, row, parts = null }: Sealing): Send {
  const { channel } = rules;
  const stand = newSend({ channel, hash: standInHash(id), customerId: id, parts });
  let addressed: ReturnType<typeof addressFor>;
  try {
    addressed = addressFor(channel, customerEntity.decode(row));
  } catch {
    return skipped(stand, 'broken_data');
  }
  if ('skip' in addressed) return skipped(stand, addressed.skip);
  return newSend({ channel, hash: addressHash(channel, addressed.address), customerId: id, parts });
}

/** The row that was there before; undefined where the send is new. */
async function put(worker: Worker, { run, shards }: Into, send: Send): Promise<Item | undefined> {
  const { channel, hash } = send;
  const place = { run, shard: shardOf(hash, shards), channel, hash };
  const [failed] = await worker.table.attempt(sendEntity.create(worker.tenant, place, send, worker.stamp));
  return failed?.row;
}
