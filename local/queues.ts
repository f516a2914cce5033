import { createHash, randomUUID } from 'node:crypto';
import { movableNow } from './clock.ts';
import { AwsError } from './http.ts';
import { atomically, type Store } from './store.ts';

/** How a queue behaves: where messages go after `maxReceives` failures, and how long a received one stays hidden, in seconds. */
export interface QueueSettings {
  deadLetter?: string;
  maxReceives: number;
  visibilitySeconds: number;
}

interface MessageAttribute {
  DataType: string;
  StringValue?: string;
  BinaryValue?: string;
}

export interface Message {
  n: number;
  id: string;
  body: string;
  receipt: string;
  receives: number;
  sentAt: number;
  firstReceived: number;
  groupId?: string;
  attributes: Record<string, MessageAttribute>;
}

export interface QueueDepth {
  waiting: number;
  delayed: number;
  inFlight: number;
}

/**
 * SQS standard queues on the loopback's file. A delay counts on the movable clock, the visibility timeout on the machine's, so that
 * moving the clock wakes what was put off and does not double what is being worked on.
 */
export interface Queues {
  readonly names: string[];
  send(
    queue: string,
    message: { body: string; delaySeconds?: number; groupId?: string; attributes?: Record<string, MessageAttribute> },
  ): string;
  /** At most `atMost` messages, now hidden; with `all`, those hidden or delayed too. Messages received too often move to the dead-letter queue. */
  receive(queue: string, options: { atMost: number; visibilitySeconds?: number; all?: boolean }): Message[];
  remove(queue: string, receipt: string): void;
  /** Forgets messages in one step. */
  removeAll(queue: string, receipts: readonly string[]): void;
  hide(queue: string, receipt: string, seconds: number): void;
  /** Makes everything in flight visible: after a crash nobody works on it. */
  release(queue: string): void;
  depth(queue: string): QueueDepth;
  /** How many messages may be received now, as far as `atMost`: unlike `depth` it does not look at all of them. */
  waiting(queue: string, atMost: number): number;
  /** Changes when anything was sent or written, by this process or another; cheap enough to ask often. */
  version(): string;
  /** Moves what failed back to its queue; returns how many messages. */
  redrive(queue: string): number;
  settingsOf(queue: string): QueueSettings;
}

type Ready = { at: number; due: number; atMost: number };

/**
 * Messages that may be received at a moment, each part in the order of its index, so that it costs the same however many wait. What was
 * hidden before comes first: it is the older.
 */
function readyIn(store: Store, columns: string): (queue: string, moment: Ready) => Record<string, unknown>[] {
  const hidden = 'queue = ? AND hidden_until > 0 AND hidden_until <= ? AND due_at <= ? ORDER BY hidden_until LIMIT ?';
  const again = store.prepare(`SELECT ${columns} FROM messages WHERE ${hidden}`);
  const fresh = store.prepare(
    `SELECT ${columns} FROM messages WHERE queue = ? AND hidden_until = 0 AND due_at <= ? ORDER BY due_at, n LIMIT ?`,
  );
  return (queue, { at, due, atMost }) => {
    const first = again.all(queue, at, due, atMost);
    return first.length < atMost ? [...first, ...fresh.all(queue, due, atMost - first.length)] : first;
  };
}

