import type { Member } from '../admin/member.ts';
import { someStaff } from '../admin/some-staff.ts';
import type { Agent } from '../agent.ts';
import { notifyActions } from '../notifications/notify.ts';
import { type Action, GuardError } from '../table/entity.ts';
import { caseEntity } from './case.entity.ts';
import { type Case, titleOf } from './case.ts';
import type { Clock } from './clock.ts';
import { overtaken } from './course.ts';

const tries = 6;

/** Those of the staff who hand cases out and hear of what is nobody's: so many at most. */
const mostHearers = 10;

/** Who hears of a case: its owner, 0.5 R; where nobody owns it, those who hand cases out. */
async function hearers(agent: Agent, { ownerId }: Case): Promise<string[]> {
  const owner = ownerId === null ? undefined : await agent.member(ownerId);
  if (owner?.status === 'active') return [owner.id];
  return (await someStaff(agent, handsOut, mostHearers)).map(({ id }) => id);
}

const handsOut = ({ role }: Member) => role === 'manager' || role === 'admin';

const told = (before: Clock | null, after: Clock | null, mark: 'warnedAt' | 'breachedAt') =>
  after !== null && after[mark] !== null && (before?.[mark] ?? null) === null;

/** What the time that has passed tells, each moment once: the moment is its cause. */
async function notices(agent: Agent, before: Case, after: Case): Promise<Action[]> {
  type Notice = { kind: 'case.breached' | 'case.warned'; cause: string };
  const steps = (['firstResponse', 'resolution'] as const).flatMap((name): Notice[] => {
    const [was, is] = [before.clocks[name], after.clocks[name]];
    if (told(was, is, 'breachedAt')) return [{ kind: 'case.breached', cause: `${name}#${is?.breachedAt}` }];
    return told(was, is, 'warnedAt') ? [{ kind: 'case.warned', cause: `${name}#${is?.warnAt}` }] : [];
  });
  if (steps.length === 0) return [];
  const { id, customerId } = after;
  return notifyActions(
    agent,
    (await hearers(agent, after)).flatMap((memberId) =>
      steps.map((step) => ({ memberId, ...step, subject: { type: 'case' as const, id, customerId }, data: { title: titleOf(after) } })),
    ),
  );
}

/**
 * Looks after a case whose moment has come: warned of, broken, closed by itself; the marks, the notices and the move of its due entry are
 * one commit, so that each is done once. A hint that is late or comes twice finds nothing to do. 1 R; 2 R and 10 to 13 W with a notice.
 */
export async function lookAfter(agent: Agent, id: string): Promise<boolean> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const item = await agent.table.get(caseEntity.key(agent.tenant, id));
    const theCase = item && caseEntity.decode(item);
    if (!item || !theCase?.nextAt || Date.parse(theCase.nextAt) > agent.now) return false;
    const next = overtaken(theCase, agent.now);
    const update = caseEntity.update(agent.tenant, id, { from: item, to: next }, agent.stamp);
    try {
      await agent.table.commit([...update, ...(await notices(agent, theCase, next))]);
      return true;
    } catch (error) {
      if (!(error instanceof GuardError)) throw error;
    }
  }
  throw new Error('a case is written by others again and again');
}
