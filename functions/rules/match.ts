import type { Trigger } from '../campaigns/trigger.entity.ts';
import type { Case } from '../cases/case.ts';
import type { Consent } from '../customers/customer.ts';
import type { FollowUp } from '../followups/follow-up.ts';
import type { Interaction } from '../interactions/interaction.ts';
import type { Response } from '../responses/response.ts';
import type { CrmEvent } from '../workflows/event.ts';
import { latest } from './moment.ts';
import type { Rule } from './rule.ts';
import type { When, WhenOf } from './when.ts';

/** Which events set which rules off, or move what they wait for. Pure. */

/** Ways on which many rows come at once, or come back: a rule leaves them alone unless it asks for them. */
const quiet = new Set(['import', 'undo', 'redrive', 'restore']);
/** Rules that set each other off: after so many in a row nothing more follows. */
const mostInARow = 3;

/** The request of what a rule writes: which rule, and how many came before it. */
export const requestOf = (ruleId: string, { depth, requestId }: { depth: number; requestId: string }) => `${ruleId}~${depth}~${requestId}`;

/** How many rules in a row led to an event: none for what a person did. */
export function depthOf({ via, requestId }: Pick<CrmEvent, 'via' | 'requestId'>): number {
  const [, depth] = /^rul_\w{26}~(\d{1,3})~/.exec(requestId ?? '') ?? [];
  return depth ? Number(depth) : via === 'rule' ? 1 : 0;
}

const types: Record<When['kind'], readonly string[]> = {
  'customer.created': ['customer.created'],
  'customer.changed': ['customer.changed'],
  'interaction.created': ['interaction.created'],
  'consent.changed': ['consent.created', 'consent.changed'],
  'followUp.done': ['followUp.changed'],
  'case.created': ['case.created'],
  'case.changed': ['case.changed'],
  'case.breach': ['case.changed'],
  'response.completed': ['response.completed'],
  date: ['customer.created', 'customer.changed', 'customer.restored'],
  every: [
    ...['customer.created', 'customer.changed', 'customer.restored'],
    ...['interaction.created', 'interaction.changed', 'interaction.archived', 'interaction.restored'],
  ],
  silence: ['customer.created', 'customer.restored', 'interaction.created'],
  unanswered: ['customer.restored', 'interaction.created', 'interaction.changed', 'interaction.restored'],
  'followUp.overdue': ['customer.restored', 'followUp.created', 'followUp.changed', 'followUp.restored'],
};

/** The top-level field of a customer that holds what a rule waits for. */
const holder = (field: string) => (field.startsWith('custom.') ? 'custom' : field === 'language' ? 'preferences' : field);

/** Whether an event can concern a rule, by what the event itself says. */
export function listens(when: When, { type, fields }: Pick<CrmEvent, 'type' | 'fields'>): boolean {
  if (!types[when.kind].includes(type)) return false;
  if (when.kind === 'customer.changed') return fields.includes(holder(when.field));
  if (when.kind === 'followUp.done' || when.kind === 'case.changed') return fields.includes('state');
  if (when.kind === 'case.breach') return fields.includes('clocks');
  if (when.kind === 'every' && type.startsWith('interaction') !== 'reason' in when.since) return type === 'customer.restored';
  if (type === 'customer.changed') return fields.includes('custom') || fields.includes('timeZone');
  return true;
}

/** Whether a rule lets itself be set off by an event at all: by its age, the way it came on, and what led to it. */
export function concerns(rule: Rule, event: CrmEvent, now: number): boolean {
  if (!rule.on || rule.archivedAt || !rule.onSince || event.at < rule.onSince || Date.parse(event.at) < now - latest) return false;
  if (quiet.has(event.via) && !rule.imported) return false;
  if (event.requestId?.startsWith(`${rule.id}~`) || depthOf(event) >= mostInARow) return false;
  return listens(rule.when, event);
}

