import { creationPartition, customerEntity, customerIdOf, directoryRow } from '../customers/customer.entity.ts';
import { isoOf } from '../kernel/clock.ts';
import { timeOf, ulidAt } from '../kernel/ids.ts';
import type { Item } from '../table/entity.ts';
import { highest } from '../table/ranges.ts';
import { type AudienceCustomer, audienceFilter, idsOf, taken, type Walk, walksOf } from './audience.ts';
import { groundOf } from './landmarks.ts';
import { planFor, type Reader } from './matching.ts';
import { type Cluster, estimateOf, spread } from './sampling.ts';
import type { Audience, Estimate } from './segment.ts';

/**
 * How many an audience has, and some of them, at a cost that does not grow with the workspace: 40 clusters of 12 customers, the same ones
 * each time until a tenth of the workspace has changed, so that of two filters the same customers are asked. Where there are few, all are.
 */
const clusterSize = 12;
const clusters = 40;
/** Up to so many customers all of them are looked at. */
const mostExact = 640;
/** Where the landmarks do not reach to the end yet, what lies beyond is drawn evenly in time. */
const clustersBeyond = 20;
const shown = 10;

/** Whether the caller may see customers of this owner. */
export type Sees = (ownerId: string | null) => Promise<boolean>;
const everybody: Sees = async () => true;

/** At most 345 R and what the filter must know beside the customers themselves, half a unit for each of 480 (640). */
export async function estimateAudience(reader: Reader, audience: Audience, sees: Sees = everybody): Promise<Estimate> {
  const walks = await walksOf(reader, audience);
  const all = await fewIds(reader, walks);
  const { found, ...told } = all ? await exactly(reader, all, sees) : await sampled(reader, audience, sees);
  const sample = found.slice(0, 200).map(({ row }) => directoryRow(row));
  return { ...told, sample: spread(sample, shown), reachable: reachOf(found.map(({ row }) => row)), asOf: isoOf(reader.now) };
}

type Told = Pick<Estimate, 'estimate' | 'standardError' | 'low' | 'high' | 'exact' | 'examined' | 'total'> & { found: AudienceCustomer[] };

/** The ids of all walks, where they are few. */
async function fewIds(reader: Reader, walks: readonly Walk[]): Promise<{ walk: Walk; ids: string[] }[] | undefined> {
  let left = mostExact;
  const all: { walk: Walk; ids: string[] }[] = [];
  for (const walk of walks) {
    const { ids, end } = await idsOf(reader, walk, { after: null, limit: left + 1 });
    left -= ids.length;
    if (left < 0 || !end) return undefined;
    all.push({ walk, ids });
  }
  return all;
}

async function exactly(reader: Reader, all: readonly { walk: Walk; ids: string[] }[], sees: Sees): Promise<Told> {
  const found: AudienceCustomer[] = [];
  for (const { walk, ids } of all) found.push(...(await seen(await taken(reader, walk, ids), sees)));
  const examined = all.reduce((sum, { ids }) => sum + ids.length, 0);
  const many = found.length;
  return { estimate: many, standardError: 0, low: many, high: many, exact: true, examined, total: examined, found };
}

async function sampled(reader: Reader, audience: Audience, sees: Sees): Promise<Told> {
  const plan = planFor(reader, await audienceFilter(reader, audience));
  const { total, drawn } = await draw(reader);
  const ids = [...new Set(drawn.flatMap((cluster) => cluster.ids))];
  const found = await seen(await taken(reader, { plan }, ids), sees);
  const hits = new Set(found.map(({ id }) => id));
  const counted: Cluster[] = drawn.map(({ weight, ids: members }) => ({
    weight,
    size: members.length,
    found: members.filter((id) => hits.has(id)).length,
  }));
  return { ...estimateOf(counted, total), exact: false, examined: ids.length, total, found };
}

type Drawn = { weight: number; ids: string[] };

async function draw(reader: Reader): Promise<{ total: number; drawn: Drawn[] }> {
  const { landmarks, total, complete } = await groundOf(reader);
  const beyond = Math.max(0, total - landmarks.walked) / total;
  const farther = complete ? 1 : clustersBeyond;
  // The last distance may be too short for a cluster.
  const whole = landmarks.ids.slice(0, Math.floor(landmarks.walked / landmarks.stride));
  const starts = spread(whole, complete ? clusters : clusters - clustersBeyond);
  const later = beyond > 0 && landmarks.last !== null ? instantsAfter(landmarks.last, reader.now, farther) : [];
  const drawn = await Promise.all([
    ...starts.map(async (id): Promise<Drawn> => ({ weight: (1 - beyond) / starts.length, ids: await cluster(reader, id) })),
    ...later.map(async (from): Promise<Drawn> => ({ weight: beyond / later.length, ids: await cluster(reader, from) })),
  ]);
  return { total, drawn };
}

/** Keys right after the last landmark's walk, evenly spread in time up to now. */
function instantsAfter(last: string, now: number, many: number): string[] {
  const from = timeOf(last);
  const at = (number: number) => `cus_${ulidAt(Math.round(from + ((now - from) * number) / many), new Uint8Array(10))}`;
  return [`${last}!`, ...Array.from({ length: many - 1 }, (_, number) => at(number + 1))];
}

async function cluster({ table, tenant }: Reader, from: string): Promise<string[]> {
  const range = { from, to: `cus_${highest}` };
  const { items } = await table.query({ index: 'gsi3', pk: creationPartition(tenant), range, limit: clusterSize });
  return items.map(customerIdOf);
}

async function seen(found: AudienceCustomer[], sees: Sees): Promise<AudienceCustomer[]> {
  const may = await Promise.all(found.map(({ row }) => sees(ownerOf(row))));
  return found.filter((_, at) => may[at]);
}

/** The owner in a customer's row. */
export const ownerOf = (row: Item) => (customerEntity.directoryOf(row).ownerId as string | undefined) ?? null;

/** Of some customers, how many no message would reach, and why. */
function reachOf(rows: readonly Item[]): Estimate['reachable'] {
  const sums = { found: rows.length, noEmail: 0, badEmail: 0, noPhone: 0, noAddress: 0 };
  for (const row of rows) {
    const { emails = [], phones = [], addresses = [] } = customerEntity.plain(row) as Contactable;
    if (emails.length === 0) sums.noEmail += 1;
    else if (emails.every(({ state }) => state !== undefined && state !== 'ok')) sums.badEmail += 1;
    if (phones.every(({ type }) => type === 'fax')) sums.noPhone += 1;
    if (addresses.length === 0) sums.noAddress += 1;
  }
  return sums;
}
type Contactable = { emails?: { state?: string }[]; phones?: { type?: string }[]; addresses?: unknown[] };
