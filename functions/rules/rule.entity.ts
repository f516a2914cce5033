import { collection, customerIdOf } from '../customers/customer.entity.ts';
import { isoOf } from '../kernel/clock.ts';
import { hashOf } from '../kernel/ids.ts';
import { dueKey } from '../table/due.ts';
import { type Action, defineEntity, type Item, type Key } from '../table/entity.ts';
import { showsAt } from '../table/idempotency.ts';
import { startingWith } from '../table/ranges.ts';
import { Firing, type FiringOutcome, WaitingRow } from './firing.ts';
import { rulePartition } from './partition.entity.ts';
import { noCounts, Rule, type RuleCounts, RuleProblem, Walk } from './rule.ts';

const names = {
  name: 'n',
  when: 'w',
  does: 'do',
  imported: 'im',
  ready: 'rd',
  onSince: 'os',
  paused: 'pa',
  makerId: 'mk',
  archivedAt: 'a',
  createdAt: 'ca',
  ruleId: 'r',
  customerId: 'c',
  occurrence: 'oc',
  look: 'lk',
  outcome: 'o',
  reason: 're',
  made: 'ma',
  startedAt: 'sa',
  dueAt: 'da',
  cursor: 'cu',
  passed: 'ps',
  done: 'dn',
} as const;

/** What one rule did, and how far it has gone through the customers. */
export const rulesOwn = (tenant: string, ruleId: string) => `T#${tenant}#RULE#${ruleId}`;
const lastPart = (text: string) => text.slice(text.lastIndexOf('#') + 1);

/** pk T#<tenant>#RULE  sk <rule>     a rule: when, where, what it does */
export const ruleEntity = defineEntity<Rule>({
  type: 'rule',
  schema: Rule,
  names,
  key: (tenant, id) => ({ pk: rulePartition(tenant), sk: id }),
  fromKey: { fields: ['id'], read: ({ sk }) => ({ id: sk }) },
});

export const walkDue = 'ruleWalk';
/** pk T#<tenant>#RULE#<rule>  sk WALK                                a rule's way through all customers, while it lasts
 *  gsi5 S#DUE#<0..15>  <lease's end>#<tenant>#ruleWalk#<rule> */
export const walkEntity = defineEntity<Walk>({
  type: 'ruleWalk',
  schema: Walk,
  names,
  silent: true,
  key: (tenant, ruleId) => ({ pk: rulesOwn(tenant, ruleId), sk: 'WALK' }),
  gsi5: (tenant, { dueAt, ruleId }) => dueKey({ at: dueAt, tenant, kind: walkDue, id: ruleId }),
  fromKey: { fields: ['ruleId'], read: ({ pk }) => ({ ruleId: lastPart(pk) }) },
});

export type WaitingKey = Pick<WaitingRow, 'customerId' | 'ruleId' | 'subjectId'>;
export const waitingDue = 'rule';

/** What an entry of the due index waits for. */
export function waitingOf(id: string): WaitingKey | undefined {
  const [customerId, ruleId, subjectId] = id.split('#');
  return customerId && ruleId && subjectId ? { customerId, ruleId, subjectId } : undefined;
}

/** pk T#<tenant>#CUS#<customer>  sk DUE#<rule>#<subject>             what a rule waits for with her, one row a subject
 *  gsi5 S#DUE#<0..15>  <moment>#<tenant>#rule#<customer>#<rule>#<subject>#<occurrence> */
export const waitingEntity = defineEntity<WaitingRow, WaitingKey>({
  type: 'ruleWaiting',
  schema: WaitingRow,
  names,
  silent: true,
  key: (tenant, { customerId, ruleId, subjectId }) => ({ pk: collection(tenant, customerId), sk: `DUE#${ruleId}#${subjectId}` }),
  gsi5: (tenant, { at, customerId, ruleId, subjectId, occurrence }) =>
    dueKey({ at, tenant, kind: waitingDue, id: `${customerId}#${ruleId}#${subjectId}#${occurrence}` }),
  fromKey: {
    fields: ['customerId', 'ruleId', 'subjectId'],
    read: (key) => {
      const [, ruleId, subjectId] = key.sk.split('#');
      return { customerId: customerIdOf(key), ruleId, subjectId } as Partial<WaitingRow>;
    },
  },
});

