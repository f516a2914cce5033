import { CrmError, missing } from '../kernel/errors.ts';
import { type Action, GuardError, type Item, type Stamp } from '../table/entity.ts';
import type { Table } from '../table/table.ts';
import { jobEntity, jobPartition } from './job.entity.ts';
import { claimed, failed, isFree, isWorking, type Job, type Progress, progressed, putDown } from './job.ts';

const tries = 6;

/** Somebody else has the job now, or it was stopped: this worker's hands are off it. */
export class LostLease extends Error {}

/** A job as a worker holds it: the row that it wrote last, which must still be there at its next word. */
export type HeldJob = { job: Job; item: Item };
export type JobStore = ReturnType<typeof jobStore>;

type Needs = {
  table: Table;
  tenant: string;
  stamp: Stamp /** Milliseconds; read anew at each step, because work takes time. */;
  clock: () => number;
};

/** The jobs of one workspace: rows guarded by their version, which is also the fence between two workers. */
export const jobStore = ({ table, tenant, stamp, clock }: Needs) => {
  const stampNow = (): Stamp => ({ ...stamp, now: clock() });
  const actions = (from: Item, to: Job): Action[] => jobEntity.update(tenant, to.id, { from, to }, stampNow());
  const heldBy = (written: Action | undefined): HeldJob => {
    const item = (written as { put: Item }).put;
    return { job: jobEntity.decode(item), item };
  };

  /** The row of a job, or undefined. 1 read unit. */
  const row = (id: string) => table.get(jobEntity.key(tenant, id));
  const get = async (id: string): Promise<Job> => jobEntity.decode((await row(id)) ?? missing());

  /** Reads, changes and writes a job until nobody came between. For people's acts; a worker writes by what it holds. `others` join the commit. */
  const change = async (id: string, rule: (job: Job) => Job, others: (job: Job) => Action[] = () => []): Promise<Job> => {
    for (let attempt = 0; attempt < tries; attempt++) {
      const item = (await row(id)) ?? missing();
      const next = rule(jobEntity.decode(item));
      const written = actions(item, next);
      try {
        await table.commit([...written, ...others(next)]);
        return heldBy(written[0]).job;
      } catch (error) {
        if (!(error instanceof GuardError)) throw error;
      }
    }
    throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
  };

  /** Writes what a worker has to say, together with `others` in one commit. Throws LostLease where the row is not as it left it. */
  const save = async (held: HeldJob, to: Job, others: Action[] = []): Promise<HeldJob> => {
    const written = actions(held.item, to);
    try {
      await table.commit([...written, ...others]);
    } catch (error) {
      if (error instanceof GuardError && error.row?.sk === held.item.sk) throw new LostLease(held.job.id);
      throw error;
    }
    return heldBy(written[0]);
  };

  return {
    row,
    get,
    change,
    save,
    /** The action that makes a job, for its request's commit. */
    createActions: (job: Job): Action[] => jobEntity.create(tenant, job.id, job, stampNow()),

    /** One page of the jobs, the newest first. */
    page: async ({ limit, after }: { limit: number; after?: Record<string, unknown> | undefined }) => {
      const { items, lastKey, examined } = await table.query({ pk: jobPartition(tenant), newestFirst: true, limit, after });
      return { data: items.map((item) => jobEntity.decode(item)), lastKey, examined };
    },

    /**
     * Takes a job for this worker. `busy`: somebody is at it until the moment given (milliseconds); `over`: there is nothing to do
     * (any more), or it was given up after too many attempts.
     */
    claim: async (id: string): Promise<{ held: HeldJob } | { busyUntil: number } | 'over'> => {
      const item = await row(id);
      const job = item && jobEntity.decode(item);
      if (!job || !isWorking(job)) return 'over';
      if (!isFree(job, clock())) return { busyUntil: Date.parse(job.leaseUntil ?? job.updatedAt) };
      const next = claimed(job, clock());
      const held = await save({ job, item }, next).catch((error) => {
        if (error instanceof LostLease) return undefined;
        throw error;
      });
      if (!held) return { busyUntil: clock() + 1_000 };
      return isWorking(held.job) ? { held } : 'over';
    },

    /** A chunk further. */
    progress: (held: HeldJob, progress: Progress, others?: Action[]) => save(held, progressed(held.job, progress, clock()), others),
    /** Puts the job down for the next worker, as before the function's time is up. */
    putDown: (held: HeldJob) => save(held, putDown(held.job, clock())),
    /** Gives the job up, with a reason that a client may read. */
    fail: (held: HeldJob, problem: NonNullable<Job['problem']>) => save(held, failed(held.job, problem, clock())),
  };
};