export function createQueues(store: Store, queues: Record<string, QueueSettings>): Queues {
  const settingsOf = (queue: string) => {
    const settings = queues[queue];
    if (!settings) throw new AwsError('AWS.SimpleQueueService.NonExistentQueue', 'The specified queue does not exist.');
    return settings;
  };
  const insert = store.prepare(
    'INSERT INTO messages (queue, id, body, attributes, group_id, sent_at, due_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const ready = readyIn(store, '*');
  const readyKeys = readyIn(store, 'n');
  const take = store.prepare(
    'UPDATE messages SET hidden_until = ?, receives = receives + 1, receipt = ?, first_received = COALESCE(first_received, ?) WHERE n = ?',
  );
  const move = store.prepare('UPDATE messages SET queue = ?, hidden_until = 0, receives = 0, receipt = NULL WHERE n = ?');
  const remove = store.prepare('DELETE FROM messages WHERE queue = ? AND n = ? AND receipt = ?');
  const hide = store.prepare('UPDATE messages SET hidden_until = ? WHERE queue = ? AND n = ? AND receipt = ?');
  const depth = store.prepare(
    `SELECT COALESCE(SUM(hidden_until <= ?2 AND due_at <= ?3), 0) AS waiting, COALESCE(SUM(due_at > ?3), 0) AS delayed,
     COALESCE(SUM(hidden_until > ?2), 0) AS inFlight FROM messages WHERE queue = ?1`,
  );

  const version = store.prepare('PRAGMA data_version');
  let sent = 0;

  function takeOne(row: Record<string, unknown>, hiddenSeconds: number): Message {
    const now = Date.now();
    const receipt = randomUUID();
    take.run(now + hiddenSeconds * 1000, receipt, now, Number(row.n));
    return {
      n: Number(row.n),
      id: String(row.id),
      body: String(row.body),
      receipt: `${row.n}:${receipt}`,
      receives: Number(row.receives) + 1,
      sentAt: Number(row.sent_at),
      firstReceived: Number(row.first_received ?? now),
      ...(row.group_id !== null && { groupId: String(row.group_id) }),
      attributes: JSON.parse(String(row.attributes)),
    };
  }

  return {
    names: Object.keys(queues),
    settingsOf,
    version: () => `${version.get()?.data_version} ${sent}`,
    send(queue, { body, delaySeconds = 0, groupId, attributes = {} }) {
      settingsOf(queue);
      sent++;
      const id = randomUUID();
      insert.run(queue, id, body, JSON.stringify(attributes), groupId ?? null, Date.now(), movableNow() + delaySeconds * 1000);
      return id;
    },
    receive(queue, { atMost, visibilitySeconds, all }) {
      const { deadLetter, maxReceives, visibilitySeconds: usual } = settingsOf(queue);
      const far = Number.MAX_SAFE_INTEGER;
      const due = () => ready(queue, { at: all ? far : Date.now(), due: all ? far : movableNow(), atMost });
      if (due().length === 0) return [];
      return atomically(store, () => {
        const rows = due();
        const dead = deadLetter ? rows.filter((row) => Number(row.receives) >= maxReceives) : [];
        for (const row of dead) move.run(deadLetter as string, Number(row.n));
        return rows.filter((row) => !dead.includes(row)).map((row) => takeOne(row, visibilitySeconds ?? usual));
      });
    },
    remove: (queue, receipt) => void remove.run(queue, ...splitReceipt(receipt)),
    removeAll(queue, receipts) {
      if (receipts.length === 0) return;
      atomically(store, () => {
        for (const receipt of receipts) remove.run(queue, ...splitReceipt(receipt));
      });
    },
    hide: (queue, receipt, seconds) => void hide.run(seconds > 0 ? Date.now() + seconds * 1000 : 0, queue, ...splitReceipt(receipt)),
    release: (queue) => void store.prepare('UPDATE messages SET hidden_until = 0 WHERE queue = ?').run(queue),
    waiting: (queue, atMost) => readyKeys(queue, { at: Date.now(), due: movableNow(), atMost }).length,
    depth: (queue) => {
      const row = depth.get(queue, Date.now(), movableNow()) as Record<string, number>;
      return { waiting: Number(row.waiting), delayed: Number(row.delayed), inFlight: Number(row.inFlight) };
    },
    redrive(queue) {
      const { deadLetter } = settingsOf(queue);
      const sql = 'UPDATE messages SET queue = ?, receives = 0, hidden_until = 0, due_at = 0 WHERE queue = ?';
      return deadLetter ? Number(store.prepare(sql).run(queue, deadLetter).changes) : 0;
    },
  };
}

function splitReceipt(receipt: string): [number, string] {
  const colon = receipt.indexOf(':');
  if (colon < 1) throw new AwsError('ReceiptHandleIsInvalid', 'The receipt handle is not one of this queue.');
  return [Number(receipt.slice(0, colon)), receipt.slice(colon + 1)];
}

/** The queue's name at the end of its URL or ARN. */
export const queueNameOf = (address: string) => address.slice(Math.max(address.lastIndexOf('/'), address.lastIndexOf(':')) + 1);

export const queueArn = (region: string, name: string) => `arn:aws:sqs:${region}:000000000000:${name}`;

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const largest = 1_048_576;

type Input = Record<string, unknown> & { QueueUrl?: string; QueueName?: string };
interface SendInput {
  MessageBody?: string;
  DelaySeconds?: number;
  MessageGroupId?: string;
  MessageAttributes?: Record<string, MessageAttribute>;
}

function sendOne(queues: Queues, queue: string, entry: SendInput) {
  const body = entry.MessageBody ?? '';
  if (body === '') throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (Buffer.byteLength(body) > largest) throw new AwsError('InvalidParameterValue', 'A message must be shorter than 1048576 bytes.');
  const id = queues.send(queue, {
    body,
    delaySeconds: entry.DelaySeconds,
    groupId: entry.MessageGroupId,
    attributes: entry.MessageAttributes,
  });
  return { MessageId: id, MD5OfMessageBody: md5(body) };
}

/** Runs each entry of a batch by itself, as SQS does: one bad entry fails alone. */
function eachEntry<E extends { Id: string }>(entries: E[], run: (entry: E) => object) {
  if (entries.length === 0) throw new AwsError('AWS.SimpleQueueService.EmptyBatchRequest', 'There are no entries in the batch.');
  if (entries.length > 10) throw new AwsError('AWS.SimpleQueueService.TooManyEntriesInBatchRequest', 'A batch has at most 10 entries.');
  if (new Set(entries.map((entry) => entry.Id)).size < entries.length)
    throw new AwsError('AWS.SimpleQueueService.BatchEntryIdsNotDistinct', 'Two entries have the same Id.');
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...run(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return { Successful, ...(Failed.length > 0 && { Failed }) };
}

function systemAttributes(message: Message) {
  return {
    SenderId: 'local',
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: String(message.firstReceived),
    ...(message.groupId !== undefined && { MessageGroupId: message.groupId }),
  };
}

function received(queues: Queues, queue: string, input: Input) {
  const { MaxNumberOfMessages = 1, VisibilityTimeout } = input as { MaxNumberOfMessages?: number; VisibilityTimeout?: number };
  const messages = queues.receive(queue, { atMost: MaxNumberOfMessages, visibilitySeconds: VisibilityTimeout });
  if (messages.length === 0) return {};
  return {
    Messages: messages.map((message) => ({
      MessageId: message.id,
      ReceiptHandle: message.receipt,
      Body: message.body,
      MD5OfBody: md5(message.body),
      Attributes: systemAttributes(message),
      ...(Object.keys(message.attributes).length > 0 && { MessageAttributes: message.attributes }),
    })),
  };
}

function attributesOf(queues: Queues, queue: string, region: string) {
  const { waiting, delayed, inFlight } = queues.depth(queue);
  const { deadLetter, maxReceives, visibilitySeconds } = queues.settingsOf(queue);
  const redrive = { deadLetterTargetArn: queueArn(region, deadLetter ?? ''), maxReceiveCount: maxReceives };
  return {
    Attributes: {
      QueueArn: queueArn(region, queue),
      ApproximateNumberOfMessages: String(waiting),
      ApproximateNumberOfMessagesDelayed: String(delayed),
      ApproximateNumberOfMessagesNotVisible: String(inFlight),
      VisibilityTimeout: String(visibilitySeconds),
      ...(deadLetter && { RedrivePolicy: JSON.stringify(redrive) }),
    },
  };
}

/** Answers SQS's AWS JSON 1.0 protocol. `baseUrl` makes the queue URLs. */
export function answerSqs(queues: Queues, call: { operation: string; input: Input; baseUrl: string; region: string }): object {
  const { operation, input, region } = call;
  const queue = queueNameOf(input.QueueUrl ?? input.QueueName ?? '');
  const entries = (input.Entries ?? []) as { Id: string; ReceiptHandle: string; VisibilityTimeout: number }[];
  const urlOf = (name: string) => `${call.baseUrl}/000000000000/${name}`;
  if (operation === 'ListQueues') return { QueueUrls: queues.names.map(urlOf) };
  queues.settingsOf(queue);
  switch (operation) {
    case 'GetQueueUrl':
      return { QueueUrl: urlOf(queue) };
    case 'SendMessage':
      return sendOne(queues, queue, input as SendInput);
    case 'SendMessageBatch':
      return eachEntry(entries, (entry) => sendOne(queues, queue, entry as SendInput));
    case 'ReceiveMessage':
      return received(queues, queue, input);
    case 'DeleteMessage':
      queues.remove(queue, String(input.ReceiptHandle));
      return {};
    case 'DeleteMessageBatch':
      return eachEntry(entries, (entry) => {
        queues.remove(queue, entry.ReceiptHandle);
        return {};
      });
    case 'ChangeMessageVisibility':
      queues.hide(queue, String(input.ReceiptHandle), Number(input.VisibilityTimeout));
      return {};
    case 'GetQueueAttributes':
      return attributesOf(queues, queue, region);
    case 'StartMessageMoveTask':
      return { TaskHandle: String(queues.redrive(queue)) };
    default:
      throw new AwsError('InvalidAction', `The loopback has no ${operation} for queues.`);
  }
}

/** The event a Lambda is given for a batch of messages. */
export function sqsEvent(queue: string, messages: Message[], region: string) {
  return {
    Records: messages.map((message) => ({
      messageId: message.id,
      receiptHandle: message.receipt,
      body: message.body,
      attributes: systemAttributes(message),
      messageAttributes: Object.fromEntries(
        Object.entries(message.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
          name,
          { dataType: DataType, stringValue: StringValue, binaryValue: BinaryValue },
        ]),
      ),
      md5OfBody: md5(message.body),
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn(region, queue),
      awsRegion: region,
    })),
  };
}
