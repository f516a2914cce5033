import type { Campaign } from '../campaigns/campaign.ts';
import { definitionOf } from '../campaigns/campaign.ts';
import { followRun } from '../campaigns/follow-run.ts';
import { needsApproval } from '../campaigns/steps.ts';
import { CrmError } from '../kernel/errors.ts';
import { log } from '../kernel/log.ts';
import { GuardError } from '../table/entity.ts';
import { type Hint, hint } from './hints.ts';
import { letGo, wakeShards } from './let-go.ts';
import { expected, recipientPages } from './recipients.ts';
import { recount, recountStale, unfinishedIn } from './recount.ts';
import { guard, judged, lanesFor } from './release.ts';
import { progressEntity, runEntity, shardEntity } from './run.entity.ts';
import { finalStates, isMissed, joinedShards, joinsUntil, moved, paused, type Run, type RunKey, shardsFor } from './run.ts';
import { type RunRows, readRun, replacing, type Worker } from './run-rows.ts';
import { aftercareAt, driven, isUndriven, looked, type Progress, rested, Shard, summed } from './shard.ts';
import { snapshot } from './snapshot.ts';
import type { Time } from './walk.ts';

/** The driver: one at a time moves a run from its time to its end. Whatever it leaves undone, the next tick does. */

/** When a living run is looked at again: before the next sweep. */
const tickMs = 50_000;
/** What one page of the audience, or some recounts, may take. */
const stepMs = 20_000;

/** Moves a run on as far as the time allows, unless somebody else does. */
export async function driveRun(worker: Worker, key: RunKey, time: Time): Promise<void> {
  const rows = await readRun(worker, key);
  if (!rows || !isUndriven(rows.progress.row, worker.now)) return;
  try {
    await save(worker, rows, { progress: driven(rows.progress.row, worker.now) });
    const hints: Hint[] = [];
    while (await step(worker, rows, { time, hints }));
    await hint(hints);
  } catch (error) {
    if (!(error instanceof GuardError)) throw error;
    log('info', 'a run is in other hands', { campaignId: key.campaignId, occurrence: key.occurrence });
  }
}

type Step = { time: Time; hints: Hint[] };

/** One step; true while another can follow at once. A run whose audience is no more, a segment or a field, ends with the reason. */
async function step(worker: Worker, rows: RunRows, at: Step): Promise<boolean> {
  try {
    return await stepOf(worker, rows, at);
  } catch (error) {
    const { state } = rows.run.row;
    const isOver = error instanceof CrmError && (error.code === 'not_found' || error.code === 'filter_not_served');
    if (!isOver || (state !== 'scheduled' && state !== 'snapshotting')) throw error;
    log('warn', 'a run has no audience', { tenant: worker.tenant, campaignId: rows.key.campaignId, code: error.code });
    return rest(worker, rows, null, { ...moved(rows.run.row, 'cancelled', worker.now), problem: error.code });
  }
}

function stepOf(worker: Worker, rows: RunRows, at: Step): Promise<boolean> {
  switch (rows.run.row.state) {
    case 'scheduled':
      return begin(worker, rows);
    case 'snapshotting':
      return rows.progress.row.read ? sealShards(worker, rows, at) : readAudience(worker, rows, at);
    case 'sealed':
      return start(worker, rows);
    case 'running':
    case 'draining':
      return tick(worker, rows, at);
    case 'cancelled':
      return clear(worker, rows, at);
    case 'paused':
    case 'completed':
      return lookAfter(worker, rows);
    default:
      return rest(worker, rows, null);
  }
}

/** Writes the run and its progress, each as it was read, in one commit. */
async function save(worker: Worker, rows: RunRows, to: { run?: Run; progress?: Progress }): Promise<void> {
  const run = to.run && replacing(worker, runEntity, { id: rows.key, from: rows.run.item, to: to.run });
  const progress = to.progress && replacing(worker, progressEntity, { id: rows.key, from: rows.progress.item, to: to.progress });
  await worker.table.commit([run, progress].flatMap((one) => (one ? [one.action] : [])));
  if (run) rows.run = run.held;
  if (run) await followRun(worker, run.held.row);
  if (progress) rows.progress = progress.held;
}

async function rest(worker: Worker, rows: RunRows, wakeAt: number | null, run?: Run): Promise<false> {
  await save(worker, rows, { ...(run && { run }), progress: rested(rows.progress.row, wakeAt) });
  return false;
}

