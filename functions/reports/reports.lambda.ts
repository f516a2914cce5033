import { type Ctx, serve } from '../context.ts';
import { campaignOf, readReport, runsFor } from './read.ts';
import { startCount } from './report-job.ts';
import { reportRoutes } from './reports.routes.ts';

type Asked = { id: string; occurrence?: string };

async function report(ctx: Ctx, { id, occurrence }: Asked) {
  const campaign = await campaignOf(ctx, id);
  return readReport(ctx, { campaign, runs: await runsFor(ctx, id, occurrence) });
}

async function count(ctx: Ctx, { id, occurrence }: Asked) {
  const campaign = await campaignOf(ctx, id);
  const runs = await runsFor(ctx, id, occurrence);
  const jobId = await startCount(ctx, { campaignId: id, occurrence: occurrence ?? null, runs });
  return readReport(ctx, { campaign, runs, jobId });
}

export const handler = serve(reportRoutes, {
  getCampaignReport: (ctx, { params }) => report(ctx, params),

  countCampaignReport: (ctx, { params }) => count(ctx, params),

  getRunReport: (ctx, { params }) => report(ctx, params),

  countRunReport: (ctx, { params }) => count(ctx, params),
});
