import type { Agent } from '../agent.ts';
import type { Item } from '../table/entity.ts';
import { type Known, knownOf } from './facts.ts';
import { momentsOf, type Waiting, waitingFor } from './moment.ts';
import { waitingEntity } from './rule.entity.ts';
import type { Rule } from './rule.ts';
import { isMoment } from './when.ts';

type Planner = Pick<Agent, 'table' | 'tenant' | 'workspace' | 'now' | 'stamp'>;
type Choice = {
  passed?: boolean;
  /** When those come up whose moment has passed; at once where it is not said. */
  turn?: number;
  /** Leave what waits already, whatever it is. */
  onlyNew?: boolean;
  subjectId?: string | undefined;
};

/**
 * Makes what a rule waits for with some customers what it has to be by their rows: put anew, moved or taken away, and left where it is
 * right. Gives the places in `items` of those between whose reading and writing somebody came: they are to be read again.
 */
export async function plan(planner: Planner, rule: Rule, { items, ...choice }: { items: readonly Item[] } & Choice): Promise<string[]> {
  const { when } = rule;
  if (!isMoment(when)) return [];
  const { table, tenant, now } = planner;
  const known = (await knownOf(planner, when, items)).filter(({ subjectId }) => !choice.subjectId || subjectId === choice.subjectId);
  const held = await table.getMany(
    known.map((one) => waitingEntity.key(tenant, keyOf(rule, one))),
    { strong: true },
  );
  const since = Date.parse(rule.onSince ?? '') || now;
  const behind: string[] = [];
  for (const [at, one] of known.entries()) {
    const item = held[at];
    if (item && choice.onlyNew) continue;
    const said = { now, since, passed: choice.passed ?? false, turn: choice.turn ?? now };
    const waiting = waitingFor(when, momentsOf(when, one.facts, now), said);
    if (!(await written(planner, { rule, one, item, waiting }))) behind.push(one.customerId);
  }
  return behind;
}

const keyOf = ({ id }: Pick<Rule, 'id'>, { customerId, subjectId }: Pick<Known, 'customerId' | 'subjectId'>) => ({
  customerId,
  ruleId: id,
  subjectId,
});

type Write = { rule: Rule; one: Pick<Known, 'customerId' | 'subjectId'>; item: Item | undefined; waiting: Waiting | undefined };

/** The one action that makes a waiting row what it has to be; none where it is that already. */
export function waitingActions({ tenant, stamp }: Pick<Agent, 'tenant' | 'stamp'>, { rule, one, item, waiting }: Write) {
  const key = keyOf(rule, one);
  const before = item && waitingEntity.decode(item);
  if (!waiting) return item ? [{ remove: waitingEntity.key(tenant, key), guard: { version: Number(item.v) } }] : [];
  if (!item || !before) return waitingEntity.create(tenant, key, { ...key, ...waiting, version: 1 }, stamp);
  const same = before.occurrence === waiting.occurrence && before.look === waiting.look && (before.at === waiting.at || waiting.look);
  return same ? [] : waitingEntity.update(tenant, key, { from: item, to: { ...before, ...waiting } }, stamp);
}

async function written(planner: Planner, write: Write): Promise<boolean> {
  return (await planner.table.attempt(waitingActions(planner, write))).length === 0;
}
