import type { Member } from '../admin/member.ts';
import { type Resource, scopeOf } from '../admin/roles.ts';

/** Whether a member may read a record with this owner, by her role and teams: for what the product tells her by itself. Pure. */
export function mayRead(
  member: Member,
  resource: Resource,
  { ownerId, members }: { ownerId: string | null; members: readonly Member[] },
): boolean {
  const reach = scopeOf(member.role, resource, 'read');
  if (reach === 'all') return true;
  if (ownerId === null || reach === 'none' || reach === 'shared') return false;
  if (ownerId === member.id) return true;
  const owner = members.find(({ id }) => id === ownerId);
  return reach === 'team' && (owner?.teams.some((team) => member.teams.includes(team)) ?? false);
}
