import type { Member } from '../admin/member.ts';
import { scopeOf } from '../admin/roles.ts';
import { someStaff } from '../admin/some-staff.ts';
import { wallAt } from '../kernel/wall-time.ts';
import { notifyActions } from '../notifications/notify.ts';
import type { Action } from '../table/entity.ts';
import { toldKey, toldOn } from './form.entity.ts';
import type { Visit } from './visit.ts';

/** So many of the staff are told at most. */
const mostHearers = 10;
const keptSeconds = 2 * 86_400;

/** Whoever may let in whatever is held back, whosesoever customer it comes to be. */
const letsIn = ({ role }: Member) => scopeOf(role, 'cases', 'write') === 'all';

/**
 * Tells those who look through what is held back that something waits: once a day of the workspace's, however much comes, in the commit that
 * holds the first of it back. 1 R; that first time 0.5 R a 4 KiB of staff, 0.5 R and 4 W each, and 2 W.
 */
export async function tellHeld({ agent, form }: Visit): Promise<Action[]> {
  const day = wallAt(agent.now, agent.workspace.timeZone).on;
  const key = toldKey(agent.tenant, day);
  if (await agent.table.get(key)) return [];
  const hearers = await someStaff(agent, letsIn, mostHearers);
  const notices = hearers.map(({ id: memberId }) => ({
    ...{ memberId, kind: 'form.held' as const, cause: day },
    subject: { type: 'form' as const, id: form.id },
    data: { name: form.name },
  }));
  return [toldOn(key, Math.floor(agent.now / 1_000) + keptSeconds), ...(await notifyActions(agent, notices))];
}
