import { describe, expect, it } from 'vitest';
import { workers } from '../../lib/services.ts';
import { ana, both, every, prod } from './stages.ts';
import { type Json, resourcesOf, type StackTemplate } from './synthesised.ts';

describe('the table', () => {
  const table = (stage: Record<string, StackTemplate>) => resourcesOf(stage, 'AWS::DynamoDB::GlobalTable')[0]!;

  it('has its five indexes from the first deployment on, directory rows in three of them', () => {
    const { KeySchema, GlobalSecondaryIndexes } = table(prod()).Properties;
    expect(KeySchema.map((k: Json) => k.AttributeName)).toEqual(['pk', 'sk']);
    expect(
      GlobalSecondaryIndexes.map((g: Json) => [g.IndexName, ...g.KeySchema.map((k: Json) => k.AttributeName), g.Projection.ProjectionType]),
    ).toEqual([
      ['gsi1', 'gsi1pk', 'gsi1sk', 'INCLUDE'],
      ['gsi2', 'gsi2pk', 'gsi2sk', 'INCLUDE'],
      ['gsi3', 'gsi3pk', 'gsi3sk', 'KEYS_ONLY'],
      ['gsi4', 'gsi4pk', 'gsi4sk', 'INCLUDE'],
      ['gsi5', 'gsi5pk', 'gsi5sk', 'KEYS_ONLY'],
    ]);
    for (const { Projection } of GlobalSecondaryIndexes)
      if (Projection.ProjectionType === 'INCLUDE') expect(Projection.NonKeyAttributes).toEqual(['d']);
  });

  it('streams both images, forgets by ttl and can be restored to any second', () => {
    for (const stage of every()) {
      const { StreamSpecification, TimeToLiveSpecification, Replicas, LocalSecondaryIndexes, BillingMode } = table(stage).Properties;
      expect(StreamSpecification.StreamViewType).toBe('NEW_AND_OLD_IMAGES');
      expect(TimeToLiveSpecification).toEqual({ AttributeName: 'ttl', Enabled: true });
      expect(Replicas[0].PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(true);
      expect(LocalSecondaryIndexes).toBeUndefined();
      expect(BillingMode).toBe('PAY_PER_REQUEST');
    }
  });

  it('cannot be deleted on a permanent stage and goes away with a personal one', () => {
    expect(table(prod())).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(table(prod()).Properties.Replicas[0].DeletionProtectionEnabled).toBe(true);
    expect(table(ana())).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
    expect(table(ana()).Properties.Replicas[0].DeletionProtectionEnabled).toBe(false);
  });
});

describe('the stream', () => {
  const mappings = () => both('AWS::Lambda::EventSourceMapping').filter(({ Properties }) => Properties.StartingPosition);

  it('feeds exactly two consumers, source rows only', () => {
    expect(resourcesOf(prod(), 'AWS::Lambda::EventSourceMapping').filter(({ Properties }) => Properties.StartingPosition)).toHaveLength(2);
    for (const { Properties } of mappings())
      expect(Properties.FilterCriteria.Filters.map((f: Json) => JSON.parse(f.Pattern))).toEqual([
        { dynamodb: { NewImage: { e: { S: [{ exists: true }] } } } },
        { dynamodb: { OldImage: { e: { S: [{ exists: true }] } } } },
      ]);
  });

  it('gives up on a poison record after ten attempts or 20 hours, bisects, and keeps the whole record in S3', () => {
    for (const { Properties } of mappings()) {
      expect(Properties).toMatchObject({
        MaximumRetryAttempts: 10,
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        MaximumRecordAgeInSeconds: 72_000,
      });
      expect(JSON.stringify(Properties.DestinationConfig.OnFailure.Destination)).toContain('StreamFailures');
    }
  });
});

describe('asynchronous paths', () => {
  it('work each queue with a limit on concurrency and partial failures', () => {
    for (const { Properties } of both('AWS::Lambda::EventSourceMapping').filter(({ Properties }) => !Properties.StartingPosition)) {
      expect(Properties.ScalingConfig.MaximumConcurrency).toBeGreaterThanOrEqual(2);
      expect(Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    }
  });

  it('give every queue a dead-letter queue, and every dead-letter queue an alarm', () => {
    for (const stage of every()) {
      const queues = resourcesOf(stage, 'AWS::SQS::Queue');
      const dead = queues.filter(({ Properties }) => !Properties.RedrivePolicy);
      for (const { Properties } of queues.filter(({ Properties: p }) => p.RedrivePolicy))
        expect(Properties.RedrivePolicy.maxReceiveCount).toBe(5);
      const alarms = JSON.stringify(
        resourcesOf(stage, 'AWS::CloudWatch::Alarm').filter(({ Properties }) => Properties.Namespace === 'AWS/SQS'),
      );
      for (const { id } of dead) expect(alarms, id).toContain(id);
    }
  });

  it('keep what a scheduled function could not do', () => {
    const scheduled = Object.entries(workers).filter(([, { trigger }]) => trigger.kind === 'schedule');
    const asynchronous = Object.values(workers).filter(({ trigger }) => ['schedule', 'events', 'topic'].includes(trigger.kind));
    expect(resourcesOf(prod(), 'AWS::Lambda::EventInvokeConfig')).toHaveLength(asynchronous.length);
    for (const { Properties } of both('AWS::Lambda::EventInvokeConfig'))
      expect(Properties.DestinationConfig.OnFailure.Destination).toBeDefined();
    for (const { Properties } of both('AWS::Scheduler::Schedule')) expect(Properties.Target.DeadLetterConfig.Arn).toBeDefined();
    expect(resourcesOf(prod(), 'AWS::Scheduler::Schedule')).toHaveLength(scheduled.length);
  });

  it('let only schedules of the own group use the role of runs, and only to say on the bus that a run is due', () => {
    const role = resourcesOf(prod(), 'AWS::IAM::Role').find(({ id }) => id.startsWith('RunsRole'))!;
    const [trust] = role.Properties.AssumeRolePolicyDocument.Statement;
    expect(trust.Condition.StringEquals['aws:SourceArn']).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^RunsGroup/), 'Arn'] });
    const granted = role.Properties.Policies.flatMap((policy: Json) =>
      policy.PolicyDocument.Statement.map((statement: Json) => statement.Action),
    );
    expect(granted).toEqual(['events:PutEvents', 'sqs:SendMessage']);
  });

  it('hand what a topic tells to its function, and keep what neither could take', () => {
    const listeners = Object.values(workers).filter(({ trigger }) => trigger.kind === 'topic');
    for (const stage of [prod(), ana()]) {
      const subscriptions = resourcesOf(stage, 'AWS::SNS::Subscription').filter(({ Properties }) => Properties.Protocol === 'lambda');
      expect(subscriptions).toHaveLength(listeners.length);
      for (const { Properties, DependsOn } of subscriptions) {
        expect(Properties.RedrivePolicy.deadLetterTargetArn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^topicsDead/), 'Arn'] });
        // Without the permission the first notifications go to the dead letters.
        expect(DependsOn).toEqual([expect.stringMatching(/TopicPermission$/)]);
      }
      const [queuePolicy] = resourcesOf(stage, 'AWS::SQS::QueuePolicy').filter(({ id }) => id.startsWith('topicsDead'));
      const senders = queuePolicy!.Properties.PolicyDocument.Statement.filter(({ Effect }: Json) => Effect === 'Allow');
      expect(senders.map(({ Principal }: Json) => Principal.Service)).toEqual(listeners.map(() => 'sns.amazonaws.com'));
    }
  });

  it('leave a message invisible for six times the time that its function may take', () => {
    for (const { id, Properties } of resourcesOf(prod(), 'AWS::SQS::Queue').filter(({ Properties: p }) => p.RedrivePolicy)) {
      const slowest = Object.values(workers)
        .filter(({ trigger }) => trigger.kind === 'queue' && id.startsWith(trigger.queue))
        .map((worker) => worker.timeoutSeconds ?? 60);
      expect(Properties.VisibilityTimeout).toBeGreaterThanOrEqual(6 * Math.max(0, ...slowest));
    }
  });
});
