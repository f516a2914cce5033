import * as z from 'zod';
import { agentIn } from '../agent.ts';
import { handling, onEvents } from '../workflows/on-events.ts';
import { dueMessage } from './message.entity.ts';
import { workMessage } from './work.ts';

const Due = z.object({ at: z.string(), tenant: z.string(), kind: z.string(), id: z.string() });

/** Messages that are due: sent, or looked after. A hint is enough; the rows decide. */
export const handler = onEvents({
  'due.message': handling(Due, async (due, { now, requestId, msLeft }) => {
    const key = dueMessage(due);
    const agent = key && (await agentIn(due.tenant, { now, requestId }));
    if (agent) await workMessage(agent, key, msLeft);
  }),
});
