import * as z from 'zod';
import { agentIn } from '../agent.ts';
import { handling, onEvents } from '../workflows/on-events.ts';
import { remind } from './fire.ts';
import { followUpOfDue } from './follow-up.entity.ts';

const DueDetail = z.object({ at: z.string(), tenant: z.string(), kind: z.string(), id: z.string() });

/** A follow-up's moment has come. */
export const handler = onEvents({
  'due.followUp': handling(DueDetail, async (due, { now, requestId }) => {
    const id = followUpOfDue(due);
    const agent = await agentIn(due.tenant, { now, requestId });
    if (id && agent) await remind(agent, id);
  }),
});
