import * as z from 'zod';
import { agentIn } from '../agent.ts';
import { handling, onEvents } from '../workflows/on-events.ts';
import { fireCampaign } from './fire.ts';

const Due = z.object({ at: z.string(), tenant: z.string().regex(/^[a-z0-9]{8}$/), kind: z.string(), id: z.string().max(60) });

/** A campaign's moment has come: told by its schedule, or by the sweep. */
export const handler = onEvents({
  'due.campaign': handling(Due, async ({ tenant, id }, { now, requestId, hasTime }) => {
    const agent = await agentIn(tenant, { now, requestId });
    if (agent) await fireCampaign(agent, id, hasTime);
  }),
});
