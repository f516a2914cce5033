import { errorFields, log } from '../kernel/log.ts';
import { GuardError, type Item } from '../table/entity.ts';
import { workChunk } from './claim.ts';
import { isDue } from './decide.ts';
import { each } from './each.ts';
import { hint } from './hints.ts';
import { abreast, type Left, leaves, nothingLeft } from './left.ts';
import { pauseRunFor } from './moves.ts';
import { ratePerSecond, turnOf } from './pace.ts';
import type { Plan } from './plan.ts';
import { shardEntity } from './run.entity.ts';
import type { Run, RunKey } from './run.ts';
import { type Held, readShard, replacing, type Worker } from './run-rows.ts';
import { sendEntity, sendPartition, sendRange, stateOfRow } from './send.entity.ts';
import { givenUp, graceEnd, isUnfinished, lapsed, type Send, skipped } from './send.ts';
import { isFree, laidDown, roomIn, type Shard, taken, walked } from './shard.ts';

/** One worker, one shard, one chunk: then the next hint, so that runs take turns. */

/** Sends that one chunk works on: what a transaction of claims and a call to the provider take. */
const chunkSize = 50;
/** Rows looked at in one read, and in one chunk at most: most of a shard is done when it is walked again. */
const pageSize = 100;
const mostLooked = 2_000;

export type Time = { msLeft: () => number };

/** Works on a shard where nobody else does, and tells who is to go on. Whatever happens on the way is found by the sweep. */
export async function workShard(worker: Worker, { run: key, shard: number }: { run: RunKey; shard: number }, time: Time): Promise<void> {
  const read = await readShard(worker, key, number);
  if (!read || !isFree(read.shard.row, worker.now)) return;
  const { run, plan } = read;
  const goes = run.state === 'running' || run.state === 'draining' || run.state === 'cancelled';
  const id = { ...key, number };
  const move = async ({ item, row }: Held<Shard>, to: Shard): Promise<Held<Shard> | undefined> => {
    const { action, held } = replacing(worker, shardEntity, { id, from: item, to });
    try {
      await worker.table.commit([action]);
      return held;
    } catch (error) {
      if (!(error instanceof GuardError)) throw error;
      log('info', 'a shard is in other hands', { campaignId: key.campaignId, shard: row.number });
      return undefined;
    }
  };
  if (!goes) return void (await move(read.shard, laidDown(read.shard.row, worker.now)));
  const may = run.openUntil !== null && run.state !== 'cancelled' ? roomIn(read.shard.row) : null;
  const aside = Math.min(chunkSize, may ?? 0);
  const mine = await move(read.shard, taken(read.shard.row, worker.now, aside));
  if (!mine) return;
  const seen = await stretch(worker, { run, plan, key, shard: mine.row, time, may: may === null ? null : aside });
  if (seen.left.trouble) await pauseRunFor(worker, key, seen.left.trouble);
  const { left, cursor, passed } = seen;
  const nextAt = left.nextAt === null ? null : new Date(left.nextAt).toISOString();
  const worked = { ...mine.row, claims: mine.row.claims - Math.max(0, aside - left.claimed) };
  const after = await move(mine, walked(worked, { cursor, passed, left: left.unfinished, nextAt }, worker.now));
  if (after) await hint([{ tenant: worker.tenant, at: worker.iso, run: key, ...(cursor !== null && { shard: number }) }]);
}

/** `may`: how many messages may be claimed, null for any number. */
type Stretch = { run: Run; plan: Plan; key: RunKey; shard: Shard; time: Time; may: number | null };

