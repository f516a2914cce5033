import { type Ctx, forgetPrincipals } from '../context.ts';
import { actOf } from '../jobs/act.ts';
import { jobStore } from '../jobs/job.store.ts';
import { type Job, newJob } from '../jobs/job.ts';
import { sendJob } from '../jobs/queue.ts';
import { CrmError } from '../kernel/errors.ts';
import { GuardError } from '../table/entity.ts';
import { memberEntity } from './admin.entity.ts';
import type { HandOver } from './hand-over.ts';
import { memberStore, receiver } from './member.store.ts';

const tries = 6;

/**
 * Starts the hand-over of a member's customers to another, and with `disable` puts the leaving member out in the same commit.
 * Throws `role_too_high`, `last_admin`, and `invalid_input` where the receiver is none.
 */
export async function startHandOver(
  ctx: Ctx,
  fromMemberId: string,
  { toMemberId, disable }: { toMemberId: string; disable: boolean },
): Promise<Job> {
  const members = memberStore(ctx);
  const jobs = jobStore({ ...ctx, clock: () => ctx.now });
  for (let attempt = 0; attempt < tries; attempt++) {
    const row = await members.row(fromMemberId);
    const from = members.manageable(memberEntity.decode(row));
    const to = receiver(
      from,
      (await members.everybody()).find(({ id }) => id === toMemberId),
    );
    const leaves = disable && from.status === 'active';
    const settings: HandOver = { fromMemberId, toMemberId: to.id, disabled: leaves };
    const via = ctx.actor.via as Job['via'];
    const job = newJob({
      id: ctx.newId('job'),
      kind: 'hand-over',
      memberId: ctx.actor.memberId,
      via,
      state: 'validating',
      settings,
      now: ctx.now,
    });
    // Stamped with the job's id, so that undo knows whether the member is still as the job left her.
    const leaving = leaves ? await members.changeActions(row, { ...from, status: 'disabled' }, { ...ctx.stamp, requestId: job.id }) : [];
    try {
      await ctx.table.commit([...jobs.createActions(job), actOf(ctx, job, 'started'), ...leaving]);
    } catch (error) {
      if (error instanceof GuardError) continue;
      throw error;
    }
    if (leaves) forgetPrincipals();
    await sendJob({ tenant: ctx.tenant, kind: job.kind, jobId: job.id });
    return job;
  }
  throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
}