const keptSeconds = 400 * 24 * 3_600;
type FiringKey = Pick<Firing, 'ruleId' | 'subjectId' | 'occurrence'>;

/** pk T#<tenant>#RULE#<rule>  sk F#<subject>#<occurrence>            what a rule did there, once; 400 days
 *  gsi3 T#<tenant>#RULE#<rule>  <at>#<hash>                           the same in time, keys only */
export const firingEntity = defineEntity<Firing, FiringKey>({
  type: 'ruleFiring',
  schema: Firing,
  names,
  silent: true,
  key: (tenant, { ruleId, subjectId, occurrence }) => ({ pk: rulesOwn(tenant, ruleId), sk: `F#${subjectId}#${occurrence}` }),
  gsi3: (tenant, { ruleId, at, id }) => ({ pk: rulesOwn(tenant, ruleId), sk: `${at}#${id}` }),
  fromKey: {
    fields: ['id', 'ruleId', 'subjectId', 'occurrence'],
    read: ({ pk, sk }) => {
      const [, subjectId, occurrence] = sk.split('#');
      return { id: firingId(sk), ruleId: lastPart(pk), subjectId, occurrence } as Partial<Firing>;
    },
  },
  ttl: ({ at }) => Math.floor(Date.parse(at) / 1_000) + keptSeconds,
});
const firingId = (sk: string) => hashOf(sk, 16);
/** The id of a firing, by what it is about. */
export const idOfFiring = ({ subjectId, occurrence }: Pick<Firing, 'subjectId' | 'occurrence'>) => firingId(`F#${subjectId}#${occurrence}`);
export const keptFirings = (now: number) => ({ from: isoOf(now - keptSeconds * 1_000), to: startingWith('').to });

/** Many customers of one rule are due in the same minute: their counts are spread, so that they do not wait for each other. */
const countShards = 8;
/** pk T#<tenant>#RULES  sk <rule>#<0..7>     what a rule has come to: dn done, sp skipped, fa failed, l last (milliseconds)
 *                        sk <rule>#P          why it failed last, and how often in a day */
export const countsPartition = (tenant: string) => `T#${tenant}#RULES`;
const countNames: Record<FiringOutcome, string> = { done: 'dn', skipped: 'sp', missed: 'sp', failed: 'fa' };

/** Counts a firing, in its own commit. */
export const countAction = (tenant: string, { ruleId, id, outcome, at }: Firing): Action => ({
  update: { pk: countsPartition(tenant), sk: `${ruleId}#${id.charCodeAt(0) % countShards}` },
  add: { [countNames[outcome]]: 1 },
  set: { l: Date.parse(at) },
  guard: { always: 'a sum of what the same commit makes only once' },
});

export const problemKey = (tenant: string, ruleId: string): Key => ({ pk: countsPartition(tenant), sk: `${ruleId}#P` });

/** What each rule has come to and why it failed last, from the rows of the counts. */
export function countsOf(rows: readonly Item[]): Map<string, { counts: RuleCounts; lastProblem: RuleProblem | null }> {
  const found = new Map<string, { counts: RuleCounts; lastProblem: RuleProblem | null }>();
  for (const row of rows) {
    const ruleId = row.sk.slice(0, row.sk.indexOf('#'));
    const { counts, lastProblem } = found.get(ruleId) ?? { counts: noCounts, lastProblem: null };
    if (row.sk.endsWith('#P')) found.set(ruleId, { counts, lastProblem: problemOf(row) });
    else found.set(ruleId, { counts: added(counts, row), lastProblem });
  }
  return found;
}

const added = (counts: RuleCounts, row: Item): RuleCounts => {
  const last = Math.max(Date.parse(counts.lastAt ?? '') || 0, Number(row.l ?? 0));
  return {
    done: counts.done + Number(row.dn ?? 0),
    skipped: counts.skipped + Number(row.sp ?? 0),
    failed: counts.failed + Number(row.fa ?? 0),
    lastAt: last > 0 ? isoOf(last) : null,
  };
};

/** Why a rule failed last. */
export const problemOf = (row: Item): RuleProblem => RuleProblem.parse({ code: row.code, at: row.at, customerId: row.c ?? null });

showsAt('rule', ({ sk }) => `/v1/rules/${sk}`);
