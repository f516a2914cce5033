import type { Agent } from '../agent.ts';
import { notifyActions } from '../notifications/notify.ts';
import { type Action, GuardError } from '../table/entity.ts';
import { followUpEntity } from './follow-up.entity.ts';
import { type FollowUp, nextReminder } from './follow-up.ts';

const tries = 6;

/** What tells the owner. The moment is the cause, so that a reminder that comes twice is one notification. */
const told = (agent: Agent, { id, title, ownerId, customerId, dueAt, remindAt }: FollowUp): Promise<Action[]> =>
  notifyActions(agent, {
    memberId: ownerId,
    kind: 'followUp.due',
    subject: { type: 'followUp', id, customerId },
    data: { title, dueAt },
    ...(remindAt && { cause: remindAt }),
  });

/**
 * Reminds the owner of a follow-up whose moment has come, once: the notification, the mark and the move of the entry are one commit.
 * What was moved, done or reminded of already stays as it is. After an outage the moments that were missed are one reminder.
 * 2.5 R, 7 W. Whether there was something to remind of.
 */
export async function remind(agent: Agent, id: string): Promise<boolean> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const item = await agent.table.get(followUpEntity.key(agent.tenant, id));
    const followUp = item && followUpEntity.decode(item);
    if (!item || !followUp?.remindAt || Date.parse(followUp.remindAt) > agent.now) return false;
    const to = { ...followUp, remindedAt: agent.iso, remindAt: nextReminder(followUp, agent.now) };
    const update = followUpEntity.update(agent.tenant, id, { from: item, to }, agent.stamp);
    try {
      await agent.table.commit([...update, ...(await told(agent, followUp))]);
      return true;
    } catch (error) {
      if (!(error instanceof GuardError)) throw error;
    }
  }
  throw new Error('a follow-up is written by others again and again');
}
