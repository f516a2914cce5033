import type { Agent } from '../agent.ts';
import { caseEntity } from '../cases/case.entity.ts';
import { isOpen } from '../cases/case.ts';
import { reprioritised } from '../cases/course.ts';
import { tierOf } from '../cases/open.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { serviceLevelsOf } from '../service-levels/service-level.entity.ts';
import type { Cause, Outcome } from './cause.ts';
import type { EffectOf } from './effect.ts';

/**
 * The case that a rule acts on, made more urgent and handed to a queue, for the commit of its firing: 1.5 R and 9 W. Nothing where it is over,
 * or as urgent and there already; a queue that is gone leaves it where it is.
 */
export async function escalate(agent: Agent, { subjectId, customer }: Cause, effect: EffectOf<'escalate'>): Promise<Outcome> {
  const { table, tenant, stamp, now } = agent;
  const item = subjectId.startsWith('cas_') ? await table.get(caseEntity.key(tenant, subjectId)) : undefined;
  const theCase = item && caseEntity.decode(item);
  if (!item || !theCase || theCase.archivedAt || !isOpen(theCase)) return { actions: [], made: [] };
  const levels = await serviceLevelsOf(agent);
  const queue = effect.queue !== null && levels.queues.includes(effect.queue) ? effect.queue : theCase.queue;
  const next = { ...theCase, queue, priority: effect.priority ?? theCase.priority };
  const tier = tierOf(customerEntity.decode(customer), levels);
  const to = next.priority === theCase.priority ? next : reprioritised(next, levels, { tier, at: now });
  if (caseEntity.changedFields(theCase, to).length === 0) return { actions: [], made: [] };
  return { actions: caseEntity.update(tenant, theCase.id, { from: item, to }, stamp), made: [{ kind: 'case', id: theCase.id }] };
}
