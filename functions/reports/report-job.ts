import * as z from 'zod';
import { CampaignId, Occurrence } from '../campaigns/campaign-id.ts';
import type { Ctx } from '../context.ts';
import { actOf } from '../jobs/act.ts';
import { jobStore } from '../jobs/job.store.ts';
import { type Job, moved, newJob } from '../jobs/job.ts';
import { passOn } from '../jobs/pass-on.ts';
import type { Runner } from '../jobs/work.ts';
import type { Run } from '../runs/run.ts';
import { countShard } from './count.ts';
import { campaignOf, runsFor } from './read.ts';

/** Shards that one request counts: 2,000 messages each. */
const atOnce = 2;

const Settings = z.strictObject({ campaignId: CampaignId, occurrence: Occurrence.nullable().default(null) });

/** Every shard of the runs whose audience is sealed. */
const shardsOf = (runs: readonly Run[]) =>
  runs.filter(({ sealedAt }) => sealedAt !== null).flatMap((run) => Array.from({ length: run.shards }, (_, shard) => ({ run, shard })));

/** Counts a few shards at once; more become a job's, whose id is given back. */
export async function startCount(
  ctx: Ctx,
  { campaignId, occurrence, runs }: { campaignId: string; occurrence: string | null; runs: readonly Run[] },
): Promise<string | null> {
  const shards = shardsOf(runs);
  if (shards.length <= atOnce) {
    for (const { run, shard } of shards) await countShard(ctx, run, shard);
    return null;
  }
  const job: Job = {
    ...newJob({
      id: ctx.newId('job'),
      kind: 'report',
      memberId: ctx.actor.memberId,
      via: ctx.actor.via as Job['via'],
      state: 'running',
      settings: { campaignId, occurrence },
      now: ctx.now,
    }),
    total: shards.length,
  };
  await ctx.table.commit([...jobStore({ ...ctx, clock: () => ctx.now }).createActions(job), actOf(ctx, job, 'started')]);
  await passOn({ tenant: ctx.tenant, kind: job.kind, jobId: job.id });
  return job.id;
}

/** Counts shard after shard; what was counted stays counted. */
export const reportRunner: Runner = async (work) => {
  let { held } = work;
  const { campaignId, occurrence } = Settings.parse(held.job.settings);
  const ctx = work.context();
  const campaign = await campaignOf(ctx, campaignId);
  const shards = shardsOf(await runsFor(ctx, campaign.id, occurrence ?? undefined));
  for (let at = Number(held.job.cursor ?? 0); at < shards.length; at++) {
    const next = shards[at];
    if (next) await countShard(work.context(), next.run, next.shard);
    held = await work.jobs.progress(held, { done: at + 1, total: shards.length, cursor: String(at + 1) });
    if (!work.hasTime()) return { more: held };
  }
  await work.jobs.save(held, moved(held.job, 'done', work.clock()));
  return 'ended';
};
