import { isoOf } from '../kernel/clock.ts';
import { hashOf, timeOf, ulidOf } from '../kernel/ids.ts';
import type { SendPlace } from '../runs/send.ts';
import { addressHash } from '../suppressions/suppression.entity.ts';
import { type Due, dueKey } from '../table/due.ts';
import { defineEntity } from '../table/entity.ts';
import { showsAt } from '../table/idempotency.ts';
import { startingWith } from '../table/ranges.ts';
import { Message } from './message.ts';
import { Template } from './template.ts';

const names = {
  channel: 'c',
  to: 't',
  subject: 'su',
  body: 'b',
  language: 'la',
  senderId: 'sd',
  templateId: 'tp',
  attachments: 'at',
  answers: 'an',
  caseId: 'cs',
  memberId: 'm',
  topic: 'tc',
  asks: 'as',
  surveyId: 'sv',
  responseId: 'rs',
  sendAt: 'sa',
  lookAt: 'lk',
  interactionId: 'ix',
  canceledAt: 'ca',
  id: 'i',
  name: 'n',
  bytes: 'by1',
  type: 'ty',
} as const;

export type MessageKey = { customerId: string; id: string };
export const messagePartition = (tenant: string, customerId: string) => `T#${tenant}#MSG#${customerId}`;
export const messageRange = startingWith('M#');

/** What is due of messages. */
export const messageDue = 'message';

/** pk T#<tenant>#MSG#<customer>  sk M#<ulid>     what was written to her; beside it, TO#<channel>#…, its send
 *  gsi5 S#DUE#<0..15> / <when to look after it>#t#message#<customer>#<ulid>     until nothing is left to do */
export const messageEntity = defineEntity<Message, MessageKey>({
  type: 'message',
  schema: Message,
  names,
  key: (tenant, { customerId, id }) => ({ pk: messagePartition(tenant, customerId), sk: `M#${ulidOf(id)}` }),
  gsi5: (tenant, message) =>
    message.lookAt === null
      ? null
      : dueKey({ at: message.lookAt, tenant, kind: messageDue, id: `${message.customerId}#${ulidOf(message.id)}` }),
  fromKey: {
    fields: ['id', 'customerId', 'createdAt'],
    read: ({ pk, sk }) => {
      const id = `msg_${sk.slice(2)}`;
      return { id, customerId: pk.slice(pk.lastIndexOf('#') + 1), createdAt: isoOf(timeOf(id)) };
    },
  },
});

/** The message that is due, or undefined for what is none. */
export function dueMessage({ id }: Pick<Due, 'id'>): MessageKey | undefined {
  const [customerId, ulid] = id.split('#');
  return customerId && ulid ? { customerId, id: `msg_${ulid}` } : undefined;
}

/** Where the send of a message stands. Its name begins with the address's hash, as those of runs are, and goes on with the message's own. */
export const sendPlace = ({ customerId, id, channel, to }: Pick<Message, 'customerId' | 'id' | 'channel' | 'to'>): SendPlace => ({
  messagesTo: customerId,
  channel,
  hash: `${addressHash(channel, to)}${hashOf(id, 21)}`,
});

// No short name is a language's tag: the texts are kept by their languages.
const templateNames = { name: 'n', channel: 'c', texts: 't', archivedAt: 'a', createdAt: 'c1', subject: 's1', body: 'b1' } as const;
export const templatePartition = (tenant: string) => `T#${tenant}#TPL`;

/** pk T#<tenant>#TPL  sk <template>     a text that members use again */
export const templateEntity = defineEntity<Template>({
  type: 'messageTemplate',
  schema: Template,
  names: templateNames,
  key: (tenant, id) => ({ pk: templatePartition(tenant), sk: id }),
});

showsAt('message', ({ pk, sk }) => `/v1/customers/${pk.slice(pk.lastIndexOf('#') + 1)}/messages/msg_${sk.slice(2)}`);
showsAt('messageTemplate', ({ sk }) => `/v1/message-templates/${sk}`);
