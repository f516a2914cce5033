import * as z from 'zod';
import { agentIn } from '../agent.ts';
import { handling, onEvents } from '../workflows/on-events.ts';
import { caseOfDue } from './case.entity.ts';
import { lookAfter } from './due.ts';

const DueDetail = z.object({ at: z.string(), tenant: z.string(), kind: z.string(), id: z.string() });

/** A case's moment has come: a warning, a breach, its closing. */
export const handler = onEvents({
  'due.case': handling(DueDetail, async (due, { now, requestId }) => {
    const id = caseOfDue(due);
    const agent = await agentIn(due.tenant, { now, requestId });
    if (id && agent) await lookAfter(agent, id);
  }),
});
