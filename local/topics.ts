import { randomUUID } from 'node:crypto';
import { type TopicName, workers } from '../lib/services.ts';
import type { Message, Queues } from './queues.ts';
import { eventQueue, region } from './settings.ts';

/** Topics on the loopback's file: a notification is kept for every function that subscribes, in the transaction in which it is published. */
export interface Topics {
  publish(topic: TopicName, message: object, options?: { delaySeconds?: number }): void;
}

/** Which queue keeps the notifications of a topic for which function. */
export type Subscription = { topic: TopicName; queue: string };

const subscriptions: readonly Subscription[] = Object.entries(workers).flatMap(([name, { trigger }]) =>
  trigger.kind === 'topic' ? [{ topic: trigger.topic, queue: eventQueue(name) }] : [],
);

export const topicArn = (topic: TopicName) => `arn:aws:sns:${region}:000000000000:suki-${topic}`;

export const createTopics = (queues: Queues, subscribed = subscriptions): Topics => ({
  publish(topic, message, { delaySeconds = 0 } = {}) {
    for (const one of subscribed)
      if (one.topic === topic) queues.send(one.queue, { body: JSON.stringify(message), ...(delaySeconds > 0 && { delaySeconds }) });
  },
});

/** The event by which SNS gives a function a notification. */
export function topicEvent(topic: TopicName, message: Message | undefined) {
  const TopicArn = topicArn(topic);
  return {
    Records: [
      {
        EventVersion: '1.0',
        EventSource: 'aws:sns',
        EventSubscriptionArn: `${TopicArn}:local`,
        Sns: {
          Type: 'Notification',
          MessageId: message?.id ?? randomUUID(),
          TopicArn,
          Message: message?.body ?? '',
          Timestamp: new Date(message?.sentAt ?? 0).toISOString(),
          MessageAttributes: {},
        },
      },
    ],
  };
}
