import type { Agent } from '../agent.ts';
import { Ambiguous, type Outcome } from '../channels/outcome.ts';
import { sendRaw } from '../channels/raw-email.ts';
import { sendSms } from '../channels/sms.ts';
import { consentEntity, customerEntity } from '../customers/customer.entity.ts';
import { isoOf } from '../kernel/clock.ts';
import { errorFields, log } from '../kernel/log.ts';
import { responseEntity } from '../responses/response.entity.ts';
import { countDown, type Window } from '../runs/count-cap.ts';
import { replacing } from '../runs/run-rows.ts';
import { capEntity, sendEntity } from '../runs/send.entity.ts';
import {
  accepted,
  claimed,
  givenUp,
  graceEnd,
  lapsed,
  postponed,
  providerMs,
  putBack,
  refused,
  type Send,
  type SkipReason,
  sendLeaseMs,
  skipped,
} from '../runs/send.ts';
import { suppressionEntity, suppressionKey } from '../suppressions/suppression.entity.ts';
import { surveyEntity } from '../surveys/survey.entity.ts';
import { isOpen } from '../surveys/survey.ts';
import { type Action, GuardError, type Item } from '../table/entity.ts';
import { barredBecause } from './barred.ts';
import { mailFor } from './compose.ts';
import { finish } from './finish.ts';
import { type MessageKey, messageEntity, sendPlace } from './message.entity.ts';
import type { Message } from './message.ts';
import { turnOf } from './turn.ts';

/** What is due of one message: claimed, handed to the provider, and what came of it written; each step one guarded write. */
export type Held = { item: Item; message: Message; sendItem: Item; send: Send };

/** A refusal that passes by itself: when the message is tried again. */
const againMs = 60_000;
const tries = 8;

export async function read({ table, tenant }: Pick<Agent, 'table' | 'tenant'>, key: MessageKey): Promise<Held | undefined> {
  const item = await table.get(messageEntity.key(tenant, key));
  const message = item && messageEntity.decode(item);
  const sendItem = message && (await table.get(sendEntity.key(tenant, sendPlace(message))));
  return item && message && sendItem && { item, message, sendItem, send: sendEntity.decode(sendItem) };
}

/** Brings a message as far as it goes now. `msLeft` is what is left of the function's time. */
export async function workMessage(agent: Agent, key: MessageKey, msLeft: () => number): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const held = await read(agent, key);
    if (!held) return;
    try {
      await step(agent, held, msLeft);
      return;
    } catch (error) {
      // Somebody came between; what is there now decides.
      if (!(error instanceof GuardError)) throw error;
    }
  }
  throw new Error('a message does not settle');
}

async function step(agent: Agent, held: Held, msLeft: () => number): Promise<void> {
  const { message, send } = held;
  const { now } = agent;
  if (message.lookAt === null || message.canceledAt) return;
  if (Date.parse(message.lookAt) > now) return;
  switch (send.state) {
    case 'pending':
      if (send.dueAt !== null && Date.parse(send.dueAt) > now) return lookAgain(agent, held, Date.parse(send.dueAt));
      return go(agent, held, msLeft);
    case 'claimed': {
      const to = lapsed(send, now);
      if (to === send) return lookAgain(agent, held, Date.parse(send.leaseUntil ?? agent.iso));
      return void (await write(agent, held, { send: to, lookAt: graceEnd(to) }));
    }
    case 'unknown': {
      const to = givenUp(send, { onUnknown: 'skip', now });
      if (to === send) return lookAgain(agent, held, graceEnd(send));
      return void (await write(agent, held, { send: to, lookAt: null }));
    }
    case 'skipped':
    case 'failed':
    case 'unresolved':
      return lookAgain(agent, held, null);
    default:
      return finish(agent, held);
  }
}

const lookAgain = async ({ table, tenant, stamp }: Agent, { item, message }: Held, at: number | null): Promise<void> =>
  table.commit(messageEntity.update(tenant, message, { from: item, to: { ...message, lookAt: at === null ? null : isoOf(at) } }, stamp));

