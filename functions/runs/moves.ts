import { followRun } from '../campaigns/follow-run.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { log } from '../kernel/log.ts';
import { GuardError } from '../table/entity.ts';
import { hint } from './hints.ts';
import { progressEntity, runEntity } from './run.entity.ts';
import { approved, moved, type PauseReason, paused, type Run, type RunKey } from './run.ts';
import { replacing, type Worker } from './run-rows.ts';
import { rested } from './shard.ts';

/** A run moved by a member or a guard: each arrow one guarded write. */
const tries = 6;

type Move = { rule: (run: Run) => Run; wakes: boolean; resumes?: boolean };

/**
 * Reads, moves and writes a run until nobody came between. `wakes`: the driver looks at it at once. Throws `not_found`, and what the rule
 * throws for a step that is not possible.
 */
async function move(worker: Worker, key: RunKey, { rule, wakes, resumes = false }: Move): Promise<Run> {
  const { table, tenant, now } = worker;
  for (let attempt = 0; attempt < tries; attempt++) {
    const [item, progress] = await table.getMany([runEntity.key(tenant, key), progressEntity.key(tenant, key)], { strong: true });
    if (!item || !progress) return missing();
    const before = runEntity.decode(item);
    const next = rule(before);
    if (next === before) return before;
    const { action, held } = replacing(worker, runEntity, { id: key, from: item, to: next });
    const seen = { ...progressEntity.decode(progress), aftercare: 0, ...(resumes && { resumed: true }) };
    const wake = { id: key, from: progress, to: rested(seen, now) };
    try {
      await table.commit([action, ...(wakes ? [replacing(worker, progressEntity, wake).action] : [])]);
      await followRun(worker, held.row);
      if (wakes) await hint([{ tenant, at: worker.iso, run: key }]);
      return held.row;
    } catch (error) {
      if (!(error instanceof GuardError)) throw error;
    }
  }
  throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
}

/** Lets a run stand still: chunks under way end, no new one begins. 1 W. */
export const pauseRun = (worker: Worker, key: RunKey, reason: PauseReason = 'person') =>
  move(worker, key, { rule: (run) => paused(run, reason, worker.now), wakes: false });

/** Lets a paused run go on. 1 W twice over and the due entry. */
export const resumeRun = (worker: Worker, key: RunKey) =>
  move(worker, key, {
    rule: (run) => (run.state === 'paused' ? moved(run, 'running', worker.now) : wrong(run)),
    wakes: true,
    resumes: true,
  });

/** Ends a run; who has nothing yet is skipped. */
export const cancelRun = (worker: Worker, key: RunKey) =>
  move(worker, key, { rule: (run) => moved(run, 'cancelled', worker.now), wakes: true });

/** Says yes to a run that waits for it. Throws `own_approval` for its authors. */
export const approveRun = (worker: Worker, key: RunKey, by: string) =>
  move(worker, key, { rule: (run) => (run.state === 'waiting_approval' ? approved(run, by, worker.now) : wrong(run)), wakes: true });

/** Opens a run that is over once more, because a message of it is sent again; one that is not over stays as it is, and is looked at. */
export const reopenRun = (worker: Worker, key: RunKey) =>
  move(worker, key, { rule: (run) => (run.state === 'completed' ? moved(run, 'draining', worker.now) : { ...run }), wakes: true });

const wrong = (run: Run): never => {
  throw new CrmError('wrong_state', { from: run.state });
};

/** What a guard does: a run that does not run any more is left as it is. */
export async function pauseRunFor(worker: Worker, key: RunKey, reason: PauseReason): Promise<void> {
  await move(worker, key, { rule: (run) => (run.state === 'running' ? paused(run, reason, worker.now) : run), wakes: false });
  log('warn', 'a run was paused', { tenant: worker.tenant, campaignId: key.campaignId, occurrence: key.occurrence, reason });
}
