import type { Agent } from '../agent.ts';
import { isoOf } from '../kernel/clock.ts';
import { idFrom } from '../kernel/ids.ts';
import type { Message, MessageChannel } from '../messages/message.ts';
import { askedByRule } from '../responses/asking.entity.ts';
import { invitedAround } from '../responses/by-run.ts';
import { inviteAction, isInvited } from '../responses/invite.ts';
import { responseIdOf } from '../responses/response.entity.ts';
import { isCoolingDown } from '../runs/decide.ts';
import { capEntity } from '../runs/send.entity.ts';
import { surveyEntity } from '../surveys/survey.entity.ts';
import { isOpen } from '../surveys/survey.ts';
import type { Action, Item } from '../table/entity.ts';

/** A survey that a rule asks one customer, by a message that goes at a time. */
type Asking = {
  surveyId: string;
  ruleId: string;
  /** What sets the question apart from another of the same rule: the same again is the same invitation. */
  cause: string;
  customerId: string;
  channel: MessageChannel;
  /** Milliseconds. */
  sendAt: number;
  /** The case that it is about: asked about once. */
  caseId: string | null;
  /**
   * Of a question that goes on from an answer, when that was given: the cool-down counts from what she was asked later. Milliseconds; null
   * for any other.
   */
  since: number | null;
};
export type Asked = { url: string; asks: NonNullable<Message['asks']>; actions: Action[] };
export type NotAsked = { outcome: 'skipped' | 'failed'; reason: 'survey_gone' | 'survey_closed' | 'cool_down' | 'asked_before' };

const channels = ['email', 'sms'] as const;
const dayMs = 86_400_000;

/** Her link, and what is written with the message: the invitation, the count of the rule's, when she was asked. 3 R, of a case 4 R; 6 W. */
export async function askSurvey(agent: Agent, asking: Asking): Promise<Asked | NotAsked> {
  const { table, tenant } = agent;
  const { surveyId, ruleId, customerId, channel, sendAt, caseId, since } = asking;
  const keys = channels.map((each) => capEntity.key(tenant, { customerId, channel: each }));
  const [row, ...caps] = await table.getMany([surveyEntity.key(tenant, surveyId), ...keys], { strong: true });
  const survey = row && surveyEntity.decode(row);
  if (!survey || survey.archivedAt || survey.publishedVersion === null) return { outcome: 'failed', reason: 'survey_gone' };
  if (!isOpen(survey)) return { outcome: 'skipped', reason: 'survey_closed' };
  const { publishedVersion: surveyVersion, coolDownDays } = survey;
  const invitedAt = invitedAround(caps, { at: sendAt, since });
  if (isCoolingDown({ invitedAt, coolDownDays }, sendAt)) return { outcome: 'skipped', reason: 'cool_down' };
  const id = idFrom('inv', surveyId, ruleId, asking.cause);
  if (caseId !== null && (await isInvited(agent, id))) return { outcome: 'skipped', reason: 'asked_before' };
  const linkDays = survey.linkDays + Math.ceil((sendAt - agent.now) / dayMs);
  const invited = { id, surveyId, surveyVersion, customerId, caseId, source: { kind: 'rule', ruleId }, channel, linkDays } as const;
  const { url, action } = await inviteAction(agent, invited);
  const asked: Action = {
    update: capEntity.key(tenant, { customerId, channel }),
    set: memory(caps[channels.indexOf(channel)], { at: isoOf(sendAt), by: ruleId }, agent.now),
    first: { d1: '', dn: 0, w: '', wn: 0 },
    add: { v: 1 },
    guard: { always: 'the last question asked is the last one' },
  };
  const asks = { surveyId, responseId: responseIdOf({ surveyId, surveyVersion }, id) };
  return { url, asks, actions: [action, askedByRule(tenant, surveyId, ruleId), asked] };
}

type Memory = { at: string; by: string };
/** So far ahead a question is one to come, beside the last that was asked. */
const aheadMs = 2 * dayMs;

/** What her cap remembers of a question: the last one, or one that is to come; one that has come since is the last. */
function memory(item: Item | undefined, asked: Memory, now: number): Record<string, Memory> {
  if (Date.parse(asked.at) <= now + aheadMs) return { iv: asked };
  const { invited = null, asking = null } = item ? capEntity.decode(item) : {};
  const hasCome = asking !== null && Date.parse(asking.at) <= now && asking.at > (invited?.at ?? '');
  return { ak: asked, ...(hasCome && { iv: asking }) };
}
