import { idFrom } from '../kernel/ids.ts';
import type { Action, Stamp } from '../table/entity.ts';
import { readyRules } from './ready.ts';
import { ruleEntity } from './rule.entity.ts';
import { newRule, RuleInput, turnedOn } from './rule.ts';

/** Ready-made rules that a new workspace begins with, turned on. */
const onByDefault = ['case'] as const;

/** What makes the rules that are on by default, for the commit of a new workspace. 1 W each, doubled in the transaction. */
export function defaultRuleActions(tenant: string, { stamp, now }: { stamp: Stamp; now: string }): Action[] {
  const ready = readyRules({ id: tenant, fields: [], createdAt: now });
  return onByDefault.flatMap((name) => {
    const input = ready.find((rule) => rule.ready === name);
    if (!input) throw new Error(`there is no ready-made rule ${name}`);
    const id = idFrom('rul', tenant, 'ready', name);
    const rule = turnedOn(newRule(RuleInput.parse(input), { id, makerId: null, now }), now);
    return ruleEntity.create(tenant, id, rule, stamp);
  });
}
