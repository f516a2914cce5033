import { queueBatch, queueConcurrency } from '../lib/limits.ts';
import { workers } from '../lib/services.ts';
import { streamSource } from '../lib/stream.ts';
import type { Functions } from './functions.ts';
import type { Loopback } from './loopback.ts';
import { type Message, queueNameOf, sqsEvent } from './queues.ts';
import type { Schedule } from './scheduler.ts';
import { eventQueue, region } from './settings.ts';
import type { StreamRecord } from './stream-record.ts';
import type { BatchAnswer, Consumer } from './streams.ts';
import { topicEvent } from './topics.ts';

interface QueueWorker {
  queue: string;
  name: string;
  /** What the function is given for the messages of a batch: SQS's own event, or the event of the bus that a rule kept. */
  event: (messages: Message[]) => unknown;
  /** The bus and topics invoke a function for each event, so what is taken at once is given one by one. */
  oneByOne?: true;
}

/** To take and to forget a message is a commit each of this machine's file; where thousands wait, they are taken by ten. */
const eventsAtOnce = 10;

const queueWorkers: QueueWorker[] = Object.entries(workers).flatMap(([name, { trigger }]): QueueWorker[] => {
  if (trigger.kind === 'queue') return [{ queue: trigger.queue, name, event: (messages) => sqsEvent(trigger.queue, messages, region) }];
  const common = { queue: eventQueue(name), name, oneByOne: true } as const;
  if (trigger.kind === 'events') return [{ ...common, event: ([message]) => JSON.parse(message?.body ?? '{}') }];
  if (trigger.kind === 'topic') return [{ ...common, event: ([message]) => topicEvent(trigger.topic, message) }];
  return [];
});

/** The stream's consumers, from the one list of functions. */
export function streamConsumers(functions: Functions): Consumer[] {
  return Object.entries(workers).flatMap(([name, { trigger }]) =>
    trigger.kind === 'stream' ? [{ name, batchSize: streamSource.batchSize, deliver: (event) => functions.invoke(name, event) }] : [],
  );
}

export const consumerNames = Object.entries(workers).flatMap(([name, { trigger }]) => (trigger.kind === 'stream' ? [name] : []));

/** Keeps a stream record that failed for good in the bucket, whole, in the form of Lambda's own failure destination. */
export function failureKeeper(loopback: Loopback, bucket: string) {
  return async (consumer: string, record: StreamRecord, error: string): Promise<void> => {
    const timestamp = new Date().toISOString();
    const sequence = record.dynamodb.SequenceNumber;
    const failure = {
      requestContext: { functionArn: `arn:aws:lambda:${region}:000000000000:function:${consumer}`, condition: 'RetryAttemptsExhausted' },
      responseContext: { statusCode: 200, functionError: error },
      version: '1.0',
      timestamp,
      DDBStreamBatchInfo: { startSequenceNumber: sequence, endSequenceNumber: sequence, batchSize: 1, streamArn: record.eventSourceARN },
      payload: JSON.stringify({ Records: [record] }),
    };
    const day = timestamp.slice(0, 10).replaceAll('-', '/');
    await loopback.buckets.keep(bucket, `failures/${consumer}/${day}/${sequence}.json`, JSON.stringify(failure, null, 1));
  };
}

/** Gives a worker one batch of its queue; what failed stays for another try, up to the queue's limit. Returns how many messages it was given. */
async function workOnce(loopback: Loopback, functions: Functions, { worker, all }: { worker: QueueWorker; all: boolean }): Promise<number> {
  const { queues } = loopback;
  const waiting = worker.oneByOne ? queues.waiting(worker.queue, eventsAtOnce * queueConcurrency) : queueBatch;
  // Few are left to those who work beside this one.
  const atMost = worker.oneByOne ? Math.max(1, Math.floor(waiting / queueConcurrency)) : queueBatch;
  const messages = queues.receive(worker.queue, { atMost, all });
  if (messages.length === 0) return 0;
  const batches = worker.oneByOne ? messages.map((message) => [message]) : [messages];
  const failed: Message[] = [];
  for (const batch of batches) failed.push(...batch.filter(await failuresOf(functions, worker, batch)));
  for (const { receipt, receives } of failed) queues.hide(worker.queue, receipt, Math.min(60, 2 ** (receives - 1)));
  const done = messages.filter((message) => !failed.includes(message));
  queues.removeAll(
    worker.queue,
    done.map(({ receipt }) => receipt),
  );
  return messages.length;
}

