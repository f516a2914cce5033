import { agentIn } from '../agent.ts';
import { CrmEvent } from '../workflows/event.ts';
import { handling, onEvents } from '../workflows/on-events.ts';
import { followCompleted } from './on-completed.ts';

/** Answers were handed in. */
export const handler = onEvents({
  'response.completed': handling(CrmEvent, async ({ tenant, rowId }, { now, requestId }) => {
    const agent = await agentIn(tenant, { now, requestId });
    if (agent) await followCompleted(agent, rowId);
  }),
});
