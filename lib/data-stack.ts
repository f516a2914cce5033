import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  StreamViewType,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from './constructs/acknowledge.ts';
import { accessLogBucket, privateBucket } from './constructs/private-bucket.ts';
import { QueueWithDlq } from './constructs/queue-with-dlq.ts';
import { RunSchedules } from './constructs/run-schedules.ts';
import { Sending } from './constructs/sending.ts';
import { workerSeconds } from './limits.ts';
import { indexNames } from './rights.ts';
import { type QueueName, workers } from './services.ts';
import type { Settings } from './stages.ts';

/** The table that the functions work on: the stage's own, or an adopted one. Its stream is a parameter then (`workflow-stack.ts`). */
export type StageTable = { name: string; arn: string; streamArn?: string };

/** The rows that a list shows travel with these three indexes; the others lead to keys only. */
const directoryIndexes: readonly string[] = ['gsi1', 'gsi2', 'gsi4'];

const index = (indexName: string): GlobalSecondaryIndexPropsV2 => ({
  indexName,
  partitionKey: { name: `${indexName}pk`, type: AttributeType.STRING },
  sortKey: { name: `${indexName}sk`, type: AttributeType.STRING },
  ...(directoryIndexes.includes(indexName)
    ? { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: ['d'] }
    : { projectionType: ProjectionType.KEYS_ONLY }),
});

/** What outlives a release: the table, the two secrets, the bus, the queues, the means of sending, and the bucket of records that no consumer could take. */
export class DataStack extends Stack {
  readonly table: StageTable;
  readonly rootSecret: Secret;
  readonly originSecret: Secret;
  readonly bus: EventBus;
  readonly queues: Record<QueueName, QueueWithDlq>;
  /** Mail, text messages, and the topics on which their providers tell. */
  readonly sending: Sending;
  readonly runs: RunSchedules;
  readonly failures: Bucket;
  readonly accessLogs: Bucket | undefined;

  constructor(scope: Construct, id: string, { settings, ...props }: StackProps & { settings: Settings }) {
    super(scope, id, props);
    const own = this.makeTable(settings);
    this.table = settings.table
      ? { name: settings.table, arn: this.formatArn({ service: 'dynamodb', resource: 'table', resourceName: settings.table }) }
      : { name: own.tableName, arn: own.tableArn, streamArn: own.tableStreamArn! };
    this.rootSecret = this.makeSecret(
      'RootSecret',
      'All keys of the stage are derived from it. One value a line, the newest first.',
      settings,
    );
    this.originSecret = this.makeSecret(
      'OriginSecret',
      'What CloudFront sends to the API. `value`, and `previous` while it rotates.',
      settings,
      {
        secretStringTemplate: JSON.stringify({ previous: '' }),
        generateStringKey: 'value',
      },
    );
    this.bus = new EventBus(this, 'Bus');
    this.queues = { files: this.makeQueue('files'), jobs: this.makeQueue('jobs') };
    this.sending = new Sending(this, 'Sending', { settings });
    this.runs = new RunSchedules(this, 'Runs', { settings, bus: this.bus });
    this.accessLogs = accessLogBucket(this, settings);
    this.failures = privateBucket(this, 'StreamFailures', {
      settings,
      ...(this.accessLogs && { serverAccessLogsBucket: this.accessLogs, serverAccessLogsPrefix: 'stream-failures/' }),
    });
    this.pinExports(own);
    this.makeOutputs();
  }

  private makeTable({ permanent }: Settings): TableV2 {
    return new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      // All five at once: a later deployment may add only one index at a time.
      globalSecondaryIndexes: indexNames.map(index),
      billing: Billing.onDemand(),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'ttl',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: permanent,
      removalPolicy: permanent ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }

  private makeSecret(
    id: string,
    description: string,
    { permanent }: Settings,
    template: { secretStringTemplate?: string; generateStringKey?: string } = {},
  ): Secret {
    const secret = new Secret(this, id, {
      description,
      generateSecretString: { passwordLength: 64, excludePunctuation: true, ...template },
      removalPolicy: permanent ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    acknowledge(
      secret,
      'Rotated by hand with an overlap (docs/runbook.md): CloudFront learns the new value only by a deployment.',
      'AwsSolutions-SMG4',
    );
    return secret;
  }

  private makeQueue(name: QueueName): QueueWithDlq {
    const timeouts = Object.values(workers)
      .filter(({ trigger }) => trigger.kind === 'queue' && trigger.queue === name)
      .map(workerSeconds);
    return new QueueWithDlq(this, name, { handlerTimeout: Duration.seconds(Math.max(60, ...timeouts)) });
  }

  /** What an operator looks up: docs/runbook.md names these. */
  private makeOutputs(): void {
    const { table, queues, rootSecret, originSecret, failures } = this;
    const outputs = {
      TableName: table.name,
      RootSecretArn: rootSecret.secretArn,
      OriginSecretArn: originSecret.secretArn,
      StreamFailuresBucket: failures.bucketName,
      ...Object.fromEntries(
        Object.entries(queues).flatMap(([name, { queue, dead }]) => [
          [`${name}QueueUrl`, queue.queueUrl],
          [`${name}DeadLetters`, dead.queueArn],
        ]),
      ),
    };
    for (const [id, value] of Object.entries(outputs)) new CfnOutput(this, id, { value });
  }

  /**
   * CloudFormation refuses to drop an export that a later stack still reads, and deploys this stack first. So what later stacks may
   * read stays exported whether or not this release reads it: a table can be adopted and given back, a function can go.
   */
  private pinExports(own: TableV2): void {
    const { queues, bus, rootSecret, originSecret, failures, sending, runs } = this;
    const values = [
      own.tableName,
      own.tableArn,
      own.tableStreamArn,
      rootSecret.secretArn,
      originSecret.secretArn,
      bus.eventBusName,
      bus.eventBusArn,
      failures.bucketArn,
      sending.configurationSetName,
      sending.topics.provider.topicArn,
      sending.topics.inbound.topicArn,
      runs.role.roleArn,
      runs.dead.queueArn,
      runs.dead.queueName,
    ];
    const queued = Object.values(queues).flatMap(({ queue, dead }) => [queue.queueArn, queue.queueUrl, dead.queueName, dead.queueArn]);
    for (const value of [...values, ...queued]) this.exportValue(value);
  }
}
