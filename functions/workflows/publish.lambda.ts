import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { log, metric } from '../kernel/log.ts';
import { putOnBus, toldSource } from './bus.ts';
import { changeOf } from './change.ts';
import { eventOf } from './event.ts';

/** The stream's second consumer: each change as an event on the stage's bus. An event may come twice; its id is then the same. */
export const handler = async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  const events = Records.flatMap((record) => {
    const change = changeOf(record);
    return change ? [{ record, event: eventOf(change) }] : [];
  });
  const refused = await putOnBus(events.map(({ event }) => ({ source: toldSource, type: event.type, at: event.at, detail: event })));
  if (!refused) return { batchItemFailures: [] };
  log('error', 'an event was refused by the bus', { code: refused.code });
  metric('PublishFailure', 1);
  return { batchItemFailures: [{ itemIdentifier: events[refused.at]!.record.dynamodb!.SequenceNumber! }] };
};
