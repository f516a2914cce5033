import type { Agent } from '../agent.ts';
import { startingWith } from '../table/ranges.ts';
import { rulePartition } from './partition.entity.ts';
import { ruleEntity, walkEntity } from './rule.entity.ts';
import { walkFor } from './rule.ts';

/** The workspace's hours are others: every rule that waits for a moment goes through all customers again. A walk that is under way goes on. */
export async function rewalk({ table, tenant, iso, stamp }: Agent): Promise<void> {
  const rows = await table.queryAll({ pk: rulePartition(tenant), range: startingWith('rul_'), strong: true });
  for (const rule of rows.map((row) => ruleEntity.decode(row))) {
    const walk = rule.on && !rule.archivedAt && walkFor(rule, iso, false);
    if (walk) await table.attempt(walkEntity.create(tenant, rule.id, walk, stamp));
  }
}