/** Puts the run down in the middle of long work, for the next worker at once. */
async function goOn(worker: Worker, rows: RunRows, { hints }: Step): Promise<false> {
  hints.push({ tenant: worker.tenant, at: worker.iso, run: rows.key });
  return rest(worker, rows, worker.now);
}

async function begin(worker: Worker, rows: RunRows): Promise<boolean> {
  const { run, plan } = rows;
  const at = Date.parse(run.row.scheduledAt);
  if (worker.now < at) return rest(worker, rows, at);
  if (isMissed(run.row, plan.rules.maxLatenessMinutes, worker.now)) return rest(worker, rows, null, moved(run.row, 'missed', worker.now));
  const shards = run.row.openUntil ? joinedShards : shardsFor(await expected(worker, { plan, run: rows.key }));
  // Customers join an open run one by one: there is no audience to read.
  const progress = { ...driven(rows.progress.row, worker.now), read: run.row.openUntil !== null };
  await save(worker, rows, { run: { ...moved(run.row, 'snapshotting', worker.now), shards }, progress });
  return true;
}

async function readAudience(worker: Worker, rows: RunRows, at: Step): Promise<boolean> {
  const { key, plan } = rows;
  const into = { plan, run: key, shards: rows.run.row.shards };
  for await (const page of recipientPages(worker, into, rows.progress.row.cursor)) {
    await snapshot(worker, into, page.customers);
    const { examined, matched } = rows.progress.row;
    const further = { examined: examined + page.examined, matched: matched + page.customers.length };
    const progress = { ...driven(rows.progress.row, worker.now), ...further, cursor: page.cursor, read: page.cursor === null };
    await save(worker, rows, { progress });
    if (at.time.msLeft() < stepMs) return goOn(worker, rows, at);
  }
  if (!rows.progress.row.read) await save(worker, rows, { progress: { ...rows.progress.row, read: true } });
  return true;
}

/** Counts what the snapshot made, shard by shard; the last one seals the run. */
async function sealShards(worker: Worker, rows: RunRows, at: Step): Promise<boolean> {
  const { shards } = rows.run.row;
  for (let number = rows.progress.row.sealed; number < shards; number++) {
    const id = { ...rows.key, number };
    if (!rows.shards.some(({ row }) => row.number === number)) {
      const row = Shard.parse({ ...id, state: 'idle', released: 0, version: 1 });
      const [action] = shardEntity.create(worker.tenant, id, row, worker.stamp);
      if (!action || !('put' in action)) throw new Error('a shard is made by a put');
      await worker.table.commit([action]);
      rows.shards.push({ item: action.put, row });
    }
    await recount(worker, rows, number);
    const isLast = number === shards - 1;
    if (isLast || number % 8 === 7)
      await save(worker, rows, { progress: { ...driven(rows.progress.row, worker.now), sealed: number + 1 } });
    if (!isLast && at.time.msLeft() < stepMs) return goOn(worker, rows, at);
  }
  const recipients = summed([...rows.tallies.values()].map(({ row }) => row.counts)).total;
  await save(worker, rows, { run: { ...moved(rows.run.row, 'sealed', worker.now), recipients } });
  return true;
}

async function start(worker: Worker, rows: RunRows): Promise<boolean> {
  const run = rows.run.row;
  const campaign = rows.plan.campaign as unknown as Campaign;
  const hasYes = campaign.approval?.definition === definitionOf(campaign);
  if (!run.openUntil && !hasYes && needsApproval(worker.workspace, run.recipients ?? 0))
    return rest(worker, rows, null, moved(run, 'waiting_approval', worker.now));
  await save(worker, rows, { run: moved(run, 'running', worker.now) });
  return true;
}

/** Once a minute: counts, guards, what may go next, and whether all is done. */
async function tick(worker: Worker, rows: RunRows, at: Step): Promise<boolean> {
  const run = rows.run.row;
  const isOpen = worker.now < (joinsUntil(run) ?? 0);
  // Whoever joined and died before he could say so is found when the run goes on, and before it ends.
  await recountStale(worker, rows, run.openUntil !== null && (!isOpen || rows.progress.row.resumed));
  const counts = summed([...rows.tallies.values()].map(({ row }) => row.counts));
  if (rows.progress.row.resumed) await save(worker, rows, { progress: { ...rows.progress.row, resumed: false, excused: judged(counts) } });
  const reason = run.state === 'running' ? guard(counts, rows.progress.row.excused, worker.workspace.sending.guards) : null;
  if (reason) return stop(worker, rows, paused(run, reason, worker.now));
  const exhausted = await letGo(worker, rows, at.hints);
  if (exhausted && run.state === 'running') return stop(worker, rows, paused(run, 'budget', worker.now));
  const isBusy = rows.shards.some(({ row }) => row.state === 'live');
  if (isBusy && (await hasRested(worker, rows, at))) return true;
  if (isBusy || isOpen || exhausted) return rest(worker, rows, worker.now + tickMs);
  return finish(worker, rows, counts);
}

