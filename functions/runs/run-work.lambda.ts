import * as z from 'zod';
import { agentIn } from '../agent.ts';
import { handling, type Moment, onEvents } from '../workflows/on-events.ts';
import { driveRun } from './drive.ts';
import { enter } from './enter.ts';
import { entryOf } from './entry.entity.ts';
import { dueRun } from './run.entity.ts';
import { workShard } from './walk.ts';

/** What is due of a run or a shard: told by the sweep, or at once by whoever knows that there is work. */
const Due = z.object({
  at: z.string(),
  tenant: z.string().regex(/^[a-z0-9]{8}$/),
  kind: z.enum(['run', 'shard']),
  id: z.string().max(120),
});

async function work({ tenant, kind, id }: z.output<typeof Due>, { now, requestId, msLeft }: Moment): Promise<void> {
  const due = dueRun({ kind, id });
  const agent = due && (await agentIn(tenant, { now, requestId }));
  if (!agent) return;
  const { shard, ...run } = due;
  if (shard === undefined) await driveRun(agent, run, { msLeft });
  else await workShard(agent, { run, shard }, { msLeft });
}

/** A customer waits to enter a triggered campaign. */
const Waits = z.object({ tenant: z.string().regex(/^[a-z0-9]{8}$/), id: z.string().max(80) });

async function entering({ tenant, id }: z.output<typeof Waits>, { now, requestId, msLeft }: Moment): Promise<void> {
  const key = entryOf(id);
  const agent = key && (await agentIn(tenant, { now, requestId }));
  if (agent) await enter(agent, key, { msLeft });
}

/** Runs and their shards: one chunk of work an event, so that workspaces and runs take turns. */
export const handler = onEvents({
  'due.run': handling(Due, work),
  'due.shard': handling(Due, work),
  'due.entry': handling(Waits, entering),
  'work.run': handling(Due, work),
  'work.shard': handling(Due, work),
});
