import type { Agent } from '../agent.ts';
import { saidOnCase } from '../cases/said.ts';
import { interactionEntity } from '../interactions/interaction.entity.ts';
import { Interaction } from '../interactions/interaction.ts';
import { hashOf, ulidAt } from '../kernel/ids.ts';
import { sentName, threadAction } from '../mail-in/mail.entity.ts';
import { replacing } from '../runs/run-rows.ts';
import { sendEntity } from '../runs/send.entity.ts';
import type { Send } from '../runs/send.ts';
import { messageEntity, sendPlace } from './message.entity.ts';
import type { Message } from './message.ts';
import type { Held } from './work.ts';

/** The entry of a sent message on the timeline: its id follows from the message and its time, whoever writes it. */
export const entryOf = (message: Message, sentAt: string): Interaction =>
  Interaction.parse({
    id: `int_${ulidAt(Date.parse(sentAt), Buffer.from(hashOf(message.id), 'base64url').subarray(0, 10))}`,
    customerId: message.customerId,
    channel: message.channel,
    direction: 'out',
    subject: message.subject,
    body: message.body,
    attachments: message.attachments,
    occurredAt: sentAt,
    memberId: message.memberId,
    mailId: message.id,
    caseId: message.caseId,
    version: 1,
  });

/**
 * Puts a message that was sent onto the timeline, and remembers its conversation, in the commit in which its send says so: 8 W. `becomes`
 * is what the send is to say; the same where an event of the provider's has said it.
 */
export async function finish(agent: Agent, held: Held, becomes: (send: Send) => Send = (send) => send): Promise<void> {
  const { table, tenant, stamp } = agent;
  const { item, message, sendItem, send } = held;
  if (message.interactionId !== null) return;
  const to = becomes(send);
  if (to.sentAt === null) return;
  const { caseId, customerId } = message;
  const said = caseId ? await saidOnCase(agent, { caseId, customerId, direction: 'out', at: to.sentAt }) : undefined;
  const entry = { ...entryOf(message, to.sentAt), caseId: said?.theCase.id ?? null };
  const done = { ...message, lookAt: null, interactionId: entry.id };
  const thread =
    message.channel === 'email' && to.messageId !== null
      ? [threadAction(tenant, sentName(to.messageId), { customerId, by: message.id, from: message.to, caseId: entry.caseId })]
      : [];
  await table.commit([
    ...messageEntity.update(tenant, message, { from: item, to: done }, stamp),
    ...(to === send ? [] : [replacing(agent, sendEntity, { id: sendPlace(message), from: sendItem, to }).action]),
    ...interactionEntity.create(tenant, entry, entry, stamp),
    ...thread,
    ...(said?.actions ?? []),
  ]);
}
