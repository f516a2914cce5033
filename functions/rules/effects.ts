import type { Agent } from '../agent.ts';
import { campaignEntity } from '../campaigns/campaign.entity.ts';
import { customerEntity, customerIdOf } from '../customers/customer.entity.ts';
import { type Customer, moveTo } from '../customers/customer.ts';
import { createFollowUpActions } from '../followups/make.ts';
import { CrmError } from '../kernel/errors.ts';
import { wallAt } from '../kernel/wall-time.ts';
import { notifyActions } from '../notifications/notify.ts';
import { entryActions } from '../runs/enter.ts';
import { entryEntity } from '../runs/entry.entity.ts';
import { assigneeOf } from './assignee.ts';
import { caseOfCause } from './case-effect.ts';
import { type Cause, idOf, notDone, type Outcome, unlessNotDone } from './cause.ts';
import type { Effect, EffectOf } from './effect.ts';
import { escalate } from './escalate-effect.ts';
import type { Made } from './firing.ts';
import { message } from './message-effect.ts';
import { plusDays } from './moment.ts';
import type { Rule } from './rule.ts';

const mostTags = 30;

async function followUp(agent: Agent, cause: Cause, { effect, at }: { effect: EffectOf<'followUp'>; at: number }): Promise<Outcome> {
  const customer = customerEntity.decode(cause.customer);
  const owner = await assigneeOf(agent, effect.for, customer);
  const zone = owner.timeZone ?? agent.workspace.timeZone;
  const { followUp: made, actions } = createFollowUpActions(agent, {
    ...{ id: idOf('fup', cause, at), source: 'rule', sourceId: cause.rule.id, ownerId: owner.id, customerId: customer.id },
    ...{ title: effect.title, notes: effect.notes, priority: effect.priority, channel: effect.channel },
    due: { on: plusDays(wallAt(agent.now, zone).on, effect.inDays), at: effect.at, zone },
  });
  return { actions, made: [{ kind: 'followUp', id: made.id }] };
}

async function notification(agent: Agent, cause: Cause, { effect, at }: { effect: EffectOf<'notify'>; at: number }): Promise<Outcome> {
  const customer = customerEntity.decode(cause.customer);
  const member = await assigneeOf(agent, effect.for, customer);
  const actions = await notifyActions(agent, {
    memberId: member.id,
    kind: 'rule',
    subject: { type: 'customer', id: customer.id, customerId: customer.id },
    data: { rule: cause.rule.name, text: effect.text },
    cause: `${cause.rule.id}#${cause.subjectId}#${cause.occurrence}#${at}`,
  });
  return { actions, made: actions.length > 0 ? [{ kind: 'notification', id: member.id }] : [] };
}

/**
 * She waits to enter a triggered campaign, which then asks whether she is of its audience. Throws NotDone: `campaign_paused`, which passes,
 * and `campaign_over`.
 */
async function campaign({ table, tenant, stamp, iso }: Agent, cause: Cause, { campaignId }: EffectOf<'campaign'>): Promise<Outcome> {
  const entering = { customerId: customerIdOf(cause.customer), campaignId, since: iso };
  const keys = [campaignEntity.key(tenant, campaignId), entryEntity.key(tenant, entering)];
  const [row, there] = await table.getMany(keys, { strong: true });
  const named = row && campaignEntity.decode(row);
  if (!named || named.state === 'ended' || named.archivedAt || named.schedule?.kind !== 'triggered')
    return notDone('failed', 'campaign_over');
  if (named.state !== 'active') return notDone('skipped', 'campaign_paused');
  return { actions: entryActions({ tenant, stamp, iso }, entering, there), made: [{ kind: 'campaign', id: campaignId }] };
}

/** A case, owned by whom the rule says where somebody is there. Throws NotDone where what happened has a case already. */
async function openCase(agent: Agent, cause: Cause, { effect, at }: { effect: EffectOf<'case'>; at: number }): Promise<Outcome> {
  const customer = customerEntity.decode(cause.customer);
  // A matter is better nobody's than not there.
  const owner = effect.for && (await assigneeOf(agent, effect.for, customer).catch(unlessNotDone));
  const opened = await caseOfCause(agent, cause, { effect, id: idOf('cas', cause, at), ownerId: owner?.id ?? null });
  if (!opened) return notDone('skipped', 'has_case');
  return { actions: opened.actions, made: [{ kind: 'case', id: opened.theCase.id }] };
}

/** The customer after all that a rule changes of her. Throws NotDone where her state does not allow it. */
function changedBy({ does, name }: Rule, customer: Customer): { to: Customer; made: Made[] } {
  let to = customer;
  const made: Made[] = [];
  for (const effect of does) {
    const before = to;
    if (effect.kind === 'lifecycle') to = moved(to, effect, name);
    if (effect.kind === 'tag') to = tagged(to, effect);
    if (to !== before) made.push({ kind: effect.kind as 'lifecycle' | 'tag', id: customer.id });
  }
  return { to, made };
}

function moved(customer: Customer, { to, reason }: EffectOf<'lifecycle'>, name: string): Customer {
  try {
    return moveTo(customer, to, reason ?? name);
  } catch (error) {
    return error instanceof CrmError ? notDone('skipped', error.code) : notDone('failed', 'internal');
  }
}

function tagged(customer: Customer, { add, remove }: EffectOf<'tag'>): Customer {
  const tags = [...new Set([...customer.tags.filter((tag) => !remove.includes(tag)), ...add])];
  if (tags.length > mostTags) notDone('skipped', 'too_many_tags');
  const same = tags.length === customer.tags.length && tags.every((tag) => customer.tags.includes(tag));
  return same ? customer : { ...customer, tags };
}

/** What one effect makes beside the customer's own row. */
async function outcomeOf(agent: Agent, cause: Cause, { effect, at }: { effect: Effect; at: number }): Promise<Outcome> {
  switch (effect.kind) {
    case 'followUp':
      return followUp(agent, cause, { effect, at });
    case 'notify':
      return notification(agent, cause, { effect, at });
    case 'case':
      return openCase(agent, cause, { effect, at });
    case 'escalate':
      return escalate(agent, cause, effect);
    case 'message':
      return message(agent, cause, { effect, at });
    case 'campaign':
      return campaign(agent, cause, effect);
    default:
      return { actions: [], made: [] };
  }
}

/**
 * All that a rule does to one customer, as actions for the commit of its firing. Throws NotDone where something of it cannot be done;
 * then nothing of it is.
 */
export async function effectsOf(agent: Agent, cause: Cause): Promise<Outcome> {
  const customer = customerEntity.decode(cause.customer);
  const change = changedBy(cause.rule, customer);
  const all: Outcome = {
    actions:
      change.to === customer ? [] : customerEntity.update(agent.tenant, customer.id, { from: cause.customer, to: change.to }, agent.stamp),
    made: change.made,
  };
  for (const [at, effect] of cause.rule.does.entries()) {
    const done = await outcomeOf(agent, cause, { effect, at });
    all.actions.push(...done.actions);
    all.made.push(...done.made);
  }
  return all.made.length > 0 ? all : notDone('skipped', 'nothing_to_do');
}
