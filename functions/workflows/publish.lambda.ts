import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { env } from '../kernel/env.ts';
import { log, metric } from '../kernel/log.ts';
import { changeOf } from './change.ts';
import { eventOf } from './event.ts';

let client: EventBridgeClient | undefined;
const perCall = 10;

/** The stream's second consumer: each change as an event on the stage's bus. An event may come twice; its id is then the same. */
export const handler = async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  client ??= new EventBridgeClient({ maxAttempts: 4 });
  const events = Records.flatMap((record) => {
    const change = changeOf(record);
    return change ? [{ record, event: eventOf(change) }] : [];
  });
  for (let start = 0; start < events.length; start += perCall) {
    const page = events.slice(start, start + perCall);
    const answer = await client.send(
      new PutEventsCommand({
        Entries: page.map(({ event }) => ({
          EventBusName: env().BUS_NAME,
          Source: 'suki',
          DetailType: event.type,
          Time: new Date(event.at),
          Detail: JSON.stringify(event),
        })),
      }),
    );
    const at = answer.Entries?.findIndex(({ ErrorCode }) => ErrorCode !== undefined) ?? -1;
    if (at >= 0) {
      log('error', 'an event was refused by the bus', { code: answer.Entries?.[at]?.ErrorCode });
      metric('PublishFailure', 1);
      return { batchItemFailures: [{ itemIdentifier: page[at]!.record.dynamodb!.SequenceNumber! }] };
    }
  }
  return { batchItemFailures: [] };
};
