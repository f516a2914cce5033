import * as z from 'zod';
import type { Ctx } from '../context.ts';
import { jobParts } from '../jobs/job.entity.ts';
import type { HeldJob } from '../jobs/job.store.ts';
import { added, moved } from '../jobs/job.ts';
import type { AtWork, Runner } from '../jobs/work.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import type { Item, Key } from '../table/entity.ts';
import { counterKey } from '../workflows/counter.ts';
import { audiencePages } from './audience.ts';
import { ownerOf } from './estimate.ts';
import { listEntity } from './list.entity.ts';
import { ListId } from './list.ts';
import { addChunk, type Writer } from './membership.ts';
import { Audience } from './segment.ts';

/**
 * Fills a list: with an audience as it is read (a segment that is frozen), or with customers who were found already and written down in
 * chunks. Each chunk is noted with its count in one commit; one that was written before a crash changes nothing the second time.
 */
export const FillList = z.strictObject({ listId: ListId, from: z.union([z.literal('chunks'), Audience]) });
export type FillList = z.output<typeof FillList>;

/** Customers in a chunk that is written down, and looked at for a page of an audience. */
export const chunkSize = 250;
const pageSize = 1_000;
const keptSeconds = 7 * 86_400;

const chunkKey = (tenant: string, jobId: string, number: number): Key => ({
  pk: jobParts(tenant, jobId),
  sk: `N#${String(number).padStart(6, '0')}`,
});

/** pk T#<tenant>#JOB#<job>  sk N#<number, 6 digits>     customers to be put on a list, for a week */
export const chunkRows = (tenant: string, jobId: string, { ids, now }: { ids: readonly string[]; now: number }): Item[] =>
  Array.from({ length: Math.ceil(ids.length / chunkSize) }, (_, at) => ({
    ...chunkKey(tenant, jobId, at),
    ids: ids.slice(at * chunkSize, (at + 1) * chunkSize),
    ttl: Math.floor(now / 1_000) + keptSeconds,
  }));

export const fillListRunner: Runner = async (work) => {
  const { listId, from } = FillList.parse(work.held.job.settings);
  const ctx = work.context();
  if (ctx.scope('segments', 'write') === 'none') throw new CrmError('forbidden', { detail: 'your role does not fill lists' });
  const list = listEntity.decode((await ctx.table.get(listEntity.key(ctx.tenant, listId))) ?? missing());
  if (list.archivedAt) throw new CrmError('already_archived', { detail: 'the list is archived' });
  return from === 'chunks' ? fromChunks(work, listId) : fromAudience(work, listId, from);
};

type Chunk = { ids: readonly string[]; examined: number; cursor: string | null };

async function fromChunks(work: AtWork, listId: string): Promise<'ended' | { more: HeldJob }> {
  let { held } = work;
  for (let number = Number(held.job.cursor ?? 0); ; number++) {
    const ctx = work.context();
    const row = await ctx.table.get(chunkKey(ctx.tenant, held.job.id, number));
    if (!row) return finish(work, held);
    const ids = row.ids as string[];
    held = await put(work, held, { listId, chunk: { ids, examined: ids.length, cursor: String(number + 1) } });
    if (!work.hasTime()) return { more: held };
  }
}

async function fromAudience(work: AtWork, listId: string, audience: Audience): Promise<'ended' | { more: HeldJob }> {
  let { held } = work;
  const ctx = work.context();
  if (held.job.total === null) held = await work.jobs.progress(held, { total: await customersIn(ctx) });
  for await (const page of audiencePages(ctx, audience, { cursor: held.job.cursor, pageSize })) {
    const may = await Promise.all(page.customers.map(({ row }) => ctx.reaches('customers', 'read', ownerOf(row))));
    const ids = page.customers.filter((_, at) => may[at]).map(({ id }) => id);
    held = await put(work, held, { listId, chunk: { ids, examined: page.examined, cursor: page.cursor } });
    if (page.cursor === null) return 'ended';
    if (!work.hasTime()) return { more: held };
  }
  return finish(work, held);
}

const customersIn = async ({ table, tenant }: Ctx) => Math.max(0, Number((await table.get(counterKey(tenant)))?.customers ?? 0));

/** Puts a chunk on the list and notes it, in one commit with its count; one without a cursor is the last, and ends the job in that commit. */
async function put(work: AtWork, held: HeldJob, { listId, chunk }: { listId: string; chunk: Chunk }): Promise<HeldJob> {
  const { table, tenant, stamp, now } = work.context();
  const writer: Writer = { table, tenant, by: stamp.by, now, requestId: held.job.id };
  const { added: many, counted } = await addChunk(writer, listId, chunk.ids);
  const progress = {
    done: held.job.done + chunk.examined,
    counts: added(held.job.counts, { added: many, already: chunk.ids.length - many }),
  };
  if (chunk.cursor !== null) return work.jobs.progress(held, { ...progress, cursor: chunk.cursor }, counted);
  return work.jobs.save(held, moved({ ...held.job, ...progress, total: progress.done }, 'done', work.clock()), counted);
}

async function finish({ jobs, clock }: AtWork, { job, item }: HeldJob): Promise<'ended'> {
  await jobs.save({ job, item }, moved({ ...job, total: job.done }, 'done', clock()));
  return 'ended';
}
