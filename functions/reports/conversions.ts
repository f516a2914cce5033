import type { Metric } from '../campaigns/goal.ts';
import { activityKey, collection, customerEntity } from '../customers/customer.entity.ts';
import { activityOf, interactionEntity, isInteraction } from '../interactions/interaction.entity.ts';
import type { Interaction } from '../interactions/interaction.ts';
import { ulidAt } from '../kernel/ids.ts';
import { answeredAt, type Planned } from '../responses/by-run.ts';
import { each } from '../runs/each.ts';
import { type Reader, readMany } from '../segments/matching.ts';
import type { Item } from '../table/entity.ts';
import { historyEntry, historyRange } from '../workflows/history.ts';

/**
 * Who reached a goal: asked of the customers' own rows, for treated and control alike, so that nothing is counted twice and nothing is lost
 * with an event. 0.5 R each; 1 R more for whoever may have.
 */

/** A customer, and from when her days count; milliseconds. */
export type Counted = { customerId: string; from: number };

const dayMs = 86_400_000;
const abreast = 16;

/** The customers who reached the goal within its days, of those given. For metrics that are measured on customers; none for others. */
export async function conversionsOf(
  reader: Reader,
  { metric, withinDays, planned = null }: { metric: Metric; withinDays: number; planned?: Planned | null },
  counted: readonly Counted[],
): Promise<Set<string>> {
  const spans = counted.map(({ customerId, from }) => ({ customerId, from, to: from + withinDays * dayMs }));
  if (metric.kind === 'answered' && planned) return answered(reader, planned, spans);
  if (metric.kind === 'lifecycle') return reachedLifecycle(reader, metric.reached, spans);
  if (metric.kind === 'replied')
    return interacted(reader, spans, (one) => one.direction === 'in' && fits(one, { channel: metric.channel }));
  if (metric.kind === 'interaction')
    return interacted(
      reader,
      spans,
      (one) => one.outcome === metric.outcome && fits(one, { channel: metric.channel, reason: metric.reason }),
    );
  return new Set();
}

type Span = { customerId: string; from: number; to: number };
/** Whoever answered what the run, or a reminder of it, asked. */
async function answered(reader: Reader, planned: Planned, spans: readonly Span[]): Promise<Set<string>> {
  const times = await answeredAt(
    reader,
    planned,
    spans.map(({ customerId }) => customerId),
  );
  const within = ({ customerId, from, to }: Span) => {
    const at = times.get(customerId);
    return at !== undefined && at >= from && at <= to;
  };
  return new Set(spans.filter(within).map(({ customerId }) => customerId));
}

type Wanted = { channel: Interaction['channel'] | null; reason?: Interaction['reason'] | null };
const fits = (one: Interaction, { channel, reason = null }: Wanted) =>
  (channel === null || one.channel === channel) && (reason === null || one.reason === reason);

async function interacted(reader: Reader, spans: readonly Span[], test: (one: Interaction) => boolean): Promise<Set<string>> {
  const rows = await readMany(
    reader,
    spans.map(({ customerId }) => activityKey(reader.tenant, customerId)),
  );
  const last = (row: Item | undefined) => Date.parse(activityOf(row).lastInteractionAt ?? '') || 0;
  const open = spans.filter(({ from }, at) => last(rows[at]) >= from);
  const met = new Set<string>();
  await each(open, abreast, async (span) => {
    if (await anyWithin(reader, span, test)) met.add(span.customerId);
  });
  return met;
}

async function anyWithin({ table, tenant }: Reader, { customerId, from, to }: Span, test: (one: Interaction) => boolean): Promise<boolean> {
  const range = { from: `TL#${ulidAt(from, new Uint8Array(10))}`, to: `TL#${ulidAt(to, new Uint8Array(10).fill(255))}` };
  const items = await table.queryAll({ pk: collection(tenant, customerId), range });
  return items
    .filter(isInteraction)
    .map((item) => interactionEntity.decode(item))
    .some((one) => one.archivedAt === null && test(one));
}

async function reachedLifecycle(reader: Reader, reached: string, spans: readonly Span[]): Promise<Set<string>> {
  const { table, tenant } = reader;
  const rows = await readMany(
    reader,
    spans.map(({ customerId }) => customerEntity.key(tenant, customerId)),
  );
  // Whose life cycle never changed has the one she was made with.
  const changed = (row: Item | undefined) => row !== undefined && (customerEntity.fieldVersions(row).lifecycle ?? 1) > 1;
  const open = spans.filter((_, at) => changed(rows[at]));
  const met = new Set<string>();
  await each(open, abreast, async ({ customerId, from, to }) => {
    const items = await table.queryAll({ pk: collection(tenant, customerId), range: historyRange('~') });
    const moves = items.map(historyEntry).filter(({ at }) => Date.parse(at) >= from && Date.parse(at) <= to);
    if (moves.some(({ changes }) => changes.some(({ field, to: state }) => field === 'lifecycle' && state === reached)))
      met.add(customerId);
  });
  return met;
}
