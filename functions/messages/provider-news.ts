import { agentIn } from '../agent.ts';
import type { Told } from '../channels/on-topic.ts';
import type { ProviderEvent } from '../channels/provider-event.ts';
import { sendEntity } from '../runs/send.entity.ts';
import { placeOf } from '../runs/send.ts';
import { finish } from './finish.ts';
import { messageEntity, messagePartition, messageRange, sendPlace } from './message.entity.ts';

/**
 * A direct message whose sender died before he could say that it was sent gets onto the timeline by the provider's own event, as soon as
 * its send was told. Whatever fails here is found by the message's own look.
 */
export async function noteDirectMessages(events: readonly ProviderEvent[], told: Told): Promise<void> {
  const seen = new Set<string>();
  for (const { tags } of events) {
    const place = placeOf(tags);
    if (!place || !('messagesTo' in place) || seen.has(`${tags.tenant}${place.hash}`)) continue;
    seen.add(`${tags.tenant}${place.hash}`);
    const agent = await agentIn(tags.tenant, told);
    const sendItem = agent && (await agent.table.get(sendEntity.key(agent.tenant, place)));
    if (!agent || !sendItem) continue;
    const send = sendEntity.decode(sendItem);
    if (send.sentAt === null) continue;
    // The newest of hers: an event comes within days.
    const pk = messagePartition(agent.tenant, place.messagesTo);
    const { items } = await agent.table.query({ pk, range: messageRange, newestFirst: true, limit: 50 });
    for (const item of items) {
      const message = messageEntity.decode(item);
      if (sendPlace(message).hash === place.hash && message.interactionId === null && message.lookAt !== null)
        await finish(agent, { item, message, sendItem, send });
    }
  }
}
