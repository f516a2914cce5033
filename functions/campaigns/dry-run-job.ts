import * as z from 'zod';
import type { Ctx } from '../context.ts';
import { actOf } from '../jobs/act.ts';
import { jobStore } from '../jobs/job.store.ts';
import { type Job, moved, newJob } from '../jobs/job.ts';
import { passOn } from '../jobs/pass-on.ts';
import type { Runner } from '../jobs/work.ts';
import { counterKey } from '../workflows/counter.ts';
import { campaignStore } from './campaign.store.ts';
import type { Campaign } from './campaign.ts';
import { CampaignId } from './campaign-id.ts';
import { DryRun } from './campaign-views.ts';
import { type Counting, dryRunPages, keepDryRun, newDryRun } from './dry-run.ts';

/** Customers that one request looks at: a few seconds. What is more becomes a job. */
const atOnce = 2_000;

const Settings = z.strictObject({ campaignId: CampaignId });

/** Counts at once as many as a request may; the rest is a job's, which goes on from there. `jobId` is null where all is counted. */
export async function startDryRun(ctx: Ctx, campaign: Campaign): Promise<{ counted: DryRun; jobId: string | null }> {
  let at: Counting = { counted: newDryRun(campaign, ctx), cursor: null };
  for await (const page of dryRunPages(ctx, campaign, at)) {
    at = page;
    if (at.counted.examined >= atOnce) break;
  }
  await keepDryRun(ctx, campaign.id, at.counted);
  if (at.counted.done) return { counted: at.counted, jobId: null };
  const counter = await ctx.table.get(counterKey(ctx.tenant), { strong: false });
  const job: Job = {
    ...newJob({
      id: ctx.newId('job'),
      kind: 'dry-run',
      memberId: ctx.actor.memberId,
      via: ctx.actor.via as Job['via'],
      state: 'running',
      settings: { campaignId: campaign.id },
      now: ctx.now,
    }),
    done: at.counted.examined,
    total: Math.max(at.counted.examined, Number(counter?.customers ?? 0)),
    cursor: at.cursor,
    result: { ...at.counted },
  };
  await ctx.table.commit([...jobStore({ ...ctx, clock: () => ctx.now }).createActions(job), actOf(ctx, job, 'started')]);
  await passOn({ tenant: ctx.tenant, kind: job.kind, jobId: job.id });
  return { counted: at.counted, jobId: job.id };
}

/** Goes on with a dry run until it is done or its time is over. */
export const dryRunRunner: Runner = async (work) => {
  let { held } = work;
  const { campaignId } = Settings.parse(held.job.settings);
  const ctx = work.context();
  const campaign = await campaignStore(ctx).get(campaignId);
  const from: Counting = { counted: DryRun.parse(held.job.result), cursor: held.job.cursor };
  for await (const { counted, cursor } of dryRunPages(ctx, campaign, from)) {
    await keepDryRun(ctx, campaignId, counted);
    held = await work.jobs.progress(held, { done: counted.examined, cursor, result: { ...counted } });
    if (!counted.done && !work.hasTime()) return { more: held };
  }
  await work.jobs.save(held, moved(held.job, 'done', work.clock()));
  return 'ended';
};
