import { isoOf, now } from '../../functions/kernel/clock.ts';
import { idFrom, idMaker } from '../../functions/kernel/ids.ts';
import { ruleEntity } from '../../functions/rules/rule.entity.ts';
import { newRule, type Rule, RuleInput } from '../../functions/rules/rule.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import type { Case, Setting } from './permission-case.ts';
import type { Row } from './permission-table.ts';

/** The rows of the matrix about rules: admin and manager make them, the rest of the staff reads them, a partner has none. */
const makers: Row = { admin: 'y', manager: 'y', sales: 'f', service: 'f', marketing: 'f', analyst: 'f', partner: 'f' };
const readers: Row = { ...makers, sales: 'y', service: 'y', marketing: 'y', analyst: 'y' };
/** By id: one's own and anybody's of the workspace alike. */
const byId = (who: Row): Row =>
  Object.fromEntries(Object.entries(who).map(([role, may]) => [role, may === 'y' ? 'y-y-n-n' : 'f-f-f-f'])) as Row;

export const ruleRows: Record<string, Row> = {
  listRules: readers,
  listReadyRules: readers,
  createRule: makers,
  dryRunRule: makers,
  getRule: byId(readers),
  updateRule: byId(makers),
  turnRuleOn: byId(makers),
  turnRuleOff: byId(makers),
  archiveRule: byId(makers),
  restoreRule: byId(makers),
  listRuleFirings: byId(readers),
};

const newId = idMaker(now);
const input = {
  name: 'Matrix',
  when: { kind: 'customer.created' },
  does: [{ kind: 'notify', text: 'New', for: { to: 'owner' } }],
};

/** A rule of the workspace that the relation names, made by the caller or by somebody else. */
async function ruleId({ people, actor, relation }: Setting, state: Partial<Rule>): Promise<string> {
  if (relation === 'absent') return idFrom('rul', 'not', 'there');
  const tenant = relation === 'foreign' ? people.other.tenant : people.ws.tenant;
  const makerId = relation === 'own' ? actor.id : people.stranger.id;
  const rule = { ...newRule(RuleInput.parse(input), { id: newId('rul'), makerId, now: isoOf(now()) }), ...state };
  const stamp = { by: makerId, via: 'person', requestId: null, now: now() };
  await tableOf(tenant, now()).commit(ruleEntity.create(tenant, rule.id, rule, stamp));
  return rule.id;
}

const plain = (method: string, path: string, body?: unknown): Case => ({
  call: async () => ({ method, path, ...(body !== undefined && { body }) }),
});
const onRule = (
  method: string,
  suffix = '',
  { body, headers, ...state }: { body?: unknown; headers?: Record<string, string> } & Partial<Rule> = {},
): Case => ({
  call: async (setting) => ({
    method,
    path: `/v1/rules/${await ruleId(setting, state)}${suffix}`,
    ...(body !== undefined && { body }),
    ...(headers && { headers }),
  }),
});

export const ruleCases: Record<string, Case> = {
  listRules: plain('GET', '/v1/rules'),
  listReadyRules: plain('GET', '/v1/rules/ready'),
  createRule: plain('POST', '/v1/rules', input),
  dryRunRule: plain('POST', '/v1/rules/dry-run', { rule: input }),
  getRule: onRule('GET'),
  updateRule: onRule('PATCH', '', { body: { name: 'Renamed' }, headers: { 'if-match': '"1"' } }),
  turnRuleOn: onRule('POST', '/on', { body: {} }),
  turnRuleOff: onRule('POST', '/off', { on: true }),
  archiveRule: onRule('DELETE'),
  restoreRule: onRule('POST', '/restore', { archivedAt: '2026-01-01T00:00:00.000Z' }),
  listRuleFirings: onRule('GET', '/firings'),
};
