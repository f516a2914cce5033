import * as z from 'zod';
import { caseEntity, caseIdOf, casesOfOwner } from '../cases/case.entity.ts';
import type { Case } from '../cases/case.ts';
import type { Ctx } from '../context.ts';
import { customerEntity, customerIdOf, directoryPartition, ownerPartition } from '../customers/customer.entity.ts';
import { type Customer, MemberId } from '../customers/customer.ts';
import { followUpEntity, followUpIdOf, ownersFollowUps } from '../followups/follow-up.entity.ts';
import type { FollowUp } from '../followups/follow-up.ts';
import { jobParts } from '../jobs/job.entity.ts';
import type { HeldJob } from '../jobs/job.store.ts';
import { added, claimed, type Job, moved } from '../jobs/job.ts';
import type { AtWork, Runner } from '../jobs/work.ts';
import { type Action, GuardError, type Item, type Key, type Stamp } from '../table/entity.ts';
import type { Table } from '../table/table.ts';
import { memberEntity } from './admin.entity.ts';
import { joinWorkspace } from './person.ts';

/**
 * Giving a leaving member's customers, open follow-ups and cases to another. What there is to do is written down first, in chunks; then each row is
 * changed by a write of its own, guarded by its version and stamped with the job's id. So a chunk that is done twice changes
 * nothing the second time, and undo knows the rows that are still as the job wrote them: whatever was written later has another stamp.
 */
export const HandOver = z.strictObject({ fromMemberId: MemberId, toMemberId: MemberId, disabled: z.boolean() });
export type HandOver = z.output<typeof HandOver>;

const chunkSize = 50;
const atOnce = 8;
const tries = 6;
/** Until when it can be undone. */
const keptSeconds = 90 * 24 * 3_600;
/** Customers that were given to the leaving member while the job ran are found by another look. */
const mostLooks = 5;

const chunkKey = (tenant: string, jobId: string, number: number): Key => ({
  pk: jobParts(tenant, jobId),
  sk: `M#${String(number).padStart(6, '0')}`,
});

/** A case that is over may be opened again, and then somebody has to be there; one that is closed begins anew. */
const liveCases = ['new', 'open', 'waiting', 'resolved'] as const;

/** The ids of all that a member owns: customers, archived ones too, open follow-ups and cases. Reads his directories and that of the archived. */
async function ownedBy(table: Table, tenant: string, memberId: string): Promise<string[]> {
  const mine = (pk: string) => table.queryAll({ index: 'gsi2', pk });
  const customers = await mine(ownerPartition(tenant, memberId));
  const archived = await table.queryAll({ index: 'gsi1', pk: directoryPartition(tenant, true) });
  const followUps = await mine(ownersFollowUps(tenant, 'open', memberId));
  const cases = await Promise.all(liveCases.map((state) => mine(casesOfOwner(tenant, state, memberId))));
  return [
    ...[...customers, ...archived.filter((item) => customerEntity.directoryOf(item).ownerId === memberId)].map(customerIdOf),
    ...followUps.map(followUpIdOf),
    ...cases.flat().map(caseIdOf),
  ];
}

/** A row with an owner, and what writes it with another. */
type Owned = { item: Item; ownerId: string | null; givenTo: (memberId: string) => Action[] };
type Kind<T> = {
  key: (tenant: string, id: string) => Key;
  decode: (item: Item) => T;
  update: (tenant: string, id: string, change: { from: Item; to: T }, stamp: Stamp) => Action[];
};

/** The row of an id. Undefined where it is not there, or `isLive` says that nobody has to look after it any more. 1 read unit. */
async function read<T extends { ownerId: string | null }>(
  { table, tenant, stamp }: Ctx,
  id: string,
  { kind, isLive = () => true }: { kind: Kind<T>; isLive?: (row: T) => boolean },
): Promise<Owned | undefined> {
  const item = await table.get(kind.key(tenant, id));
  const row = item && kind.decode(item);
  if (!item || !row || !isLive(row)) return undefined;
  return { item, ownerId: row.ownerId, givenTo: (ownerId) => kind.update(tenant, id, { from: item, to: { ...row, ownerId } }, stamp) };
}

function ownedRow(ctx: Ctx, id: string): Promise<Owned | undefined> {
  if (id.startsWith('fup_')) return read<FollowUp>(ctx, id, { kind: followUpEntity, isLive: ({ state }) => state === 'open' });
  if (id.startsWith('cas_'))
    return read<Case>(ctx, id, { kind: caseEntity, isLive: ({ state, archivedAt }) => state !== 'closed' && !archivedAt });
  return read<Customer>(ctx, id, { kind: customerEntity });
}

type Chunks = { number: number; total: number };

/** Writes down what there is to do, after the chunks that are there. */
async function writeDown(ctx: Ctx, job: Job, { number, total }: Chunks): Promise<Chunks> {
  const ids = await ownedBy(ctx.table, ctx.tenant, HandOver.parse(job.settings).fromMemberId);
  let next = number;
  for (let start = 0; start < ids.length; start += chunkSize) {
    const put: Item = {
      ...chunkKey(ctx.tenant, job.id, next++),
      ids: ids.slice(start, start + chunkSize),
      ttl: Math.floor(ctx.now / 1_000) + keptSeconds,
    };
    await ctx.table.commit([{ put, guard: { always: 'the job alone writes here, and its lease fences it' } }]);
  }
  return { number: next, total: total + ids.length };
}

const chunksOf = ({ result, total }: Job): Chunks => ({ number: Number(result.chunks ?? 0), total: total ?? 0 });