async function failuresOf(functions: Functions, worker: QueueWorker, messages: Message[]): Promise<(message: Message) => boolean> {
  try {
    const answer = (await functions.invoke(worker.name, worker.event(messages))) as BatchAnswer | undefined;
    const failed = new Set(answer?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier));
    const unknown = [...failed].some((id) => !messages.some((message) => message.id === id));
    return (message) => unknown || failed.has(message.id);
  } catch (error) {
    process.stderr.write(`${worker.name}: ${error instanceof Error ? error.stack : error}\n`);
    return () => true;
  }
}

/** Works through every queue until none holds a message that may be received, put-off ones too with `all`; returns how many were given out. */
export async function drainQueues(loopback: Loopback, functions: Functions, all = true): Promise<number> {
  let given = 0;
  for (let more = true; more; ) {
    const counts = await Promise.all(queueWorkers.map((worker) => workOnce(loopback, functions, { worker, all })));
    const sum = counts.reduce((total, count) => total + count, 0);
    given += sum;
    more = sum > 0;
  }
  return given;
}

/**
 * Follows every queue, as many batches of each at once as the stack allows, until the returned function is called; it settles when the
 * work at hand is done. A queue is asked when something changed, and once a second for what was put off.
 */
export function followQueues(loopback: Loopback, functions: Functions): () => Promise<void> {
  const working = new Set<Promise<void>>();
  const busy = new Map(queueWorkers.map(({ queue }) => [queue, 0]));
  for (const { queue } of queueWorkers) loopback.queues.release(queue);
  let seen = '';
  let askedAt = 0;

  async function work(worker: QueueWorker): Promise<void> {
    busy.set(worker.queue, (busy.get(worker.queue) ?? 0) + 1);
    while (!stopping && (await workOnce(loopback, functions, { worker, all: false }).catch(() => 0)) > 0);
    busy.set(worker.queue, (busy.get(worker.queue) ?? 1) - 1);
  }
  function start(worker: QueueWorker): void {
    const free = queueConcurrency - (busy.get(worker.queue) ?? 0);
    const waiting = free > 0 ? Math.ceil(loopback.queues.waiting(worker.queue, free * queueBatch) / queueBatch) : 0;
    for (let n = Math.min(waiting, free); n > 0; n--) {
      const one: Promise<void> = work(worker).finally(() => working.delete(one));
      working.add(one);
    }
  }

  let stopping = false;
  function look(): void {
    const version = loopback.queues.version();
    if (version === seen && Date.now() - askedAt < 1000) return;
    seen = version;
    askedAt = Date.now();
    for (const worker of queueWorkers) start(worker);
  }
  const timer = setInterval(() => {
    try {
      look();
    } catch {
      // The file was busy: the next look is soon.
      seen = '';
    }
  }, 50);
  return async () => {
    stopping = true;
    clearInterval(timer);
    await Promise.all(working);
  };
}

/** Sends what a schedule says to its target: a queue, a function, or the bus. Throws for a target that this machine does not have. */
export async function fireSchedule(loopback: Loopback, functions: Functions, schedule: Schedule): Promise<void> {
  const { Arn, Input = '{}', SqsParameters, EventBridgeParameters } = schedule.Target;
  const service = Arn.split(':')[2];
  if (service === 'sqs') loopback.queues.send(queueNameOf(Arn), { body: Input, groupId: SqsParameters?.MessageGroupId });
  else if (service === 'lambda') await functions.invoke(functionOf(Arn), JSON.parse(Input));
  else if (service === 'events') loopback.bus.put([{ ...EventBridgeParameters, Detail: Input }]);
  else throw new Error(`Schedule ${schedule.Name} has a target that is not served here: ${Arn}`);
}

/** `arn:aws:lambda:region:account:function:name[:alias]` */
const functionOf = (arn: string) => arn.split(':')[6] ?? '';

/** Writes the schedules of lib/services.ts into the scheduler, once each, as the stack does in the cloud. */
export function plantSchedules(loopback: Loopback): void {
  for (const [name, { trigger }] of Object.entries(workers)) {
    if (trigger.kind !== 'schedule') continue;
    const body = {
      ScheduleExpression: trigger.rate.startsWith('rate(') || trigger.rate.startsWith('cron(') ? trigger.rate : `rate(${trigger.rate})`,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: `arn:aws:lambda:${region}:000000000000:function:${name}`, Input: '{}' },
    };
    const there = loopback.schedules.get(name, 'suki');
    if (!there) loopback.schedules.create(name, 'suki', body);
    else if (there.ScheduleExpression !== body.ScheduleExpression) loopback.schedules.update(name, 'suki', body);
  }
}