/** Looks at the shard's sends from the walk's cursor on until a chunk is full or the shard ends, and deals with what it found. */
async function stretch(worker: Worker, at: Stretch): Promise<{ left: Left; cursor: string | null; passed: number }> {
  const perSecond = await ratePerSecond(at.plan.rules.channel);
  // No more at once than go in a second, so that nobody waits long for his turn.
  const rate = perSecond === null ? chunkSize : Math.max(1, Math.min(chunkSize, Math.floor(perSecond)));
  const atMost = Math.min(rate, at.may || rate);
  const { due, cursor, passed, left } = await look(worker, at, atMost);
  const { run, plan, key, shard, time } = at;
  if (due.length > 0 && run.state === 'cancelled') {
    await each(due, abreast, (held) => replace(worker, at, { held, to: skipped(held.row, 'run_cancelled', worker.now), left }));
    return { left, cursor, passed };
  }
  if (due.length > 0) {
    const turn = (messages: number) => turnOf(plan.rules.channel, messages);
    const chunk = { run, plan, key, shard: shard.number, sends: due, msLeft: time.msLeft, turn };
    const undone = await workChunk(worker, chunk);
    left.unfinished += undone.unfinished;
    if (undone.nextAt !== null) left.nextAt = Math.min(left.nextAt ?? undone.nextAt, undone.nextAt);
    left.trouble = undone.trouble;
    left.claimed = undone.claimed;
  }
  return { left, cursor, passed };
}

type Looked = { due: Held<Send>[]; cursor: string | null; passed: number; left: Left };

async function look(worker: Worker, at: Stretch, atMost: number): Promise<Looked> {
  const { key, shard, run } = at;
  const pk = sendPartition(worker.tenant, { run: key, shard: shard.number });
  const isBounded = shard.released !== null && run.openUntil === null;
  const open = isBounded ? Number(shard.released) - shard.passed : Number.POSITIVE_INFINITY;
  const looked: Looked = { due: [], cursor: shard.cursor, passed: 0, left: nothingLeft() };
  while (looked.passed < Math.min(open, mostLooked)) {
    const after = looked.cursor === null ? undefined : { pk, sk: looked.cursor };
    const page = await worker.table.query({ pk, range: sendRange, limit: pageSize, after, strong: true });
    for (const item of page.items) {
      if (looked.passed >= open) break;
      if (looked.due.length >= atMost) return looked;
      looked.passed++;
      looked.cursor = item.sk;
      if (isUnfinished(stateOfRow(item))) await sort(worker, at, { item, looked, isOver: run.state === 'cancelled' });
    }
    if (!page.lastKey || looked.passed >= open) return { ...looked, cursor: null };
  }
  return looked;
}

/** What an unfinished send needs: to be sent now or later, or to be called unknown, or given up. */
async function sort(worker: Worker, at: Stretch, { item, looked, isOver }: { item: Item; looked: Looked; isOver: boolean }): Promise<void> {
  const { due, left } = looked;
  const held = sendOf(item);
  if (!held) return;
  const { row } = held;
  const { now } = worker;
  if (row.state === 'pending') {
    // What the budget does not cover is due, and waits.
    if (at.may === 0 && isDue(row, now)) leaves(left, now);
    else if (isOver || isDue(row, now)) due.push(held);
    else leaves(left, Date.parse(row.dueAt as string));
    return;
  }
  const to = row.state === 'claimed' ? lapsed(row, now) : givenUp(row, { onUnknown: at.plan.rules.onUnknown, now });
  if (to === row) return leaves(left, row.state === 'claimed' ? Date.parse(row.leaseUntil as string) : graceEnd(row));
  await replace(worker, at, { held, to, left });
}

function sendOf(item: Item): Held<Send> | undefined {
  try {
    return { item, row: sendEntity.decode(item) };
  } catch (error) {
    log('error', 'a send that cannot be read', errorFields(error));
    return undefined;
  }
}

type Replacing = { held: Held<Send>; to: Send; left: Left };
/** Writes a send's next state, where nobody else wrote it meanwhile, and notes when it is due again. */
async function replace(worker: Worker, { key, shard }: Stretch, { held, to, left }: Replacing): Promise<void> {
  const id = { run: key, shard: shard.number, channel: to.channel, hash: to.hash };
  try {
    await worker.table.commit([replacing(worker, sendEntity, { id, from: held.item, to }).action]);
    if (to.state === 'unknown') leaves(left, graceEnd(to));
    else if (isUnfinished(to.state)) leaves(left, worker.now);
  } catch (error) {
    if (!(error instanceof GuardError)) throw error;
    leaves(left, worker.now);
  }
}