/** Writes a send, when to look after its message next, and what has to hold with them. Gives both as they are now. */
async function write(
  agent: Agent,
  { item, message, sendItem }: Held,
  to: { send: Send; lookAt: number | null; besides?: readonly Action[] },
): Promise<Held> {
  const lookAt = to.lookAt === null ? null : isoOf(to.lookAt);
  const send = replacing(agent, sendEntity, { id: sendPlace(message), from: sendItem, to: to.send });
  const look = replacing(agent, messageEntity, { id: message, from: item, to: { ...message, lookAt } });
  await agent.table.commit([send.action, look.action, ...(to.besides ?? [])]);
  return { item: look.held.item, message: look.held.row, sendItem: send.held.item, send: send.held.row };
}

/** Decides, claims, hands over. The claim stands before the provider is called, and outlives the call. */
async function go(agent: Agent, held: Held, msLeft: () => number): Promise<void> {
  const { tenant, table, now } = agent;
  const { message, send } = held;
  const { customerId, channel, topic } = message;
  const [row, barring, word, cap] = await table.getMany(
    [
      customerEntity.key(tenant, customerId),
      suppressionKey(tenant, channel, send.hash.slice(0, 22)),
      consentEntity.key(tenant, { customerId, channel, topic: topic ?? 'transactional' }),
      ...(topic === null ? [] : [capEntity.key(tenant, { customerId, channel })]),
    ],
    { strong: true },
  );
  const customer = row && customerEntity.decode(row);
  const suppression = barring && suppressionEntity.decode(barring);
  const asked = message.asks && (await notAsked(agent, message.asks));
  const barred = asked ?? barredBecause(message, { customer, suppression, consent: word && consentEntity.decode(word), now });
  if (barred) return void (await write(agent, held, { send: skipped(send, barred, agent.now), lookAt: null }));
  const turn = turnOf(agent, message, { customer, cap });
  if ('skip' in turn) return void (await write(agent, held, { send: skipped(send, turn.skip, now), lookAt: null }));
  if ('later' in turn) return void (await write(agent, held, { send: postponed(send, turn.later), lookAt: turn.later }));
  if (msLeft() < 2 * providerMs) return;
  const token = agent.newId('clm', now);
  const besides = turn.count ? [turn.count.action] : [];
  const claim = await write(agent, held, { send: claimed(send, { token, now }), lookAt: now + sendLeaseMs, besides });
  const outcome = await handOver(agent, claim.message, claim.send);
  if (outcome) await settle(agent, claim, { token, outcome, window: turn.count?.window });
}

/** Why a survey is not asked any more; null where it is. 2 R. */
async function notAsked({ table, tenant }: Agent, { surveyId, responseId }: NonNullable<Message['asks']>): Promise<SkipReason | null> {
  const [survey, response] = await table.getMany([surveyEntity.key(tenant, surveyId), responseEntity.key(tenant, responseId)], {
    strong: true,
  });
  if (!survey || !isOpen(surveyEntity.decode(survey))) return 'survey_closed';
  return response && responseEntity.decode(response).completedAt ? 'already_answered' : null;
}

/** What the provider says; undefined where nobody knows. */
async function handOver(agent: Agent, message: Message, send: Send): Promise<Outcome | undefined> {
  try {
    const mail = await mailFor(agent, message, send);
    if ('refused' in mail || 'throttled' in mail) return mail;
    return 'raw' in mail ? await sendRaw(mail.raw) : await sendSms(mail.sms);
  } catch (error) {
    if (!(error instanceof Ambiguous)) throw error;
    log('warn', 'the provider left a call unanswered', errorFields(error.cause ?? error));
    return undefined;
  }
}

type Settling = { token: string; outcome: Outcome; window: Window | undefined };

/** Writes what came of a claim. Where an event of the provider's was quicker, it stands, and only the timeline is left to do. */
async function settle(agent: Agent, claim: Held, { token, outcome, window }: Settling): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const held = attempt === 0 ? claim : await read(agent, claim.message);
    if (!held) return;
    try {
      if ('accepted' in outcome)
        return await finish(agent, held, (send) => accepted(send, { token, messageId: outcome.accepted, now: agent.now }));
      const again = agent.now + againMs;
      const to =
        'refused' in outcome
          ? refused(held.send, { token, code: outcome.refused, now: agent.now })
          : putBack(held.send, { token, dueAt: again });
      if (to === held.send) return;
      const besides = 'throttled' in outcome && window ? await countDown(agent, claim.message, window) : [];
      await write(agent, held, { send: to, lookAt: 'refused' in outcome ? null : again, besides });
      return;
    } catch (error) {
      if (!(error instanceof GuardError)) throw error;
    }
  }
  throw new Error('a message does not settle');
}
