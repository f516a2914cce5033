import * as z from 'zod';
import { agentIn } from '../agent.ts';
import { JobMessage } from '../jobs/job.ts';
import { workOn } from '../jobs/work.ts';
import { reportRunner } from '../reports/report-job.ts';
import { handling, onEvents } from '../workflows/on-events.ts';
import { dryRunRunner } from './dry-run-job.ts';
import { fireCampaign } from './fire.ts';

const Due = z.object({ at: z.string(), tenant: z.string().regex(/^[a-z0-9]{8}$/), kind: z.string(), id: z.string().max(60) });

const runners = { 'dry-run': dryRunRunner, report: reportRunner };
const job = handling(JobMessage, (message, { hasTime }) => workOn(message, runners, hasTime));

/** A campaign's moment has come, told by its schedule or by the sweep; or somebody asked what it would come to, or came to. */
export const handler = onEvents({
  'due.campaign': handling(Due, async ({ tenant, id }, { now, requestId, hasTime }) => {
    const agent = await agentIn(tenant, { now, requestId });
    if (agent) await fireCampaign(agent, id, hasTime);
  }),
  'work.job.dry-run': job,
  'work.job.report': job,
});
