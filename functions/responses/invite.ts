import type { Agent } from '../agent.ts';
import type { Action } from '../table/entity.ts';
import { invitationEntity } from './invitation.entity.ts';
import type { Invitation } from './invitation.ts';
import { invitationToken, surveyUrl } from './link.ts';

const dayMs = 86_400_000;

type Inviter = Pick<Agent, 'tenant' | 'stamp' | 'now' | 'iso'>;
type Asked = Omit<Invitation, 'caseId' | 'expiresAt' | 'createdAt' | 'version'> &
  Partial<Pick<Invitation, 'caseId'>> & { linkDays: number };

/** Whether somebody has been invited so. 1 R. */
export async function isInvited({ tenant, table }: Pick<Agent, 'tenant' | 'table'>, invitationId: string): Promise<boolean> {
  const token = await invitationToken({ tenant }, invitationId);
  return (await table.get(invitationEntity.key(tenant, { token }))) !== undefined;
}

/**
 * A link by which one customer answers a survey, and the row that lets her: 1 W. Made again it is the same link, and the row that is there
 * stands.
 */
export async function inviteAction(inviter: Inviter, { linkDays, ...asked }: Asked): Promise<{ url: string; action: Action }> {
  const { tenant, stamp, now, iso } = inviter;
  const token = await invitationToken({ tenant }, asked.id);
  const expiresAt = new Date(now + linkDays * dayMs).toISOString();
  const [action] = invitationEntity.create(tenant, { token }, { caseId: null, ...asked, expiresAt, createdAt: iso, version: 1 }, stamp);
  return { url: surveyUrl(token), action: action as Action };
}