/** Whether an event lets its customer enter a campaign, by the same measures. */
export const enters = ({ event: type, since }: Trigger, event: CrmEvent, now: number): boolean =>
  event.type === type && event.at >= since && Date.parse(event.at) >= now - latest && !quiet.has(event.via) && depthOf(event) < mostInARow;

export type Changed = { field: string; from: unknown; to: unknown };

/** What a field that a rule names was and became, taken out of the change of the field that holds it. */
function valuesOf(field: string, { from, to }: Changed): [unknown, unknown] {
  const inner = field.startsWith('custom.') ? field.slice('custom.'.length) : field === 'language' ? 'language' : undefined;
  const pick = (value: unknown) => (inner ? (value as Record<string, unknown> | null)?.[inner] : value) ?? null;
  return [pick(from), pick(to)];
}

/** Whether a customer's change is the one that a rule waits for. */
export function isChange({ field, from, to }: WhenOf<'customer.changed'>, changes: readonly Changed[]): boolean {
  const change = changes.find((one) => one.field === holder(field));
  if (!change) return false;
  const [before, after] = valuesOf(field, change);
  if (field !== 'tags') return before !== after && (from === null || before === from) && (to === null || after === to);
  const [had, has] = [before, after].map((list) => new Set(Array.isArray(list) ? list : []));
  const [gone, come] = [[...(had ?? [])].filter((tag) => !has?.has(tag)), [...(has ?? [])].filter((tag) => !had?.has(tag))];
  return (from === null || gone.includes(from)) && (to === null || come.includes(to)) && gone.length + come.length > 0;
}

const fits = <T>(wanted: T | null, value: T) => wanted === null || wanted === value;

export const isInteraction = (when: WhenOf<'interaction.created'>, { channel, direction, reason, outcome, archivedAt }: Interaction) =>
  !archivedAt && fits(when.channel, channel) && fits(when.direction, direction) && fits(when.reason, reason) && fits(when.outcome, outcome);

export const isConsent = (when: WhenOf<'consent.changed'>, { channel, topic, status }: Consent) =>
  fits(when.channel, channel) && fits(when.topic, topic) && when.status === status;

/** A response without a score has none that is wanted. */
export function isResponse(when: WhenOf<'response.completed'>, { surveyId, band, score, archivedAt }: Response): boolean {
  if (archivedAt || !fits(when.surveyId, surveyId) || !(when.band === null || when.band === band)) return false;
  const value = score?.value ?? null;
  if (when.atLeast !== null && (value === null || value < when.atLeast)) return false;
  return when.atMost === null || (value !== null && value <= when.atMost);
}

export const isDone = (when: WhenOf<'followUp.done'>, { outcome }: Pick<FollowUp, 'outcome'>, changes: readonly Changed[]) =>
  changes.some(({ field, to }) => field === 'state' && to === 'done') && fits(when.outcome, outcome);

export const isCase = (when: WhenOf<'case.created'>, { type, archivedAt }: Pick<Case, 'type' | 'archivedAt'>) =>
  !archivedAt && fits(when.type, type);

/** One that ended in another is not over: the other goes on. */
export const isCaseStep = (
  when: WhenOf<'case.changed'>,
  { type, mergedIntoId }: Pick<Case, 'type' | 'mergedIntoId'>,
  changes: readonly Changed[],
) => mergedIntoId === null && fits(when.type, type) && changes.some(({ field, to }) => field === 'state' && fits(when.to, to));

/** Whether a change of a case's clocks is the one at which a promise was warned of, or broken. */
export function isBreach({ step, clock }: WhenOf<'case.breach'>, changes: readonly Changed[]): boolean {
  type Clocks = Record<string, { warnedAt?: string | null; breachedAt?: string | null } | null> | null;
  const change = changes.find(({ field }) => field === 'clocks');
  const mark = step === 'warn' ? 'warnedAt' : 'breachedAt';
  const [before, after] = [change?.from as Clocks, change?.to as Clocks];
  return (['firstResponse', 'resolution'] as const).some(
    (name) => (clock === null || clock === name) && Boolean(after?.[name]?.[mark]) && !before?.[name]?.[mark],
  );
}
