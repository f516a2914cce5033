import type { Agent } from '../agent.ts';
import { activityKey, collection, customerEntity } from '../customers/customer.entity.ts';
import { customersFollowUps, followUpEntity } from '../followups/follow-up.entity.ts';
import { activityOf, interactionEntity, isInteraction, timelineRange } from '../interactions/interaction.entity.ts';
import { type Interaction, isUnanswered } from '../interactions/interaction.ts';
import type { Item } from '../table/entity.ts';
import type { Facts } from './moment.ts';
import type { MomentWhen } from './when.ts';

export type Reader = Pick<Agent, 'table' | 'tenant' | 'workspace' | 'now'>;
/** A customer, or a complaint or follow-up of hers, and what a rule's moments follow from. */
export type Known = { customerId: string; subjectId: string; facts: Facts };

/** Interactions of one customer that are looked through for one with a reason; complaints older than these are past a rule's care. */
const mostLookedAt = 300;
const abreast = 10;

/** What is known of some customers, as far as this `when` asks: nothing more, or 0.5 R for their activity, or a query each. */
export async function knownOf(reader: Reader, when: MomentWhen, items: readonly Item[]): Promise<Known[]> {
  const asksActivity = when.kind === 'silence' || when.kind === 'unanswered';
  const customers = items.map((item) => customerEntity.decode(item));
  const sums = asksActivity ? await reader.table.getMany(customers.map(({ id }) => activityKey(reader.tenant, id))) : [];
  const found: Known[][] = [];
  for (let start = 0; start < customers.length; start += abreast)
    found.push(
      ...(await Promise.all(
        customers.slice(start, start + abreast).map(async ({ id, timeZone, createdAt, custom }, at): Promise<Known[]> => {
          const { lastInteractionAt, lastOutboundAt } = activityOf(sums[start + at]);
          const facts: Facts = {
            ...{ zone: timeZone ?? reader.workspace.timeZone, createdAt, custom, open: null },
            ...{ lastAt: lastInteractionAt, lastWithReason: null },
          };
          if (when.kind === 'unanswered' || when.kind === 'followUp.overdue') {
            const open = when.kind === 'unanswered' ? await complaints(reader, id, lastOutboundAt) : await overdueFollowUps(reader, id);
            return open.map((one) => ({ customerId: id, subjectId: one.id, facts: { ...facts, open: one } }));
          }
          const lastWithReason = when.kind === 'every' && 'reason' in when.since ? await lastWith(reader, id, when.since.reason) : null;
          return [{ customerId: id, subjectId: id, facts: { ...facts, lastWithReason } }];
        }),
      )),
    );
  return found.flat();
}

/** A customer's newest interactions that are not archived. */
async function newest({ table, tenant }: Reader, customerId: string): Promise<Interaction[]> {
  const { items } = await table.query({
    pk: collection(tenant, customerId),
    range: timelineRange,
    newestFirst: true,
    limit: mostLookedAt,
    strong: true,
  });
  return items
    .filter(isInteraction)
    .map((item) => interactionEntity.decode(item))
    .filter(({ archivedAt }) => !archivedAt);
}

const lastWith = async (reader: Reader, customerId: string, reason: Interaction['reason']) =>
  (await newest(reader, customerId)).find((one) => one.reason === reason)?.occurredAt ?? null;

const complaints = async (reader: Reader, customerId: string, lastOutboundAt: string | null) =>
  (await newest(reader, customerId))
    .filter((one) => isUnanswered(one, lastOutboundAt))
    .map(({ id, occurredAt }) => ({ id, since: occurredAt }));

async function overdueFollowUps({ table, tenant }: Reader, customerId: string) {
  const { items } = await table.query({ index: 'gsi3', pk: customersFollowUps(tenant, 'open', customerId), limit: mostLookedAt });
  const rows = await table.getMany(items.map(({ pk, sk }) => ({ pk, sk })));
  return rows.flatMap((row) => {
    const followUp = row && followUpEntity.decode(row);
    return followUp?.state === 'open' ? [{ id: followUp.id, since: followUp.dueAt }] : [];
  });
}
