import type { Agent } from '../agent.ts';
import { GuardError } from '../table/entity.ts';
import { followUpEntity } from './follow-up.entity.ts';
import { nextReminder } from './follow-up.ts';

const tries = 6;

/**
 * Reminds the owner of a follow-up whose moment has come, once: the reminder, its mark and the move of the entry are one commit. What was
 * moved, done or reminded of already stays as it is. After an outage the moments that were missed are one reminder. 1 R, 2 W.
 */
export async function remind(agent: Agent, id: string): Promise<boolean> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const item = await agent.table.get(followUpEntity.key(agent.tenant, id));
    const followUp = item && followUpEntity.decode(item);
    if (!item || !followUp?.remindAt || Date.parse(followUp.remindAt) > agent.now) return false;
    const to = { ...followUp, remindedAt: agent.iso, remindAt: nextReminder(followUp, agent.now) };
    try {
      await agent.table.commit(followUpEntity.update(agent.tenant, id, { from: item, to }, agent.stamp));
      return true;
    } catch (error) {
      if (!(error instanceof GuardError)) throw error;
    }
  }
  throw new Error('a follow-up is written by others again and again');
}
