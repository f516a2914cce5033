import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnEventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { queueBatch, queueConcurrency } from '../limits.ts';
import { streamFilters, streamSource } from '../stream.ts';
import { acknowledge } from './acknowledge.ts';

// The L2 event sources grant `s3:GetObject*` and their kin by themselves; these two write down what is needed.

/** What a function needs to be fed from the table's stream. */
export const streamStatements = (streamArn: string, failures: Bucket): PolicyStatement[] => [
  new PolicyStatement({ actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], resources: [streamArn] }),
  new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: ['*'] }),
  new PolicyStatement({ actions: ['s3:PutObject'], resources: [`${failures.bucketArn}/*`] }),
  new PolicyStatement({ actions: ['s3:ListBucket'], resources: [failures.bucketArn] }),
];

/** The table's changes, in order a key, source rows only. A record that fails ten times goes whole to the bucket, not its metadata to a queue. */
export function streamMapping(
  scope: Construct,
  id: string,
  from: { target: IFunction; streamArn: string; failures: Bucket; metrics: boolean },
): CfnEventSourceMapping {
  return new CfnEventSourceMapping(scope, id, {
    functionName: from.target.functionArn,
    eventSourceArn: from.streamArn,
    startingPosition: 'TRIM_HORIZON',
    batchSize: streamSource.batchSize,
    maximumRetryAttempts: streamSource.retryAttempts,
    maximumRecordAgeInSeconds: streamSource.maxRecordAgeSeconds,
    bisectBatchOnFunctionError: true,
    functionResponseTypes: ['ReportBatchItemFailures'],
    filterCriteria: { filters: streamFilters.map((filter) => ({ pattern: JSON.stringify(filter) })) },
    destinationConfig: { onFailure: { destination: from.failures.bucketArn } },
    // Only these metrics tell that a record went to the bucket: with partial failures the function itself reports no error.
    ...(from.metrics && { metricsConfig: { metrics: ['EventCount'] } }),
  });
}

/** What a function needs to be fed from a queue. */
export const queueStatements = (queue: Queue): PolicyStatement[] => [
  new PolicyStatement({
    actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
    resources: [queue.queueArn],
  }),
];

/** A queue's messages, never more at once than the stage's API can spare. */
export function queueMapping(scope: Construct, id: string, { target, queue }: { target: IFunction; queue: Queue }): CfnEventSourceMapping {
  const mapping = new CfnEventSourceMapping(scope, id, {
    functionName: target.functionArn,
    eventSourceArn: queue.queueArn,
    batchSize: queueBatch,
    functionResponseTypes: ['ReportBatchItemFailures'],
    scalingConfig: { maximumConcurrency: queueConcurrency },
  });
  acknowledge(
    mapping,
    "The queue's own redrive policy is the destination of what fails; a mapping of SQS takes no other.",
    'Serverless-LambdaEventSourceMappingDestination',
  );
  return mapping;
}
