import * as z from 'zod';
import { liveFields, type Workspace } from '../admin/workspace.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import { CustomerId, MemberId } from '../customers/customer.ts';
import { CrmError, type FieldError } from '../kernel/errors.ts';
import { Filter, StoredFilter } from '../kernel/filter.ts';
import { idOf, StoredInstant, text } from '../kernel/values.ts';
import { Effect } from './effect.ts';
import { fieldOf, isMoment, When } from './when.ts';

/** A rule: when something happens or a moment comes, and a filter is met, then something is done. Schema and rules; pure. */
export const RuleId = idOf('rul');
/** Rules that a workspace may have at a time. */
export const mostRules = 100;

/** Ready-made rules, by name. */
export const readyNames = [
  'silence',
  'date',
  'service',
  'birthday',
  'complaint',
  'case',
  'breach',
  'detractor',
  'visit',
  'closed',
  'again',
] as const;
export type ReadyName = (typeof readyNames)[number];

const fields = {
  name: text(100),
  when: When,
  /** Whom it is about; null for everybody. */
  where: Filter.nullable().default(null),
  does: z.array(Effect).min(1).max(5),
  /** Also where a change came by an import, an undo or a restore. */
  imported: z.boolean().default(false),
};

/** Why a rule stopped or failed last. */
export const RuleProblem = z.strictObject({ code: text(60), at: StoredInstant, customerId: CustomerId.nullable().default(null) });
export type RuleProblem = z.output<typeof RuleProblem>;

/** Going through all customers after a rule was turned on: from where, and whether what has passed already counts. */
export const Walk = z.strictObject({
  ruleId: RuleId,
  startedAt: StoredInstant,
  /** Whoever works on it has so long; then it is due again. */
  dueAt: StoredInstant,
  cursor: z.record(z.string(), z.string()).nullable().default(null),
  passed: z.boolean().default(false),
  done: z.int().nonnegative().default(0),
  version: z.int().positive(),
});
export type Walk = z.output<typeof Walk>;

export const Rule = z
  .strictObject({
    id: RuleId,
    ...fields,
    where: StoredFilter.nullable().default(null),
    /** From which ready-made one it was made. */
    ready: z.enum(readyNames).nullable().default(null),
    on: z.boolean().default(false),
    /** What happened before is no concern of the rule's. */
    onSince: StoredInstant.nullable().default(null),
    /** Set where the product turned it off. */
    paused: RuleProblem.nullable().default(null),
    makerId: MemberId.nullable().default(null),
    archivedAt: StoredInstant.nullable().default(null),
    createdAt: StoredInstant,
    updatedAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'RuleRow' });
export type Rule = z.output<typeof Rule>;

export const RuleInput = z.strictObject({ ...fields, ready: z.enum(readyNames).nullable().default(null) }).meta({ id: 'RuleInput' });
export type RuleInput = z.output<typeof RuleInput>;
export const RulePatch = z
  .strictObject({ name: fields.name, when: When, where: Filter.nullable(), does: fields.does, imported: z.boolean() })
  .partial()
  .meta({ id: 'RulePatch' });
export type RulePatch = z.output<typeof RulePatch>;

/** A ready-made rule: what makes one by `createRule`. */
export const ReadyRule = Rule.pick({ name: true, when: true, where: true, does: true, imported: true })
  .extend({ ready: z.enum(readyNames) })
  .meta({ id: 'ReadyRule' });
export type ReadyRule = z.output<typeof ReadyRule>;

/** What a rule has come to. */
export const RuleCounts = z.strictObject({
  done: z.int().nonnegative(),
  skipped: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  lastAt: StoredInstant.nullable(),
});
export type RuleCounts = z.output<typeof RuleCounts>;
export const noCounts: RuleCounts = { done: 0, skipped: 0, failed: 0, lastAt: null };

/** A rule as its readers see it. `planning` counts the customers gone through so far, while it still goes through them. */
export const RuleView = Rule.extend({
  counts: RuleCounts,
  lastProblem: RuleProblem.nullable(),
  planning: z.int().nonnegative().nullable(),
}).meta({ id: 'Rule' });
export type RuleView = z.output<typeof RuleView>;

