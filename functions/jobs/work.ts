import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { memberEntity, workspaceEntity } from '../admin/admin.entity.ts';
import { type Ctx, contextOf } from '../context.ts';
import { now as clock } from '../kernel/clock.ts';
import { CrmError } from '../kernel/errors.ts';
import { errorFields, log, metric } from '../kernel/log.ts';
import { tableOf } from '../table/tenant.ts';
import { type HeldJob, type JobStore, jobStore, LostLease } from './job.store.ts';
import { type JobKind, JobMessage, jobProblem } from './job.ts';
import { sendJob } from './queue.ts';

/** A job in a worker's hands. */
export type AtWork = {
  held: HeldJob;
  jobs: JobStore;
  /** A context of the member for whom the job works, with the time as it is now; what it writes is stamped with the job's id. */
  context: () => Ctx;
  clock: () => number;
  /** Whether there is time for one more chunk. */
  hasTime: () => boolean;
};
/** Works on a job until it has ended (`ended`), or there is no time left (`more`). A CrmError fails the job; anything else is tried again. */
export type Runner = (work: AtWork) => Promise<'ended' | { more: HeldJob }>;
export type Runners = Partial<Record<JobKind, Runner>>;

/** What a chunk may take at most; with less left of the function's time no new one is begun. */
const chunkMs = 10_000;
const transient = new Set(['unavailable', 'conflict', 'throttled', 'internal']);

/**
 * Makes the Lambda handler of a job queue. The row decides: a doubled or late message finds nothing to do. `passOn` takes the messages of
 * kinds that have no runner here.
 */
export const jobWorker =
  (runners: Runners, passOn: (message: JobMessage) => Promise<void>) =>
  async ({ Records }: SQSEvent, { getRemainingTimeInMillis }: Pick<Context, 'getRemainingTimeInMillis'>): Promise<SQSBatchResponse> => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const { body, messageId } of Records) {
      try {
        const message = JobMessage.parse(JSON.parse(body));
        if (message.kind in runners) await workOn(message, runners, () => getRemainingTimeInMillis() > chunkMs);
        else await passOn(message);
      } catch (error) {
        log('error', 'a job stumbled', errorFields(error));
        metric('JobFailure', 1);
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  };

/** Takes the job of a message and works on it while `hasTime`. */
export async function workOn(message: JobMessage, runners: Runners, hasTime: () => boolean): Promise<void> {
  const { tenant, kind, jobId } = message;
  const runner = runners[kind];
  if (!runner) throw new Error(`no worker here for ${kind}`);
  const jobs = jobStore({
    table: tableOf(tenant, clock()),
    tenant,
    stamp: { by: null, via: 'person', requestId: jobId, now: clock() },
    clock,
  });
  const claim = await jobs.claim(jobId);
  if (claim === 'over') return;
  // A crash is made good as soon as the dead worker's lease is over, which the sweep would notice up to a minute later.
  if ('busyUntil' in claim)
    return message.again ? undefined : sendJob({ ...message, again: true }, (claim.busyUntil - clock()) / 1_000 + 1);
  const { held } = claim;
  try {
    const context = await contextFor(tenant, held);
    const end = await runner({ held, jobs, context, clock, hasTime });
    if (end === 'ended') return;
    await jobs.putDown(end.more);
    await sendJob({ tenant, kind, jobId });
  } catch (error) {
    if (error instanceof LostLease) return;
    await giveUpOn(error, { jobs, jobId });
  }
}

/** A failure that a client may see ends the job; any other is for the next attempt. */
async function giveUpOn(error: unknown, { jobs, jobId }: { jobs: JobStore; jobId: string }): Promise<void> {
  if (!(error instanceof CrmError) || transient.has(error.code)) throw error;
  const item = await jobs.row(jobId);
  if (!item) return;
  const job = await jobs.get(jobId);
  await jobs.fail({ job, item }, jobProblem(error));
}

async function contextFor(tenant: string, { job }: HeldJob): Promise<() => Ctx> {
  const table = tableOf(tenant, clock());
  const [workspace, member] = await table.getMany([workspaceEntity.key(tenant, tenant), memberEntity.key(tenant, job.memberId)], {
    strong: true,
  });
  if (!workspace || !member) throw new CrmError('not_found');
  const principal = { workspace: workspaceEntity.decode(workspace), member: memberEntity.decode(member) };
  if (principal.workspace.status !== 'active' || principal.member.status !== 'active')
    throw new CrmError('forbidden', { detail: 'the member for whom the job works is no longer active' });
  return () => contextOf(principal, { requestId: job.id, now: clock(), via: job.via });
}