/** Whether a shard came to its end while the driver was at work: the hint that said so met a driver who was busy. */
async function hasRested(worker: Worker, rows: RunRows, { time }: Step): Promise<boolean> {
  if (time.msLeft() < stepMs) return false;
  const now = await readRun(worker, rows.key);
  const live = new Set(rows.shards.flatMap(({ row }) => (row.state === 'live' ? [row.number] : [])));
  if (!now?.shards.some(({ row }) => row.state !== 'live' && live.has(row.number))) return false;
  rows.shards = now.shards;
  return true;
}

const stop = (worker: Worker, rows: RunRows, run: Run) => {
  log('warn', 'a run was paused', { tenant: worker.tenant, campaignId: run.campaignId, occurrence: run.occurrence, reason: run.pausedFor });
  return rest(worker, rows, worker.now + 2 * tickMs, run);
};

/** Nobody is at work: nothing pending means draining, nothing unfinished means done. */
async function finish(worker: Worker, rows: RunRows, counts: ReturnType<typeof summed>): Promise<boolean> {
  const run = rows.run.row;
  const pending = counts.states.pending ?? 0;
  if (run.state === 'running') {
    if (pending > 0) return rest(worker, rows, worker.now + tickMs);
    await save(worker, rows, { run: moved(run, 'draining', worker.now) });
    return true;
  }
  if (unfinishedIn(rows) > 0) return rest(worker, rows, worker.now + tickMs);
  const progress = { ...rows.progress.row, aftercare: 1 };
  await save(worker, rows, { run: moved(run, 'completed', worker.now), progress: rested(progress, aftercareAt(progress, worker.now)) });
  return false;
}

/** A cancelled run: whoever has nothing yet is skipped, by the shards' own workers; then it is looked after like one that is completed. */
async function clear(worker: Worker, rows: RunRows, at: Step): Promise<boolean> {
  if (rows.progress.row.aftercare > 0 || rows.shards.length === 0) return lookAfter(worker, rows);
  await recountStale(worker, rows);
  const open = rows.shards.filter(({ row }) => row.state === 'idle' && unfinishedOf(rows, row.number) > 0 && isDue(row, worker.now));
  const live = rows.shards.filter(({ row }) => row.state === 'live').length;
  const wake = open.slice(0, Math.max(0, lanesFor(null) - live)).map(({ row }) => ({ number: row.number, released: null }));
  await wakeShards(worker, rows, { wake, hints: at.hints });
  if (wake.length > 0 || live > 0 || unfinishedIn(rows) > 0) return rest(worker, rows, worker.now + tickMs);
  return lookAfter(worker, rows);
}

/** A shard that was never released is due, as is one whose time has come. */
const isDue = (shard: Shard, now: number) => shard.released !== null || shard.wakeAt === null || Date.parse(shard.wakeAt) <= now;
const unfinishedOf = (rows: RunRows, number: number) => {
  const states = rows.tallies.get(number)?.row.counts.states ?? {};
  return (states.pending ?? 0) + (states.claimed ?? 0) + (states.unknown ?? 0);
};

/** Counts once more, and again later and later: bounces, opens and clicks still come in. */
async function lookAfter(worker: Worker, rows: RunRows): Promise<false> {
  // At first only what is still moving; later all, since opens and clicks come in late.
  const changed = await recountStale(worker, rows, rows.progress.row.aftercare > 2);
  // Whoever moved the run may have died before its campaign followed.
  if (finalStates.includes(rows.run.row.state)) await followRun(worker, rows.run.row);
  const { progress, wakeAt } = looked(rows.progress.row, { changed, endedAt: Date.parse(rows.run.row.updatedAt), now: worker.now });
  await save(worker, rows, { progress: rested(progress, wakeAt) });
  return false;
}
