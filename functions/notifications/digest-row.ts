import type { Member } from '../admin/member.ts';
import type { Agent } from '../agent.ts';
import type { Item } from '../table/entity.ts';
import { preferencesEntity } from './notification.entity.ts';
import type { PreferencesRow } from './preferences.ts';

/** The row of a member's daily mail, as workers write it. */

/** The zone in which her hours count. */
export const zoneOf = ({ workspace }: Pick<Agent, 'workspace'>, member: Pick<Member, 'timeZone'> | undefined) =>
  member?.timeZone ?? workspace.timeZone;

/** Writes the row as it goes on from here; false where somebody came between. */
export async function written({ table, tenant, stamp }: Agent, item: Item | undefined, to: PreferencesRow): Promise<boolean> {
  const actions = item
    ? preferencesEntity.update(tenant, to.memberId, { from: item, to }, stamp)
    : preferencesEntity.create(tenant, to.memberId, to, stamp);
  return (await table.attempt(actions)).length === 0;
}
