import type { Agent } from '../agent.ts';
import { customerIdOf } from '../customers/customer.entity.ts';
import { isoOf } from '../kernel/clock.ts';
import { notifyActions } from '../notifications/notify.ts';
import { meetsFilter } from '../segments/matching.ts';
import type { Action } from '../table/entity.ts';
import { type Cause, NotDone } from './cause.ts';
import { effectsOf } from './effects.ts';
import type { Firing } from './firing.ts';
import { requestOf } from './match.ts';
import { countAction, firingEntity, idOfFiring, problemKey, ruleEntity } from './rule.entity.ts';
import { pausedFor } from './rule.ts';

/** So many failures within a day, and a rule is turned off. */
const mostFailures = 5;
const day = 24 * 3_600_000;

/** A rule's occurrence with a customer; how many rules led to it, and whether its time is over. */
export type Occurrence = Cause & { depth: number; missed?: boolean };

/**
 * Lets a rule act on one occurrence, once: its firing, whose key is rule, subject and occurrence, its effects, its count and what the
 * caller has to write besides are one commit. Gives false where somebody came between and the caller has to read again. A customer whom
 * the filter leaves out makes no firing.
 */
export async function act(worker: Agent, occurrence: Occurrence, besides: readonly Action[] = []): Promise<boolean> {
  const { rule, customer, subjectId, depth } = occurrence;
  const agent = { ...worker, stamp: { ...worker.stamp, requestId: requestOf(rule.id, { depth: depth + 1, requestId: worker.requestId }) } };
  const { tenant } = agent;
  if (!occurrence.missed && rule.where && !(await meetsFilter(agent, rule.where, customer))) return settle(agent, besides);
  const { firing, actions } = await firingOf(agent, occurrence);
  const [made, ...rest] = firingEntity.create(tenant, { ruleId: rule.id, subjectId, occurrence: firing.occurrence }, firing, agent.stamp);
  if (!made) throw new Error('a firing is one row');
  const failed = await agent.table.attempt([made, ...rest, countAction(tenant, firing), ...actions, ...besides]);
  // It was done before: by a worker whose answer was lost, or by another at the same time.
  if (failed.some(({ action }) => action === made)) return settle(agent, besides);
  return failed.length === 0;
}

/** Writes what the caller has to write where nothing is done. */
const settle = async ({ table }: Pick<Agent, 'table'>, besides: readonly Action[]) => (await table.attempt([...besides])).length === 0;

/** What a rule does, or why it does not, with what follows from a failure. */
async function firingOf(agent: Agent, occurrence: Occurrence): Promise<{ firing: Firing; actions: Action[] }> {
  const { rule, customer, subjectId, missed } = occurrence;
  const key = { subjectId, occurrence: occurrence.occurrence };
  const base = { ...key, id: idOfFiring(key), ruleId: rule.id, customerId: customerIdOf(customer), at: agent.iso, version: 1 };
  if (missed) return { firing: { ...base, outcome: 'missed', reason: 'too_late', made: [] }, actions: [] };
  try {
    const { actions, made } = await effectsOf(agent, occurrence);
    return { firing: { ...base, outcome: 'done', reason: null, made }, actions };
  } catch (error) {
    if (!(error instanceof NotDone)) throw error;
    const { outcome, reason } = error;
    const actions = outcome === 'failed' ? await failure(agent, occurrence, reason) : [];
    return { firing: { ...base, outcome, reason, made: [] }, actions };
  }
}

/** Notes why a rule failed; one that failed five times within a day is turned off, and its maker is told. */
async function failure(agent: Agent, { rule, customer }: Occurrence, code: string): Promise<Action[]> {
  const { tenant, table, now, iso, stamp } = agent;
  const key = problemKey(tenant, rule.id);
  const [before, ruleItem] = await table.getMany([key, ruleEntity.key(tenant, rule.id)], { strong: true });
  const recent = before && Date.parse(String(before.from)) > now - day;
  const times = recent ? Number(before.n) + 1 : 1;
  const put = {
    ...key,
    code,
    at: iso,
    c: customerIdOf(customer),
    n: times,
    from: recent ? before.from : isoOf(now),
    v: Number(before?.v ?? 0) + 1,
  };
  const note: Action = { put, guard: before ? { version: Number(before.v) } : { absent: true } };
  const current = ruleItem && ruleEntity.decode(ruleItem);
  if (times < mostFailures || !ruleItem || !current?.on) return [note];
  const to = pausedFor(current, { code, at: iso, customerId: customerIdOf(customer) });
  const told = await tellers(agent, rule.makerId);
  return [
    note,
    ...ruleEntity.update(tenant, rule.id, { from: ruleItem, to }, stamp),
    ...(await notifyActions(
      agent,
      told.map((memberId) => ({
        memberId,
        kind: 'rule.paused' as const,
        subject: { type: 'rule' as const, id: rule.id },
        data: { rule: rule.name, code },
        cause: iso,
      })),
    )),
  ];
}

/** Who hears that a rule was turned off: its maker, or the admins where the maker is no longer there. */
async function tellers(agent: Agent, makerId: string | null): Promise<string[]> {
  const active = (await agent.roster()).filter(({ status }) => status === 'active');
  const maker = active.find(({ id }) => id === makerId);
  return maker
    ? [maker.id]
    : active
        .filter(({ role }) => role === 'admin')
        .map(({ id }) => id)
        .slice(0, 10);
}
