import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { now } from '../kernel/clock.ts';
import { errorFields, log, metric } from '../kernel/log.ts';
import { tableOf } from '../table/tenant.ts';
import { type Change, changeOf } from './change.ts';
import { project } from './project.ts';

/** The stream's first consumer: history and audit, activity, counters, search words. Idempotent, in order within a customer. */
export const handler = async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  const groups = new Map<string, { changes: Change[]; first: DynamoDBRecord }>();
  for (const record of event.Records) {
    const change = changeOf(record);
    if (!change) continue;
    const group = groups.get(change.tenant);
    if (group) group.changes.push(change);
    else groups.set(change.tenant, { changes: [change], first: record });
  }
  let failed: DynamoDBRecord | undefined;
  for (const [tenant, { changes, first }] of groups) {
    try {
      await project(tableOf(tenant, now()), tenant, changes);
    } catch (error) {
      log('error', 'a page was not projected', { tenant, ...errorFields(error) });
      metric('ProjectFailure', 1);
      failed = earlier(event.Records, failed, first);
    }
  }
  // All from the first failed record on comes again; what was done of it is recognised by its history rows.
  return { batchItemFailures: failed?.dynamodb?.SequenceNumber ? [{ itemIdentifier: failed.dynamodb.SequenceNumber }] : [] };
};

const earlier = (records: DynamoDBRecord[], a: DynamoDBRecord | undefined, b: DynamoDBRecord) =>
  !a || records.indexOf(b) < records.indexOf(a) ? b : a;
