import * as z from 'zod';
import { agentIn } from '../agent.ts';
import { isoOf } from '../kernel/clock.ts';
import { waitToEnter } from '../runs/enter.ts';
import { CrmEvent } from '../workflows/event.ts';
import { handling, type Moment, onEvents } from '../workflows/on-events.ts';
import { concernedBy, onEvent } from './events.ts';
import { fire } from './fire.ts';
import { rewalk } from './rewalk.ts';
import { waitingOf } from './rule.entity.ts';
import { walk } from './walk.ts';

const DueDetail = z.object({ at: z.string(), tenant: z.string(), kind: z.string(), id: z.string() });

/** Something happened that rules may wait for, or that moves what they wait for. */
const happened = handling(CrmEvent, async (event, { now, requestId }) => {
  const { rules, triggers } = await concernedBy(event, { now, iso: isoOf(now) });
  if (rules.length + triggers.length === 0) return;
  const agent = await agentIn(event.tenant, { now, requestId });
  if (!agent) return;
  for (const { id } of rules) await onEvent(agent, id, event);
  const { customerId, at } = event;
  if (customerId) for (const { campaignId } of triggers) await waitToEnter(agent, { customerId, campaignId, since: at });
});

const walked = async ({ tenant, ruleId }: { tenant: string; ruleId: string }, { now, requestId, hasTime }: Moment) => {
  const agent = await agentIn(tenant, { now, requestId });
  if (agent) await walk(agent, ruleId, { hasTime });
};

/** Rules at work: on what happens, at the moments that they wait for, and through all customers when they are turned on. */
export const handler = onEvents({
  'customer.*': happened,
  'interaction.*': happened,
  'consent.*': happened,
  'followUp.*': happened,
  'case.*': happened,
  'response.completed': happened,
  'rule.changed': handling(CrmEvent, (event, moment) => walked({ tenant: event.tenant, ruleId: event.rowId }, moment)),
  'workspace.changed': handling(CrmEvent, async (event, { now, requestId }) => {
    const agent = event.fields.includes('timeZone') ? await agentIn(event.tenant, { now, requestId }) : undefined;
    if (agent) await rewalk(agent);
  }),
  'due.ruleWalk': handling(DueDetail, ({ tenant, id }, moment) => walked({ tenant, ruleId: id }, moment)),
  'due.rule': handling(DueDetail, async ({ tenant, id }, { now, requestId }) => {
    const key = waitingOf(id);
    const agent = key && (await agentIn(tenant, { now, requestId }));
    if (agent) await fire(agent, key);
  }),
});
