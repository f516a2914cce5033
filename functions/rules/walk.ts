import type { Agent } from '../agent.ts';
import { customerIdOf } from '../customers/customer.entity.ts';
import { isoOf } from '../kernel/clock.ts';
import { type Cursor, customersPage } from './customers-walk.ts';
import { plan } from './plan.ts';
import { ruleEntity, walkEntity } from './rule.entity.ts';
import { turnOf } from './rule.ts';

const pageSize = 100;
const leaseMs = 2 * 60_000;
const tries = 6;

/**
 * Goes through all customers for a rule that has been turned on, page by page, as long as there is time. The walk's row says from where;
 * whoever writes it is the one who works on it, and a page that is planned twice is planned the same.
 */
export async function walk(worker: Agent, ruleId: string, { hasTime }: { hasTime: () => boolean }): Promise<void> {
  while (hasTime()) if (!(await step(worker, ruleId))) return;
}

/** One page. Gives whether there is more, and it is ours to do. */
async function step(agent: Agent, ruleId: string): Promise<boolean> {
  const { table, tenant } = agent;
  const [item, ruleItem] = await table.getMany([walkEntity.key(tenant, ruleId), ruleEntity.key(tenant, ruleId)], { strong: true });
  if (!item) return false;
  const now = walkEntity.decode(item);
  const rule = ruleItem && ruleEntity.decode(ruleItem);
  const remove = { remove: walkEntity.key(tenant, ruleId), guard: { version: now.version } };
  if (!rule?.on) {
    await table.attempt([remove]);
    return false;
  }
  const { items, next } = await customersPage(agent, now.cursor as Cursor | null, pageSize);
  const choice = { passed: now.passed, turn: turnOf(now) };
  let behind = new Set(await plan(agent, rule, { items, ...choice }));
  for (let attempt = 0; behind.size > 0; attempt++) {
    if (attempt >= tries) throw new Error('customers are written by others again and again');
    const again = await table.getMany(
      items.filter((one) => behind.has(customerIdOf(one))).map(({ pk, sk }) => ({ pk, sk })),
      { strong: true },
    );
    const there = again.filter((one) => one !== undefined);
    behind = new Set(await plan(agent, rule, { items: there, ...choice }));
  }
  if (!next) return (await table.attempt([remove])).length > 0;
  const to = { ...now, cursor: next, done: now.done + items.length, dueAt: isoOf(agent.now + leaseMs) };
  const failed = await table.attempt(walkEntity.update(tenant, ruleId, { from: item, to }, agent.stamp));
  return failed.length === 0;
}
