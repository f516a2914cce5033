import * as z from 'zod';
import type { Agent } from '../agent.ts';
import { activityKey, customerIdOf, ownerPartition } from '../customers/customer.entity.ts';
import { activityOf } from '../interactions/interaction.entity.ts';
import { timeOf } from '../kernel/ids.ts';
import type { Item } from '../table/entity.ts';
import { unseenItem } from './team.entity.ts';
import { unseenDays } from './team-activity.ts';

/** What is left of a count: whose customers, from where on, and what was found so far. */
export const Recount = z.object({
  tenant: z.string(),
  members: z.array(z.string()).max(1_000),
  after: z.record(z.string(), z.unknown()).optional(),
  count: z.int().default(0),
  of: z.int().default(0),
});
export type Recount = z.output<typeof Recount>;

const pageSize = 200;

/** Whether nothing has happened with a customer for long; one who was made lately is not unseen yet. */
export function isUnseen(customerId: string, activity: Item | undefined, now: number): boolean {
  const last = activityOf(activity).lastInteractionAt;
  return Math.max(last ? Date.parse(last) : 0, timeOf(customerId)) < now - unseenDays * 86_400_000;
}

/** One page of the count of one member. Gives what is left; undefined when all are counted. About 10 R for the page and 0.5 R a customer. */
export async function recountPage({ table, tenant, now }: Agent, asked: Recount): Promise<Recount | undefined> {
  const [memberId, ...others] = asked.members;
  if (!memberId) return undefined;
  const page = await table.query({ index: 'gsi2', pk: ownerPartition(tenant, memberId), limit: pageSize, after: asked.after });
  const ids = page.items.map(customerIdOf);
  const sums = await table.getMany(ids.map((id) => activityKey(tenant, id)));
  const count = asked.count + ids.filter((id, at) => isUnseen(id, sums[at], now)).length;
  const of = asked.of + ids.length;
  if (page.lastKey) return { ...asked, after: page.lastKey, count, of };
  const put = unseenItem(tenant, memberId, { count, of, at: now });
  await table.commit([{ put, guard: { always: 'a count that was made anew; the newest one stays' } }]);
  return others.length > 0 ? { tenant, members: others, count: 0, of: 0 } : undefined;
}
