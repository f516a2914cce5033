import type { Agent } from '../agent.ts';
import { openCaseActions } from '../cases/open.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { interactionEntity } from '../interactions/interaction.entity.ts';
import type { Item } from '../table/entity.ts';
import type { EffectOf } from './effect.ts';
import type { Cause } from './effects.ts';

type Opening = { effect: EffectOf<'case'>; id: string; ownerId: string | null };

const longest = 200;
/** A line that says what it is about: the first of what was written, where there is no subject. */
const lineOf = (text: string | null) => text?.trim().split('\n')[0]?.slice(0, longest).trim() || null;

/** The interaction, answer or customer that a rule acts on, as what a case begins with. */
async function beginningOf({ table, tenant }: Agent, { subjectId, customer }: Cause): Promise<Item | undefined> {
  if (!subjectId.startsWith('int_')) return undefined;
  return table.get(interactionEntity.key(tenant, { customerId: customerEntity.decode(customer).id, id: subjectId }));
}

/** A case of what a rule acts on, for the commit of its firing. Undefined where there is one of it already. */
export async function caseOfCause(agent: Agent, cause: Cause, { effect, id, ownerId }: Opening) {
  const item = await beginningOf(agent, cause);
  const entry = item && interactionEntity.decode(item);
  const { type, priority, queue } = effect;
  const source = cause.subjectId.startsWith('int_')
    ? { kind: 'interaction' as const, id: cause.subjectId }
    : cause.subjectId.startsWith('rsp_')
      ? { kind: 'survey' as const, id: cause.subjectId }
      : { kind: 'rule' as const, id: cause.rule.id };
  return openCaseActions(agent, {
    ...{ id, type, priority, queue, ownerId, source },
    subject: effect.subject ?? lineOf(entry?.subject ?? null) ?? lineOf(entry?.body ?? null) ?? cause.rule.name,
    customer: customerEntity.decode(cause.customer),
    begins: item ? { item } : null,
  });
}
