import { randomUUID } from 'node:crypto';
import { textParts } from '../functions/channels/text-parts.ts';
import { movableNow } from './clock.ts';
import { AwsError } from './http.ts';
import { atomically, type Store } from './store.ts';
import type { Topics } from './topics.ts';

/** A text message as it was handed to the service. */
export interface SentText {
  messageId: string;
  at: string;
  from: string;
  to: string;
  text: string;
  context: Record<string, string>;
  configurationSet?: string;
  events: { type: string; at: string }[];
}

/** What a carrier reports, in the service's words without `TEXT_`. */
export const textReports = ['DELIVERED', 'UNREACHABLE', 'INVALID', 'BLOCKED', 'SPAM', 'UNKNOWN'] as const;
export type TextReport = (typeof textReports)[number];

/** Everybody's phone. */
export interface Phones {
  keep(text: Omit<SentText, 'messageId' | 'at' | 'events'>): string;
  /** Newest first. */
  list(atMost: number): SentText[];
  find(messageId: string): SentText | undefined;
  /** Notes what became of a message, and tells it as the service does. Throws AwsError for one that was never sent. */
  report(messageId: string, type: TextReport): SentText;
  /** An answer of STOP: the service sends nothing to that number any more. */
  optOut(number: string): void;
  hasOptedOut(number: string): boolean;
}

/** Numbers that behave by their last digits, as those of the service's own simulator: …0001 cannot be reached, …0002 is none. */
const fateOf = (number: string): TextReport =>
  number.endsWith('0001') ? 'UNREACHABLE' : number.endsWith('0002') ? 'INVALID' : 'DELIVERED';
/** A carrier answers after a moment, in seconds. */
const moment = 1;

export function createPhones(store: Store, topics: Topics): Phones {
  const insert = store.prepare('INSERT INTO texts (id, at, message) VALUES (?, ?, ?)');
  const read = store.prepare('SELECT message FROM texts WHERE id = ?');
  const update = store.prepare('UPDATE texts SET message = ? WHERE id = ?');
  const leave = store.prepare('INSERT OR IGNORE INTO opted_out VALUES (?)');
  const left = store.prepare('SELECT number FROM opted_out WHERE number = ?');
  const parse = (row: Record<string, unknown>) => JSON.parse(String(row.message)) as SentText;
  const find = (id: string) => {
    const row = read.get(id);
    return row && parse(row);
  };
  function note(text: SentText, type: string, delaySeconds = 0): void {
    const at = movableNow() + delaySeconds * 1000;
    text.events.push({ type, at: new Date(at).toISOString() });
    if (text.configurationSet) topics.publish('provider', textEvent(text, type, at), { delaySeconds });
  }
  return {
    find,
    list: (atMost) => store.prepare('SELECT message FROM texts ORDER BY n DESC LIMIT ?').all(atMost).map(parse),
    optOut: (number) => void leave.run(number),
    hasOptedOut: (number) => left.get(number) !== undefined,
    keep(text) {
      const at = movableNow();
      const sent: SentText = { messageId: `local-${randomUUID()}`, at: new Date(at).toISOString(), ...text, events: [] };
      atomically(store, () => {
        note(sent, 'SENT');
        note(sent, fateOf(sent.to), moment);
        insert.run(sent.messageId, at, JSON.stringify(sent));
      });
      return sent.messageId;
    },
    report(messageId, type) {
      const text = find(messageId);
      if (!text) throw new AwsError('ResourceNotFoundException', 'No such message was sent.', 404);
      atomically(store, () => {
        note(text, type);
        update.run(JSON.stringify(text), messageId);
      });
      return text;
    },
  };
}

/** An event of a text message, as AWS End User Messaging tells it to a topic. */
const textEvent = (text: SentText, type: string, at: number) => ({
  eventType: `TEXT_${type}`,
  eventVersion: '1.0',
  eventTimestamp: at,
  isFinal: type !== 'SENT',
  originationPhoneNumber: text.from,
  destinationPhoneNumber: text.to,
  messageId: text.messageId,
  messageRequestTimestamp: Date.parse(text.at),
  messageEncoding: /^[\x20-\x7e\n]*$/.test(text.text) ? 'GSM' : 'Unicode',
  messageType: 'PROMOTIONAL',
  messageStatus: type,
  context: text.context,
  totalMessageParts: textParts(text.text),
});

interface TextInput {
  DestinationPhoneNumber?: string;
  OriginationIdentity?: string;
  MessageBody?: string;
  ConfigurationSetName?: string;
  Context?: Record<string, string>;
}

/** Answers the JSON protocol of AWS End User Messaging. Nothing leaves the machine. */
export function answerPhones(phones: Phones, operation: string, input: TextInput): object {
  if (operation !== 'SendTextMessage') throw new AwsError('ValidationException', `The loopback has no ${operation} for text messages.`);
  const { DestinationPhoneNumber: to = '', OriginationIdentity: from = '', MessageBody: text = '', Context: context = {} } = input;
  if (!/^\+[1-9]\d{6,14}$/.test(to)) throw new AwsError('ValidationException', 'DestinationPhoneNumber is not in E.164.');
  if (text === '' || text.length > 1600) throw new AwsError('ValidationException', 'MessageBody has 1 to 1600 characters.');
  if (Object.keys(context).length > 5) throw new AwsError('ValidationException', 'Context has 5 entries at most.');
  if (phones.hasOptedOut(to))
    throw new AwsError('ConflictException', 'The destination phone number has opted out.', 400, {
      Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT',
      ResourceType: 'opt-out-list',
    });
  const { ConfigurationSetName: configurationSet } = input;
  return { MessageId: phones.keep({ from, to, text, context, ...(configurationSet && { configurationSet }) }) };
}