/** What is wrong with a rule beyond its shape: fields that the workspace has not, members who are not there. */
export function ruleErrors(
  { when, does }: Pick<Rule, 'when' | 'does'>,
  { workspace, members }: { workspace: Pick<Workspace, 'fields' | 'consentTopics'>; members: readonly { id: string; status: string }[] },
): FieldError[] {
  const errors: FieldError[] = [];
  const named = fieldOf(when);
  if (named?.name.startsWith('custom.')) {
    const field = liveFields(workspace).find(({ key }) => `custom.${key}` === named.name);
    if (!field || (named.date && field.kind !== 'date'))
      errors.push({ pointer: named.pointer, code: 'unknown_field', detail: named.date ? 'no such date field' : 'no such field' });
  }
  for (const [at, effect] of does.entries()) {
    if (effect.kind === 'message' && effect.topic !== 'transactional' && !workspace.consentTopics.includes(effect.topic))
      errors.push({ pointer: `/does/${at}/topic`, code: 'unknown_topic', detail: 'no such topic' });
    const memberId = 'for' in effect ? (effect.for?.memberId ?? null) : null;
    if (memberId && !members.some(({ id, status }) => id === memberId && status === 'active'))
      errors.push({ pointer: `/does/${at}/for/memberId`, code: 'no_such_member', detail: 'no such member' });
    if (effect.kind === 'message' && effect.asksAgain && (when.kind !== 'response.completed' || effect.surveyId !== null))
      errors.push({ pointer: `/does/${at}/asksAgain`, code: 'no_answer', detail: 'only after an answer, and instead of another survey' });
    if (effect.kind === 'escalate' && !when.kind.startsWith('case.'))
      errors.push({ pointer: `/does/${at}/kind`, code: 'no_case', detail: 'only of a rule that waits for cases' });
  }
  return errors;
}

/** Why a rule cannot have customers enter a campaign; undefined for one that waits for them. */
export function campaignFault(
  campaign: Pick<Campaign, 'state' | 'schedule' | 'archivedAt'> | undefined,
): Omit<FieldError, 'pointer'> | undefined {
  if (!campaign || campaign.archivedAt) return { code: 'no_such_campaign', detail: 'no such campaign' };
  if (campaign.schedule?.kind !== 'triggered') return { code: 'not_triggered', detail: 'nobody enters this campaign one by one' };
  return campaign.state === 'active' ? undefined : { code: 'not_active', detail: 'this campaign is not active' };
}

/** A rule as it begins: off. */
export const newRule = (input: RuleInput, { id, makerId, now }: { id: string; makerId: string | null; now: string }): Rule =>
  Rule.parse({ ...input, id, makerId, createdAt: now, updatedAt: now, version: 1 });

/** Turns a rule on. What happened before is no concern of it. */
export function turnedOn(rule: Rule, now: string): Rule {
  if (rule.archivedAt) throw new CrmError('already_archived');
  if (rule.on) throw new CrmError('wrong_state', { detail: 'the rule is on' });
  return { ...rule, on: true, onSince: now, paused: null };
}

/** Turns a rule off. What is planned is left, and nothing comes of it. */
export function turnedOff(rule: Rule): Rule {
  if (!rule.on) throw new CrmError('wrong_state', { detail: 'the rule is off' });
  return { ...rule, on: false, onSince: null };
}

/** Turns a rule off because it failed again and again. */
export const pausedFor = (rule: Rule, paused: RuleProblem): Rule => ({ ...rule, on: false, onSince: null, paused });

/** A changed rule. One that is on begins anew where what it waits for is another. */
export function changedRule(rule: Rule, patch: RulePatch, now: string): Rule {
  if (rule.archivedAt) throw new CrmError('already_archived');
  const next = { ...rule, ...patch };
  return rule.on && JSON.stringify(rule.when) !== JSON.stringify(next.when) ? { ...next, onSince: now } : next;
}

/** Going through all customers, for a rule that waits for a moment and has just begun to; null for any other. */
export const walkFor = ({ id, when }: Pick<Rule, 'id' | 'when'>, now: string, passed: boolean): Walk | null =>
  isMoment(when) ? Walk.parse({ ruleId: id, startedAt: now, dueAt: now, passed, version: 1 }) : null;

/** Customers whose moment has passed already that a rule comes to in a minute: fewer than a sweep tells, so that others have their turn. */
const perMinute = 1_000;
/** When those come up to whom a rule has got by now that goes through all customers, in milliseconds. */
export const turnOf = ({ startedAt, done }: Pick<Walk, 'startedAt' | 'done'>): number =>
  Date.parse(startedAt) + Math.floor(done / perMinute) * 60_000;

/** A rule out of the list, and off. */
export function archivedRule(rule: Rule, now: string): Rule {
  if (rule.archivedAt) throw new CrmError('already_archived');
  return { ...rule, on: false, onSince: null, archivedAt: now };
}

/** A rule that is back in the list, off. */
export function restoredRule(rule: Rule): Rule {
  if (!rule.archivedAt) throw new CrmError('not_archived');
  return { ...rule, archivedAt: null };
}
