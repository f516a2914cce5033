import type { Agent } from '../agent.ts';
import { isTrigger, type Trigger, triggerOf, triggersRange } from '../campaigns/trigger.entity.ts';
import { caseEntity } from '../cases/case.entity.ts';
import { collection, consentEntity, customerEntity } from '../customers/customer.entity.ts';
import { followUpEntity } from '../followups/follow-up.entity.ts';
import { interactionEntity } from '../interactions/interaction.entity.ts';
import { pauseBefore } from '../kernel/backoff.ts';
import { responseEntity } from '../responses/response.entity.ts';
import type { Item, Key } from '../table/entity.ts';
import { startingWith } from '../table/ranges.ts';
import { tableOf } from '../table/tenant.ts';
import type { CrmEvent } from '../workflows/event.ts';
import { historySk } from '../workflows/history.ts';
import { act } from './act.ts';
import {
  type Changed,
  concerns,
  depthOf,
  enters,
  isBreach,
  isCase,
  isCaseStep,
  isChange,
  isConsent,
  isDone,
  isInteraction,
  isResponse,
} from './match.ts';
import { rulePartition } from './partition.entity.ts';
import { plan } from './plan.ts';
import { ruleEntity } from './rule.entity.ts';
import type { Rule } from './rule.ts';
import { isMoment, type WhenOf } from './when.ts';

const tries = 6;
type CaseWhen = WhenOf<'case.created' | 'case.changed' | 'case.breach'>;
/** Triggers stand before rules, and what has been of rules before both. */
const listenersRange = { from: triggersRange.from, to: startingWith('rul_').to };
const kept = new Map<string, Listeners & { readAt: string }>();

/** Who hears of events: the rules of a workspace, and its campaigns that are entered by an event. */
type Listeners = { rules: Rule[]; triggers: Trigger[] };

/**
 * Who listened at `readAt` or later. What was read later than an event happened is good for it: a rule that was turned on since is none of
 * its concern. So a burst of events costs one Query.
 */
async function listenersFor({ tenant, at }: CrmEvent, { now, iso }: { now: number; iso: string }): Promise<Listeners> {
  const held = kept.get(tenant);
  if (held && held.readAt > at) return held;
  if (kept.size > 1_000) kept.clear();
  const rows = await tableOf(tenant, now).queryAll({ pk: rulePartition(tenant), range: listenersRange, strong: true });
  const read = {
    rules: rows.filter((row) => !isTrigger(row)).map((row) => ruleEntity.decode(row)),
    triggers: rows.filter(isTrigger).map(triggerOf),
    readAt: iso,
  };
  kept.set(tenant, read);
  return read;
}

/** Whom an event concerns: nobody, for nearly every event, at the price of a look into what was read before. */
export async function concernedBy(event: CrmEvent, moment: { now: number; iso: string }): Promise<Listeners> {
  const { rules, triggers } = await listenersFor(event, moment);
  return {
    rules: rules.filter((rule) => concerns(rule, event, moment.now)),
    triggers: triggers.filter((trigger) => enters(trigger, event, moment.now)),
  };
}

/** Lets a rule act on an event, or has it wait for what follows from it. The event is a hint: the rows are read anew. */
export async function onEvent(agent: Agent, ruleId: string, event: CrmEvent): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt++) if (await dealtWith(agent, ruleId, event)) return;
  throw new Error('what a rule is about is written by others again and again');
}

async function dealtWith(agent: Agent, ruleId: string, event: CrmEvent): Promise<boolean> {
  const { table, tenant } = agent;
  const customerId = event.customerId ?? (await customerOf(agent, event));
  if (!customerId) return true;
  const [ruleItem, customer] = await table.getMany([ruleEntity.key(tenant, ruleId), customerEntity.key(tenant, customerId)], {
    strong: true,
  });
  const rule = ruleItem && ruleEntity.decode(ruleItem);
  if (!rule || !concerns(rule, event, agent.now) || !customer || customerEntity.decode(customer).archivedAt) return true;
  if (isMoment(rule.when)) {
    const choice = planChoice(rule, event);
    return choice === undefined || (await plan(agent, rule, { items: [customer], ...choice })).length === 0;
  }
  if (!(await isMeant(agent, rule, { event, customerId }))) return true;
  const subjectId = event.type.startsWith('consent.') ? customerId : event.rowId;
  return act(agent, { rule, customer, subjectId, occurrence: event.id, depth: depthOf(event) });
}

