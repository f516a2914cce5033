import type { Agent } from '../agent.ts';
import { consentEntity, customerEntity } from '../customers/customer.entity.ts';
import type { Customer } from '../customers/customer.ts';
import { isoOf } from '../kernel/clock.ts';
import { instantAt, wallAt } from '../kernel/wall-time.ts';
import { heldBy } from '../messages/barred.ts';
import { leaveLinks } from '../messages/leave.ts';
import { templateEntity } from '../messages/message.entity.ts';
import type { MessageChannel } from '../messages/message.ts';
import { addressOf, messageActions } from '../messages/plan.ts';
import { renderMessage } from '../messages/render.ts';
import { responseEntity } from '../responses/response.entity.ts';
import { nextWallTime } from '../runs/local-time.ts';
import { addressHash, suppressionEntity, suppressionKey } from '../suppressions/suppression.entity.ts';
import { type Cause, notDone, type Outcome } from './cause.ts';
import type { EffectOf } from './effect.ts';
import { plusDays } from './moment.ts';
import { type Asked, askSurvey } from './survey-effect.ts';

type Sending = { effect: EffectOf<'message'>; at: number; channel: MessageChannel; sendAt: number };

/** A message by a template, in the customer's language, which goes by itself. Throws NotDone where she may not or cannot be written to. */
export async function message(agent: Agent, cause: Cause, { effect, at }: { effect: EffectOf<'message'>; at: number }): Promise<Outcome> {
  const { templateId, topic } = effect;
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
  const needed = topic === 'transactional' && effect.surveyId === null && !effect.asksAgain;
  if (suppressed && heldBy(suppressionEntity.decode(suppressed), needed)) notDone('skipped', 'suppressed');
  if (topic !== 'transactional' && (!agreed || consentEntity.decode(agreed).status !== 'granted')) notDone('skipped', 'no_consent');
  const wanted = [customer.preferences.language, workspace.language, ...Object.keys(texts)];
  const language = wanted.find((one): one is string => one !== null && Object.hasOwn(texts, one)) ?? notDone('failed', 'template_gone');
  const text = texts[language] ?? notDone('failed', 'template_gone');
  const sendAt = timeOf(agent, customer, effect);
  const asked = await askedBy(agent, cause, { effect, at, channel, sendAt });
  const named = { id: agent.newId('msg', now), customerId: customer.id, channel, to, topic: topic === 'transactional' ? null : topic };
  const leave = needed ? { unsubscribe: '', preferences: '' } : await leaveLinks(agent, named);
  const links = { ...leave, ...(asked && { survey: asked.url }) };
  const made = renderMessage({ ...text, language }, { customer, workspace, links, now });
  if ('problem' in made) return notDone('skipped', 'broken_data');
  const { asks = null } = asked ?? {};
  const sent = messageActions(agent, {
    ...{
      ...named,
      ...made,
      templateId,
      language,
      senderId: channel === 'email' ? workspace.sending.defaultSenderId : null,
      attachments: [],
      answers: null,
    },
    ...{ memberId: null, caseId: null, sendAt: isoOf(sendAt), asks },
  });
  return { actions: [...sent.actions, ...(asked?.actions ?? [])], made: [{ kind: 'message', id: sent.message.id }] };
}

/** When it goes: so many days on, at her wall time where one is said; the first such time to come where none of the days is left. */
function timeOf({ now, workspace }: Agent, { timeZone }: Customer, { inDays, at }: EffectOf<'message'>): number {
  if (at === null) return now + inDays * 86_400_000;
  const zone = timeZone ?? workspace.timeZone;
  const wanted = instantAt({ on: plusDays(wallAt(now, zone).on, inDays), at }, zone);
  return wanted > now ? wanted : nextWallTime(now, at, zone);
}

/** The survey that a message asks; undefined where it asks none. */
async function askedBy(agent: Agent, cause: Cause, { effect, at, channel, sendAt }: Sending): Promise<Asked | undefined> {
  const { rule, subjectId, occurrence } = cause;
  const before = effect.asksAgain ? await answeredBefore(agent, cause) : null;
  const surveyId = before?.surveyId ?? effect.surveyId;
  if (surveyId === null) return undefined;
  const isCase = subjectId.startsWith('cas_');
  const asked = await askSurvey(agent, {
    ...{ surveyId, ruleId: rule.id, customerId: customerEntity.decode(cause.customer).id, channel, sendAt },
    // A case is asked about once, however often it is closed.
    cause: isCase ? `${subjectId}#${at}` : `${subjectId}#${occurrence}#${at}`,
    caseId: isCase ? subjectId : null,
    since: before && Date.parse(before.completedAt ?? before.startedAt),
  });
  return 'reason' in asked ? notDone(asked.outcome, asked.reason) : asked;
}

/** The answer after which its survey is asked once more. Throws NotDone where it is itself the answer to such a question. */
async function answeredBefore({ table, tenant }: Agent, { rule, subjectId }: Cause) {
  const item = subjectId.startsWith('rsp_') ? await table.get(responseEntity.key(tenant, subjectId)) : undefined;
  const response = item && responseEntity.decode(item);
  if (!response) return notDone('failed', 'survey_gone');
  const { source } = response;
  if (source.kind === 'rule' && source.ruleId === rule.id) return notDone('skipped', 'asked_again');
  return response;
}
