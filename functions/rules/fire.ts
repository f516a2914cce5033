import type { Agent } from '../agent.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { act } from './act.ts';
import { knownOf } from './facts.ts';
import { momentsOf, stepOf } from './moment.ts';
import { waitingActions } from './plan.ts';
import { ruleEntity, type WaitingKey, waitingEntity } from './rule.entity.ts';
import { isMoment } from './when.ts';

const tries = 6;

/**
 * A moment that a rule waits for has come: looks at the rows anew and acts, moves on, or lets go. The rows decide; a hint that is late
 * or comes twice finds nothing to do. 5 R, and 3 W where nothing is done.
 */
export async function fire(agent: Agent, key: WaitingKey): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt++) if (await fired(agent, key)) return;
  throw new Error('what a rule waits for is written by others again and again');
}

async function fired(agent: Agent, key: WaitingKey): Promise<boolean> {
  const { table, tenant, now } = agent;
  const [item, ruleItem, customer] = await table.getMany(
    [waitingEntity.key(tenant, key), ruleEntity.key(tenant, key.ruleId), customerEntity.key(tenant, key.customerId)],
    { strong: true },
  );
  const waiting = item && waitingEntity.decode(item);
  if (!item || !waiting || Date.parse(waiting.at) > now) return true;
  const rule = ruleItem && ruleEntity.decode(ruleItem);
  const gone = () => table.attempt([{ remove: waitingEntity.key(tenant, key), guard: { version: waiting.version } }]);
  const live = rule?.on && !rule.archivedAt && customer && !customerEntity.decode(customer).archivedAt;
  if (!live || !isMoment(rule.when)) return (await gone()).length === 0;
  const known = (await knownOf(agent, rule.when, [customer])).find(({ subjectId }) => subjectId === key.subjectId);
  if (!known) return (await gone()).length === 0;
  const step = stepOf(rule.when, waiting, { moments: momentsOf(rule.when, known.facts, now), now });
  const besides = waitingActions(agent, { rule, one: known, item, waiting: step.after });
  if (!step.act) return (await table.attempt(besides)).length === 0;
  const { occurrence } = step.act;
  return act(agent, { rule, customer, subjectId: key.subjectId, occurrence, depth: 0, missed: step.missed }, besides);
}