type Outcome = 'moved' | 'skipped' | 'undone' | 'kept';
type Step = { ctx: Ctx; jobId: string; decide: (row: Item, ownerId: string | null) => { to: string } | Outcome };

/** Changes the owner of one row, or says why not. 1 read unit, about 5 write units. */
async function step(id: string, { ctx, decide }: Step): Promise<Outcome> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const owned = await ownedRow(ctx, id);
    if (!owned) return 'skipped';
    const decision = decide(owned.item, owned.ownerId);
    if (typeof decision === 'string') return decision;
    try {
      await ctx.table.commit(owned.givenTo(decision.to));
      return ctx.stamp.via === 'undo' ? 'undone' : 'moved';
    } catch (error) {
      if (!(error instanceof GuardError)) throw error;
    }
  }
  return 'skipped';
}

/** Who gets it: the receiver, if it is still the leaving member's. What the job moved before a crash is moved. */
const onward =
  ({ fromMemberId, toMemberId }: HandOver, jobId: string) =>
  (row: Item, ownerId: string | null) =>
    row.rq === jobId && ownerId === toMemberId ? ('moved' as const) : ownerId === fromMemberId ? { to: toMemberId } : ('skipped' as const);

/** Who gets it back: the leaving member, if nobody has written it since. */
const backward =
  ({ fromMemberId, toMemberId }: HandOver, jobId: string) =>
  (row: Item, ownerId: string | null) => {
    if (row.rq !== jobId) return 'kept' as const;
    return ownerId === toMemberId ? { to: fromMemberId } : ('undone' as const);
  };

/** One chunk, a few rows at a time. */
async function workChunk(ids: string[], asked: Step): Promise<Job['counts']> {
  let counts: Job['counts'] = {};
  for (let start = 0; start < ids.length; start += atOnce) {
    const outcomes = await Promise.all(ids.slice(start, start + atOnce).map((id) => step(id, asked)));
    for (const outcome of outcomes) counts = added(counts, { [outcome]: 1 });
  }
  return counts;
}

/** Works through the chunks from where the job stands. Gives the job when all are done, or `more` when time is up. */
async function walk(
  work: AtWork,
  held: HeldJob,
  decideFor: (given: HandOver, jobId: string) => Step['decide'],
): Promise<{ all: HeldJob } | { more: HeldJob }> {
  const { job } = held;
  const decide = decideFor(HandOver.parse(job.settings), job.id);
  let now = held;
  for (let number = Number(job.cursor ?? 0); number < chunksOf(now.job).number; number++) {
    if (!work.hasTime()) return { more: now };
    const ctx = contextAt(work, now.job);
    const row = await ctx.table.get(chunkKey(ctx.tenant, job.id, number));
    const ids = (row?.ids as string[] | undefined) ?? [];
    const counts = await workChunk(ids, { ctx, jobId: job.id, decide });
    now = await work.jobs.progress(now, {
      done: now.job.done + ids.length,
      counts: added(now.job.counts, counts),
      cursor: String(number + 1),
    });
  }
  return { all: now };
}

/** What a chunk writes says that it came by an undo, where it does: rules and reminders then stay quiet. */
function contextAt(work: AtWork, { state }: Job): Ctx {
  const ctx = work.context();
  return state === 'undoing' ? { ...ctx, stamp: { ...ctx.stamp, via: 'undo' } } : ctx;
}

async function count(work: AtWork, held: HeldJob): Promise<HeldJob> {
  const chunks = await writeDown(work.context(), held.job, { number: 0, total: 0 });
  const now = work.clock();
  const running = claimed(moved(moved(held.job, 'validated', now), 'running', now), now);
  return work.jobs.save(held, { ...running, total: chunks.total, result: { ...held.job.result, chunks: chunks.number } });
}

/** Moves what is written down, then looks again until nothing is left. */
async function run(work: AtWork, held: HeldJob): Promise<'ended' | { more: HeldJob }> {
  let now = held;
  for (let look = 0; look < mostLooks; look++) {
    const walked = await walk(work, now, onward);
    if ('more' in walked) return walked;
    now = walked.all;
    const chunks = await writeDown(work.context(), now.job, chunksOf(now.job));
    if (chunks.total === now.job.total) break;
    now = await work.jobs.progress(now, { total: chunks.total, result: { ...now.job.result, chunks: chunks.number } });
  }
  await work.jobs.save(now, moved(now.job, 'done', work.clock()));
  return 'ended';
}

async function undo(work: AtWork, held: HeldJob): Promise<'ended' | { more: HeldJob }> {
  const walked = await walk(work, held, backward);
  if ('more' in walked) return walked;
  const others = await readmission(contextAt(work, held.job), held.job);
  await work.jobs.save(walked.all, moved(walked.all.job, 'undone', work.clock()), others);
  return 'ended';
}

/** The leaving member let in again, if the job put her out and nobody has changed her since. */
async function readmission(ctx: Ctx, job: Job): Promise<Action[]> {
  const { fromMemberId, disabled } = HandOver.parse(job.settings);
  const item = disabled ? await ctx.table.get(memberEntity.key(ctx.tenant, fromMemberId)) : undefined;
  if (!item || item.rq !== job.id) return [];
  const member = memberEntity.decode(item);
  if (member.status === 'active') return [];
  await joinWorkspace(member.sub, ctx.tenant, ctx.now);
  return memberEntity.update(ctx.tenant, member.id, { from: item, to: { ...member, status: 'active' } }, ctx.stamp);
}

/** The worker of a hand-over: counts, moves, undoes. */
export const handOverRunner: Runner = async (work) => {
  const { held } = work;
  if (held.job.state === 'undoing') return undo(work, held);
  return run(work, held.job.state === 'validating' ? await count(work, held) : held);
};
