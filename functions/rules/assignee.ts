import type { Member } from '../admin/member.ts';
import type { Agent } from '../agent.ts';
import type { Customer } from '../customers/customer.ts';
import { notDone } from './cause.ts';
import type { Assignee } from './effect.ts';

/**
 * Whose an effect becomes: the owner's, a named member's (0.5 R), or that of who leads the owner's team (0.5 R six members). Throws NotDone:
 * `no_owner`, `owner_gone`, `member_gone`, `no_lead`.
 */
export async function assigneeOf(agent: Agent, { to, memberId }: Assignee, { ownerId }: Pick<Customer, 'ownerId'>): Promise<Member> {
  if (to === 'lead') return leadOf(await agent.roster(), ownerId) ?? notDone('skipped', 'no_lead');
  const active = async (id: string | null) => {
    const member = id === null ? undefined : await agent.member(id);
    return member?.status === 'active' ? member : undefined;
  };
  if (to === 'member') return (await active(memberId)) ?? notDone('failed', 'member_gone');
  const found = (await active(ownerId)) ?? (await active(memberId));
  if (found) return found;
  return ownerId ? notDone('failed', 'owner_gone') : notDone('skipped', 'no_owner');
}

/** A manager of the owner's team; where the team has none, or nobody owns it, any manager; where there is none, an admin. */
function leadOf(everybody: readonly Member[], ownerId: string | null): Member | undefined {
  const members = everybody.filter(({ status }) => status === 'active');
  const teams = members.find(({ id }) => id === ownerId)?.teams ?? [];
  const managers = members.filter(({ role }) => role === 'manager');
  const own = managers.find((member) => member.id !== ownerId && member.teams.some((team) => teams.includes(team)));
  return own ?? managers.find(({ id }) => id !== ownerId) ?? managers[0] ?? members.find(({ role }) => role === 'admin');
}
