import { agentIn } from '../agent.ts';
import { isoOf } from '../kernel/clock.ts';
import { putOnBus, workSource } from '../workflows/bus.ts';
import { handling, onEvents } from '../workflows/on-events.ts';
import { Recount, recountPage } from './recount.ts';

/** Counts page after page while there is time, and tells itself what is left. */
export const handler = onEvents({
  'team.recount': handling(Recount, async (asked, { now, requestId, hasTime }) => {
    const agent = await agentIn(asked.tenant, { now, requestId });
    let left: Recount | undefined = agent && asked;
    while (agent && left && hasTime()) left = await recountPage(agent, left);
    if (!left) return;
    const refused = await putOnBus([{ source: workSource, type: 'team.recount', at: isoOf(now), detail: left }]);
    if (refused) throw new Error(`the rest of a count was refused: ${refused.code}`);
  }),
});