/** How much of a customer is planned anew: one subject of hers, or only what does not wait yet. */
function planChoice({ when }: Rule, { type, rowId }: CrmEvent): { onlyNew?: boolean; subjectId?: string } | undefined {
  const isCustomer = type.startsWith('customer.');
  if (when.kind === 'silence') return { onlyNew: !isCustomer };
  if ((when.kind === 'unanswered' || when.kind === 'followUp.overdue') && !isCustomer) return { subjectId: rowId };
  return {};
}

/** A follow-up's event names no customer where it had none. */
async function customerOf({ table, tenant }: Agent, { type, rowId }: CrmEvent): Promise<string | null> {
  if (!type.startsWith('followUp.')) return null;
  const item = await table.get(followUpEntity.key(tenant, rowId));
  return item ? followUpEntity.decode(item).customerId : null;
}

/** Whether what happened is what a rule waits for, by the rows as they are. */
async function isMeant(agent: Agent, { when }: Rule, { event, customerId }: { event: CrmEvent; customerId: string }): Promise<boolean> {
  const { table, tenant } = agent;
  switch (when.kind) {
    case 'customer.created':
      return true;
    case 'customer.changed':
      return isChange(when, await changesOf(agent, customerEntity.key(tenant, customerId), event.version));
    case 'interaction.created': {
      const item = await table.get(interactionEntity.key(tenant, { customerId, id: event.rowId }));
      return item !== undefined && isInteraction(when, interactionEntity.decode(item));
    }
    case 'consent.changed': {
      const rows = await table.queryAll({ pk: collection(tenant, customerId), range: startingWith('CON#'), strong: true });
      return rows.some((row) => isOf(row, event) && isConsent(when, consentEntity.decode(row)));
    }
    case 'response.completed': {
      const item = await table.get(responseEntity.key(tenant, event.rowId));
      return item !== undefined && isResponse(when, responseEntity.decode(item));
    }
    case 'followUp.done': {
      const key = followUpEntity.key(tenant, event.rowId);
      const item = await table.get(key);
      return item !== undefined && isDone(when, followUpEntity.decode(item), await changesOf(agent, key, event.version));
    }
    case 'case.created':
    case 'case.changed':
    case 'case.breach':
      return isCaseMeant(agent, when, event);
    default:
      return false;
  }
}

async function isCaseMeant(agent: Agent, when: CaseWhen, event: CrmEvent): Promise<boolean> {
  const key = caseEntity.key(agent.tenant, event.rowId);
  const item = await agent.table.get(key);
  if (!item) return false;
  const theCase = caseEntity.decode(item);
  if (when.kind === 'case.created') return isCase(when, theCase);
  const changes = await changesOf(agent, key, event.version);
  return when.kind === 'case.changed' ? isCaseStep(when, theCase, changes) : isBreach(when, changes);
}

/** Whether a row is still as an event tells of it. */
const isOf = (row: Item, { at, version }: CrmEvent) => Number(row.v) === version && Number(row.u) === Date.parse(at);

/** What a change changed, from its history row. The history and the event come of the same record, and either may be first. */
async function changesOf({ table }: Agent, key: Key, version: number): Promise<Changed[]> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const row = await table.get({ pk: key.pk, sk: historySk(key.sk, version) });
    if (row) return ((row.c ?? []) as [string, unknown, unknown][]).map(([field, from, to]) => ({ field, from, to }));
    await pauseBefore(attempt);
  }
  throw new Error('the history of a change is not written yet');
}
