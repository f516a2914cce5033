import { agentIn } from '../agent.ts';
import { CrmEvent } from '../workflows/event.ts';
import { handling, onEvents } from '../workflows/on-events.ts';
import { tellMentioned } from './mentions.ts';

const wrote = handling(CrmEvent, async (event, { now, requestId }) => {
  const field = event.type.startsWith('interaction.') ? 'body' : 'notes';
  if (!event.type.endsWith('.created') && !event.fields.includes(field)) return;
  const agent = await agentIn(event.tenant, { now, requestId });
  if (agent) await tellMentioned(agent, event);
});

/** Somebody wrote a text that may name members. */
export const handler = onEvents({
  'interaction.created': wrote,
  'interaction.changed': wrote,
  'followUp.created': wrote,
  'followUp.changed': wrote,
});
