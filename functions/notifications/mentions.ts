import type { Agent } from '../agent.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { followUpEntity } from '../followups/follow-up.entity.ts';
import { interactionEntity } from '../interactions/interaction.entity.ts';
import type { CrmEvent } from '../workflows/event.ts';
import { excerptOf, mentionedIn } from './mention.ts';
import type { NotificationInput } from './notification.ts';
import { notifyOnce } from './notify.ts';
import { mayRead } from './who-sees.ts';

const latest = 48 * 3_600_000;
/** Only what a person wrote, herself or with a key. */
const written = new Set(['person', 'key']);

type Text = { text: string | null; ownerId: string | null; customerId: string | null; subject: NotificationInput['subject'] };

/** The text of what an event tells of, as the row is now; undefined where it is gone. */
async function textOf({ table, tenant }: Agent, { type, rowId, customerId }: CrmEvent): Promise<Text | undefined> {
  if (type.startsWith('interaction.')) {
    if (!customerId) return undefined;
    const item = await table.get(interactionEntity.key(tenant, { customerId, id: rowId }));
    const row = item && interactionEntity.decode(item);
    if (!row || row.archivedAt) return undefined;
    return { text: row.body, ownerId: null, customerId, subject: { type: 'interaction', id: rowId, customerId } };
  }
  const item = await table.get(followUpEntity.key(tenant, rowId));
  const row = item && followUpEntity.decode(item);
  if (!row || row.archivedAt) return undefined;
  const subject = { type: 'followUp' as const, id: rowId, customerId: row.customerId };
  return { text: row.notes, ownerId: row.ownerId, customerId: row.customerId, subject };
}

/**
 * Tells the members whom a text names, each once for this text: those of the staff who may see the customer, or the follow-up where it is
 * about nobody. Whoever wrote it is not told. 1 R where nobody is named.
 */
export async function tellMentioned(agent: Agent, event: CrmEvent): Promise<void> {
  if (!written.has(event.via) || Date.parse(event.at) < agent.now - latest) return;
  const found = await textOf(agent, event);
  const named = mentionedIn(found?.text ?? null).filter((id) => id !== event.actorId);
  if (!found || named.length === 0) return;
  const members = await agent.roster();
  const { customerId, subject } = found;
  const item = customerId ? await agent.table.get(customerEntity.key(agent.tenant, customerId)) : undefined;
  if (customerId && !item) return;
  const ownerId = item ? customerEntity.decode(item).ownerId : found.ownerId;
  const told = members.filter(
    (member) =>
      named.includes(member.id) &&
      member.status === 'active' &&
      member.role !== 'partner' &&
      mayRead(member, item ? 'customers' : 'followUps', { ownerId, members }),
  );
  const by = members.find(({ id }) => id === event.actorId)?.name ?? null;
  const data = { by, text: excerptOf(found.text ?? '') };
  await notifyOnce(
    agent,
    told.map(({ id }): NotificationInput => ({ memberId: id, kind: 'mention', subject, data, at: event.at })),
  );
}
