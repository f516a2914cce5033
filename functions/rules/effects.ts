import type { Member } from '../admin/member.ts';
import type { Agent } from '../agent.ts';
import { campaignEntity } from '../campaigns/campaign.entity.ts';
import { consentEntity, customerEntity, customerIdOf } from '../customers/customer.entity.ts';
import { type Customer, moveTo } from '../customers/customer.ts';
import { createFollowUpActions } from '../followups/make.ts';
import { isoOf } from '../kernel/clock.ts';
import { CrmError } from '../kernel/errors.ts';
import { idFrom } from '../kernel/ids.ts';
import { wallAt } from '../kernel/wall-time.ts';
import { templateEntity } from '../messages/message.entity.ts';
import type { MessageChannel } from '../messages/message.ts';
import { addressOf, messageActions } from '../messages/plan.ts';
import { renderMessage } from '../messages/render.ts';
import { notifyActions } from '../notifications/notify.ts';
import { entryActions } from '../runs/enter.ts';
import { entryEntity } from '../runs/entry.entity.ts';
import { addressHash, isSuppressed, suppressionKey } from '../suppressions/suppression.entity.ts';
import type { Action, Item } from '../table/entity.ts';
import { caseOfCause } from './case-effect.ts';
import type { Assignee, Effect, EffectOf } from './effect.ts';
import type { Made } from './firing.ts';
import { plusDays } from './moment.ts';
import type { Rule } from './rule.ts';
import { type Asked, askSurvey } from './survey-effect.ts';

/** What a rule is to do, for whom, and at which occurrence. */
export type Cause = { rule: Rule; customer: Item; subjectId: string; occurrence: string };

/** Why nothing came of it: the customer's own state, which is no fault, or the rule's. */
export class NotDone extends Error {
  readonly outcome: 'skipped' | 'failed';
  readonly reason: string;

  constructor(outcome: 'skipped' | 'failed', reason: string) {
    super(reason);
    this.outcome = outcome;
    this.reason = reason;
  }
}

const mostTags = 30;
type Outcome = { actions: Action[]; made: Made[] };

/** Whose an effect becomes. 0.5 R. Throws NotDone: `no_owner`, `owner_gone`, `member_gone`. */
async function assigneeOf(agent: Agent, { to, memberId }: Assignee, { ownerId }: Customer): Promise<Member> {
  const active = async (id: string | null) => {
    const member = id === null ? undefined : await agent.member(id);
    return member?.status === 'active' ? member : undefined;
  };
  if (to === 'member') return (await active(memberId)) ?? notDone('failed', 'member_gone');
  const found = (await active(ownerId)) ?? (await active(memberId));
  if (found) return found;
  return ownerId ? notDone('failed', 'owner_gone') : notDone('skipped', 'no_owner');
}

function notDone(outcome: 'skipped' | 'failed', reason: string): never {
  throw new NotDone(outcome, reason);
}

/** The id of what an effect makes: the same whenever the same rule acts on the same subject at the same occurrence. */
const idOf = (prefix: string, { rule, subjectId, occurrence }: Cause, at: number) =>
  idFrom(prefix, rule.id, subjectId, occurrence, String(at));

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

/** A message by a template, in the customer's language, which goes by itself. Throws NotDone where she may not or cannot be written to. */
async function message(agent: Agent, cause: Cause, { effect, at }: { effect: EffectOf<'message'>; at: number }): Promise<Outcome> {
  const { templateId, topic, inDays } = effect;
  const { table, tenant, workspace, now } = agent;
  const customer = customerEntity.decode(cause.customer);
  const item = await table.get(templateEntity.key(tenant, templateId));
  const template = item && templateEntity.decode(item);
  if (!template || template.archivedAt) return notDone('failed', 'template_gone');
  const { channel, texts } = template;
  const to = addressOf(channel, customer, null) ?? notDone('skipped', 'no_address');
  const keys = [
    suppressionKey(tenant, channel, addressHash(channel, to)),
    consentEntity.key(tenant, { customerId: customer.id, channel, topic }),
  ];
  const [suppressed, agreed] = await table.getMany(keys, { strong: true });
  if (isSuppressed(suppressed)) notDone('skipped', 'suppressed');
  if (topic !== 'transactional' && (!agreed || consentEntity.decode(agreed).status !== 'granted')) notDone('skipped', 'no_consent');
  const wanted = [customer.preferences.language, workspace.language, ...Object.keys(texts)];
  const language = wanted.find((one): one is string => one !== null && Object.hasOwn(texts, one)) ?? notDone('failed', 'template_gone');
  const text = texts[language] ?? notDone('failed', 'template_gone');
  const sendAt = now + inDays * 86_400_000;
  const asked = await askedBy(agent, cause, { effect, at, channel, sendAt });
  const links = { unsubscribe: '', preferences: '', ...(asked && { survey: asked.url }) };
  const made = renderMessage({ ...text, language }, { customer, workspace, links, now });
  if ('problem' in made) return notDone('skipped', 'broken_data');
  const said = { channel, templateId, language, senderId: null, attachments: [], answers: null, caseId: null, sendAt: isoOf(sendAt) };
  const sent = messageActions(agent, { ...said, ...made, to, customerId: customer.id, memberId: null, asks: asked?.asks ?? null });
  return { actions: [...sent.actions, ...(asked?.actions ?? [])], made: [{ kind: 'message', id: sent.message.id }] };
}

type Sending = { effect: EffectOf<'message'>; at: number; channel: MessageChannel; sendAt: number };

/** The survey that a message asks; undefined where it asks none. */
async function askedBy(agent: Agent, cause: Cause, { effect, at, channel, sendAt }: Sending): Promise<Asked | undefined> {
  if (effect.surveyId === null) return undefined;
  const { rule, subjectId, occurrence } = cause;
  const about = { surveyId: effect.surveyId, ruleId: rule.id, cause: `${subjectId}#${occurrence}#${at}` };
  const asked = await askSurvey(agent, { ...about, customerId: customerIdOf(cause.customer), channel, sendAt });
  return 'reason' in asked ? notDone(asked.outcome, asked.reason) : asked;
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

const unlessNotDone = (error: unknown): undefined => {
  if (!(error instanceof NotDone)) throw error;
};

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
