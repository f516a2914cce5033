import type { Agent } from '../agent.ts';
import { serviceLevelsOf } from '../service-levels/service-level.entity.ts';
import type { Action, Item } from '../table/entity.ts';
import { caseEntity } from './case.entity.ts';
import type { Case } from './case.ts';
import { answered, heard } from './course.ts';

type Hand = Pick<Agent, 'table' | 'tenant' | 'stamp' | 'workspace'>;
/** Cases that were merged one into the other. */
const mostHops = 5;

/** `read`: the case, where it was read a moment before. */
type Saying = { caseId: string; customerId: string; direction: 'in' | 'out' | 'none'; at: string; read?: { item: Item; theCase: Case } };

/** The case that a case has become, where it was merged. 1 R a step. */
export async function caseOf({ table, tenant }: Pick<Hand, 'table' | 'tenant'>, id: string) {
  let item = await table.get(caseEntity.key(tenant, id));
  for (let hop = 0; hop < mostHops; hop++) {
    const into = item && caseEntity.decode(item).mergedIntoId;
    if (!into) break;
    item = await table.get(caseEntity.key(tenant, into));
  }
  return item && { item, theCase: caseEntity.decode(item) };
}

/**
 * What something that was said on a case makes of it, for the commit that puts it onto the timeline: what went out is an answer, what came in
 * ends the waiting. 0.5 to 1.5 R and 8 W, or nothing where nothing changes. Undefined where there is no such case of this customer.
 */
export async function saidOnCase(
  hand: Hand,
  { caseId, customerId, direction, at, read }: Saying,
): Promise<{ theCase: Case; actions: Action[] } | undefined> {
  const found = read && read.theCase.mergedIntoId === null ? read : await caseOf(hand, caseId);
  if (!found || found.theCase.customerId !== customerId) return undefined;
  const { item, theCase } = found;
  if (direction === 'none' || theCase.archivedAt) return { theCase, actions: [] };
  const moment = { at: Math.max(Date.parse(at), Date.parse(theCase.openedAt)), levels: await serviceLevelsOf(hand) };
  const to = direction === 'out' ? answered(theCase, moment) : heard(theCase, moment);
  if (caseEntity.changedFields(theCase, to).length === 0) return { theCase, actions: [] };
  return { theCase: to, actions: caseEntity.update(hand.tenant, theCase.id, { from: item, to }, hand.stamp) };
}
