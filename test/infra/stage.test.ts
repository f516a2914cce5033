import { createContext, runInContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { environmentNames } from '../../functions/kernel/env.ts';
import { routeKey } from '../../functions/kernel/route.ts';
import { mostResources, mostRoutes } from '../../lib/limits.ts';
import { services, workers } from '../../lib/services.ts';
import { fileOf, spaFunction } from '../../lib/spa.ts';
import { settingsOf } from '../../lib/stages.ts';
import { type Found, type Json, resourcesOf, type StackTemplate, statementsOf, synthesised } from './synthesised.ts';

const stages: Record<string, Record<string, StackTemplate>> = {};
const prod = () => stages.prod!;
const ana = () => stages.ana!;
const every = () => Object.values(stages);
const both = (type: string): Found[] => every().flatMap((stage) => resourcesOf(stage, type));

beforeAll(() => {
  for (const name of ['dev', 'staging', 'prod', 'ana']) stages[name] = synthesised(name);
}, 120_000);

const functionNamed = (stage: Record<string, StackTemplate>, name: string) =>
  resourcesOf(stage, 'AWS::Lambda::Function').find(({ id }) => id.startsWith(`${name}Function`))!;

describe('every stage', () => {
  it('has a stack for data, edge, api, workflow and watch, and a shield only where it is permanent', () => {
    expect(Object.keys(prod()).sort()).toEqual(['api', 'data', 'edge', 'shield', 'watch', 'workflow']);
    expect(Object.keys(ana()).sort()).toEqual(['api', 'data', 'edge', 'watch', 'workflow']);
  });

  it('stays below the 500 resources of a stack and the 300 routes of an API', () => {
    for (const stage of every())
      for (const { Resources } of Object.values(stage)) expect(Object.keys(Resources).length).toBeLessThan(mostResources);
    expect(resourcesOf(prod(), 'AWS::ApiGatewayV2::Route').length).toBeLessThanOrEqual(mostRoutes);
  });

  it('routes exactly what the route tables say, and $default', () => {
    const expected = Object.values(services).flatMap(({ routes }) => Object.values(routes).map(routeKey));
    const made = resourcesOf(prod(), 'AWS::ApiGatewayV2::Route').map(({ Properties }) => Properties.RouteKey);
    expect(made.sort()).toEqual([...expected, '$default'].sort());
  });

  it('gives every function of the list exactly the environment that the functions check', () => {
    const names = [...Object.keys(services), ...Object.keys(workers)];
    expect(resourcesOf(prod(), 'AWS::Lambda::Function')).toHaveLength(names.length);
    for (const name of names)
      expect(Object.keys(functionNamed(prod(), name).Properties.Environment.Variables).sort()).toEqual([...environmentNames].sort());
  });

  it('keeps no secret in an environment variable', () => {
    for (const { Properties } of both('AWS::Lambda::Function'))
      expect(JSON.stringify(Properties.Environment)).not.toContain('resolve:secretsmanager');
  });

  it('answers HTTP with an explicit timeout below 29 seconds', () => {
    for (const name of Object.keys(services)) {
      const { Timeout } = functionNamed(prod(), name).Properties;
      expect(Timeout).toBeGreaterThan(0);
      expect(Timeout).toBeLessThan(29);
    }
  });

  it('runs Node 24 on Arm everywhere, with JSON logs into a log group that forgets', () => {
    const groups = new Map(
      every().flatMap((stage) => resourcesOf(stage, 'AWS::Logs::LogGroup').map(({ id, Properties }) => [id, Properties])),
    );
    for (const { Properties } of both('AWS::Lambda::Function')) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], LoggingConfig: { LogFormat: 'JSON' } });
      expect(groups.get(Properties.LoggingConfig.LogGroup.Ref)?.RetentionInDays).toBeGreaterThan(0);
      expect(Properties.Timeout).toBeGreaterThan(0);
    }
    for (const { Properties } of both('AWS::Logs::LogGroup')) expect(Properties.RetentionInDays).toBeGreaterThan(0);
  });

  it('writes no address, path or query of a person into the access log', () => {
    const [stage] = resourcesOf(prod(), 'AWS::ApiGatewayV2::Stage');
    expect(stage!.Properties.AccessLogSettings.Format).not.toMatch(/sourceIp|\.path\b|rawQuery|userAgent|authorizer/i);
  });

  it('throttles the whole API, and harder what needs no credentials', () => {
    for (const { Properties } of both('AWS::ApiGatewayV2::Stage')) {
      const { ThrottlingRateLimit, ThrottlingBurstLimit } = Properties.DefaultRouteSettings;
      expect(ThrottlingBurstLimit).toBeGreaterThan(0);
      const publicKeys = Object.values(services).flatMap(({ routes }) =>
        Object.values(routes)
          .filter((r) => r.permission === 'public')
          .map(routeKey),
      );
      for (const key of ['$default', ...publicKeys])
        expect(Properties.RouteSettings[key].ThrottlingRateLimit).toBeLessThan(ThrottlingRateLimit);
    }
  });

  it('makes the API stage after the routes whose throttling it names', () => {
    const routes = Object.entries(prod().api!.Resources)
      .filter(([, { Type }]) => Type === 'AWS::ApiGatewayV2::Route')
      .map(([id]) => id);
    const [stage] = resourcesOf(prod(), 'AWS::ApiGatewayV2::Stage');
    expect(stage!.DependsOn).toEqual(expect.arrayContaining(routes));
  });
});

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

describe('sending', () => {
  const events = ['send', 'reject', 'bounce', 'complaint', 'delivery', 'open', 'click', 'renderingFailure', 'deliveryDelay'];

  it('is told everything of a message, that it was taken above all: without that a lost answer stays unknown', () => {
    for (const stage of [prod(), ana()]) {
      const [destination] = resourcesOf(stage, 'AWS::SES::ConfigurationSetEventDestination');
      expect(destination?.Properties.EventDestination).toMatchObject({ Enabled: true, MatchingEventTypes: events });
      expect(destination?.Properties.EventDestination.SnsDestination.TopicARN).toEqual({ Ref: expect.stringMatching(/ProviderEvents/) });
    }
  });

  it('lets only the own configuration set of the own account publish what became of mail', () => {
    const [policy] = resourcesOf(ana(), 'AWS::SNS::TopicPolicy').filter(({ id }) => /ProviderEvents/.test(id));
    const [publisher, ...others] = policy!.Properties.PolicyDocument.Statement.filter(
      ({ Effect, Principal }: Json) => Effect === 'Allow' && Principal.Service,
    );
    expect(others).toEqual([]);
    expect(publisher).toMatchObject({ Action: 'sns:Publish', Principal: { Service: 'ses.amazonaws.com' } });
    expect(JSON.stringify(publisher.Condition.StringEquals['AWS:SourceArn'])).toContain('configuration-set/');
    expect(publisher.Condition.StringEquals['AWS:SourceAccount']).toEqual({ Ref: 'AWS::AccountId' });
  });

  it('encrypts what providers tell by a key of the stage where it is permanent, and spends no dollar on one where it is not', () => {
    const topics = (stage: Record<string, StackTemplate>) => resourcesOf(stage, 'AWS::SNS::Topic').filter(({ part }) => part === 'data');
    for (const { Properties } of topics(prod())) expect(Properties.KmsMasterKeyId).toBeDefined();
    expect([topics(ana()).length, resourcesOf(ana(), 'AWS::KMS::Key').length]).toEqual([2, 0]);
    for (const { Properties } of resourcesOf(prod(), 'AWS::KMS::Key')) expect(Properties.EnableKeyRotation).toBe(true);
  });

  it('has a domain of its own where one is given, and says its DNS records', () => {
    const stage = synthesised('prod', { domain: 'crm.example.com' });
    expect(resourcesOf(stage, 'AWS::SES::EmailIdentity').map(({ Properties }) => Properties.EmailIdentity)).toEqual([
      'mail.crm.example.com',
    ]);
    expect(Object.keys(stage.data.Outputs ?? {}).filter((name) => /Dkim|Mx/.test(name))).toHaveLength(4);
    expect(resourcesOf(ana(), 'AWS::SES::EmailIdentity')).toEqual([]);
  });

  it('takes mail in by a rule of its own in the set that all stages share, and SES may write under one prefix only', () => {
    const stage = synthesised('prod', { domain: 'crm.example.com', receiptRules: 'suki' });
    const [rule] = resourcesOf(stage, 'AWS::SES::ReceiptRule');
    expect(rule?.Properties).toMatchObject({
      RuleSetName: 'suki',
      Rule: { Enabled: true, ScanEnabled: true, Recipients: ['mail.crm.example.com'] },
    });
    expect(rule?.DependsOn).toEqual([expect.stringMatching(/^UploadsPolicy/)]);
    expect(resourcesOf(stage, 'AWS::SES::ReceiptRuleSet')).toEqual([]);
    const policy = resourcesOf(stage, 'AWS::S3::BucketPolicy').find(({ id }) => id.startsWith('UploadsPolicy'));
    const writers = policy!.Properties.PolicyDocument.Statement.filter(({ Principal }: Json) => Principal.Service === 'ses.amazonaws.com');
    expect(writers).toHaveLength(1);
    expect(JSON.stringify(writers[0].Resource)).toContain('/mail-in/*');
    expect(JSON.stringify(writers[0].Condition.ArnLike)).toContain('receipt-rule-set/suki:receipt-rule/*');
    expect(resourcesOf(ana(), 'AWS::SES::ReceiptRule')).toEqual([]);
  });

  it('sends text messages only where a number or a pool is given', () => {
    const set = 'AWS::SMSVOICE::ConfigurationSet';
    expect(resourcesOf(prod(), set)).toEqual([]);
    const [made] = resourcesOf(synthesised('prod', { smsOrigin: 'pool-0123456789' }), set);
    expect(made?.Properties.EventDestinations[0]).toMatchObject({ Enabled: true, MatchingEventTypes: ['TEXT_ALL'] });
  });
});

describe('rights', () => {
  it('give every function a role of its own without managed policies', () => {
    for (const stage of every()) {
      const roles = resourcesOf(stage, 'AWS::Lambda::Function').map(({ Properties }) => Properties.Role['Fn::GetAtt'][0]);
      expect(new Set(roles).size).toBe(roles.length);
    }
    for (const { id, Properties } of both('AWS::IAM::Role')) expect(Properties.ManagedPolicyArns ?? [], id).toEqual([]);
  });

  it('name every action: no Scan, no wildcard', () => {
    for (const { where, actions } of every().flatMap(statementsOf))
      for (const action of actions) expect(action, where).toMatch(/^[a-z0-9-]+:(?!Scan$|PartiQL)[A-Za-z]+$/);
  });

  it('use the resource "*" only for actions that take no other', () => {
    const resourceless = [
      'ses:GetAccount',
      'scheduler:ListSchedules',
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      'dynamodb:ListStreams',
      'cloudwatch:DescribeAlarms',
    ];
    for (const { where, actions, resources } of every().flatMap(statementsOf))
      if (resources.includes('*')) for (const action of actions) expect(resourceless, where).toContain(action);
  });

  it('give nobody the table who does not ask for it', () => {
    for (const [name, { table }] of [...Object.entries(services), ...Object.entries(workers)]) {
      const own = statementsOf(prod())
        .filter(({ where }) => where.includes(`/${name}Role`))
        .flatMap(({ actions }) => actions);
      expect(own.includes('dynamodb:PutItem'), name).toBe(table === 'write');
      expect(own.includes('dynamodb:GetItem'), name).toBe(table !== 'none');
    }
  });

  it('have no physical name but the upload bucket and the sign-in domain, which must be known beforehand', () => {
    const named = both('AWS::S3::Bucket').filter(({ Properties }) => Properties.BucketName);
    expect(named.map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual(every().map(() => 'Uploads'));
    for (const type of [
      'AWS::DynamoDB::GlobalTable',
      'AWS::SQS::Queue',
      'AWS::Lambda::Function',
      'AWS::IAM::Role',
      'AWS::Logs::LogGroup',
      'AWS::SNS::Topic',
    ])
      for (const { Properties = {} } of both(type))
        for (const key of ['TableName', 'QueueName', 'FunctionName', 'RoleName', 'LogGroupName', 'TopicName'])
          expect(Properties[key]).toBeUndefined();
  });
});

describe('permanent stages', () => {
  const permanent = () => ['dev', 'staging', 'prod'].map((name) => stages[name]!);

  it('reserve concurrency for each function, never less than its queue may use; personal ones reserve none', () => {
    for (const stage of permanent())
      for (const { Properties } of resourcesOf(stage, 'AWS::Lambda::Function'))
        expect(Properties.ReservedConcurrentExecutions).toBeGreaterThanOrEqual(5);
    for (const { Properties } of resourcesOf(ana(), 'AWS::Lambda::Function'))
      expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
  });

  it('shift a tenth of the calls to a new version and take it back on an alarm', () => {
    for (const stage of permanent()) {
      const canaried = resourcesOf(stage, 'AWS::Lambda::Alias').filter(({ part }) => part !== 'edge');
      const groups = resourcesOf(stage, 'AWS::CodeDeploy::DeploymentGroup');
      expect(groups).toHaveLength(canaried.length);
      for (const { UpdatePolicy } of canaried) expect(UpdatePolicy.CodeDeployLambdaAliasUpdate.DeploymentGroupName).toBeDefined();
      for (const { Properties } of groups) {
        expect(Properties.DeploymentConfigName).toBe('CodeDeployDefault.LambdaCanary10Percent5Minutes');
        expect(Properties.AlarmConfiguration.Alarms.length).toBeGreaterThan(0);
        expect(Properties.AutoRollbackConfiguration.Events).toContain('DEPLOYMENT_STOP_ON_ALARM');
      }
    }
  });

  it('call functions by their alias only', () => {
    for (const stage of permanent())
      for (const { Properties, id } of [
        ...resourcesOf(stage, 'AWS::ApiGatewayV2::Integration'),
        ...resourcesOf(stage, 'AWS::Lambda::EventSourceMapping'),
      ])
        expect(JSON.stringify(Properties.IntegrationUri ?? Properties.FunctionName), id).toMatch(/Live/);
  });

  it('ring for 5xx, throttles, iterator age, failed records and dead letters', () => {
    const metrics = new Set(
      resourcesOf(prod(), 'AWS::CloudWatch::Alarm').map(({ Properties }) => `${Properties.Namespace} ${Properties.MetricName}`),
    );
    expect([...metrics].sort()).toEqual([
      'AWS/ApiGateway 5xx',
      'AWS/DynamoDB ReadThrottleEvents',
      'AWS/DynamoDB WriteThrottleEvents',
      'AWS/Lambda Errors',
      'AWS/Lambda IteratorAge',
      'AWS/Lambda OnFailureDestinationDeliveredEventCount',
      'AWS/Lambda Throttles',
      'AWS/SQS ApproximateNumberOfMessagesVisible',
    ]);
    for (const { Properties } of resourcesOf(prod(), 'AWS::CloudWatch::Alarm'))
      expect(Properties.AlarmDescription).toContain('docs/runbook.md');
    for (const { Properties } of resourcesOf({ watch: prod().watch! }, 'AWS::CloudWatch::Alarm'))
      expect(Properties.AlarmActions).toHaveLength(1);
  });

  it('stand behind a web ACL with a rate limit', () => {
    const [acl] = resourcesOf(prod(), 'AWS::WAFv2::WebACL');
    expect(acl!.Properties.Scope).toBe('CLOUDFRONT');
    expect(acl!.Properties.Rules.some((rule: Json) => rule.Statement.RateBasedStatement && rule.Action.Block)).toBe(true);
    expect(resourcesOf(prod(), 'AWS::CloudFront::Distribution')[0]!.Properties.DistributionConfig.WebACLId).toEqual({ Ref: 'WebAclArn' });
    expect(prod().edge!.Parameters!.WebAclArn.Default).toBeUndefined();
  });

  it('keep everything that holds data when a stack is deleted', () => {
    const holds = [
      'AWS::DynamoDB::GlobalTable',
      'AWS::S3::Bucket',
      'AWS::Cognito::UserPool',
      'AWS::SecretsManager::Secret',
      'AWS::Logs::LogGroup',
    ];
    for (const stage of permanent())
      for (const type of holds) for (const found of resourcesOf(stage, type)) expect(found.DeletionPolicy, found.id).toBe('Retain');
    for (const stage of permanent()) expect(resourcesOf(stage, 'AWS::Cognito::UserPool')[0]!.Properties.DeletionProtection).toBe('ACTIVE');
  });
});

describe('a personal stage', () => {
  it('keeps nothing when it is destroyed', () => {
    for (const { id, DeletionPolicy, UpdateReplacePolicy } of resourcesOf(ana())) {
      expect(DeletionPolicy ?? 'Delete', id).toBe('Delete');
      expect(UpdateReplacePolicy ?? 'Delete', id).toBe('Delete');
    }
    expect(resourcesOf(ana(), 'AWS::Cognito::UserPool')[0]!.Properties.DeletionProtection).toBe('INACTIVE');
  });

  it('writes logs into its own groups only, so that no group is left behind', () => {
    const written = resourcesOf(ana(), 'AWS::Lambda::Function').map(({ Properties }) => Properties.LoggingConfig.LogGroup.Ref);
    const own = resourcesOf(ana(), 'AWS::Logs::LogGroup').map(({ id }) => id);
    for (const group of written) expect(own).toContain(group);
  });

  it('has no more alarms than the ten that an account has free, and no WAF', () => {
    expect(resourcesOf(ana(), 'AWS::CloudWatch::Alarm').length).toBeLessThanOrEqual(10);
    expect(resourcesOf(ana(), 'AWS::WAFv2::WebACL')).toEqual([]);
  });
});

describe('the one origin', () => {
  const config = () => resourcesOf(prod(), 'AWS::CloudFront::Distribution')[0]!.Properties.DistributionConfig;

  it('sends the paths of the API to the API uncached, and everything else to the client', () => {
    expect(config().CacheBehaviors.map((behaviour: Json) => behaviour.PathPattern)).toEqual(['/v1/*', '/p/api/*', '/healthz', '/p/f/*']);
    const disabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
    const [framed, ...api] = config().CacheBehaviors.toReversed();
    for (const behaviour of api) expect(behaviour.CachePolicyId).toBe(disabled);
    const { TargetOriginId, CachePolicyId, FunctionAssociations } = config().DefaultCacheBehavior;
    expect(framed).toMatchObject({ TargetOriginId, CachePolicyId, FunctionAssociations });
    expect(config().CustomErrorResponses).toBeUndefined();
  });

  it('tells the API by a header from the secret that the request came through it', () => {
    const api = config().Origins.find((origin: Json) => origin.CustomOriginConfig);
    expect(api.OriginCustomHeaders[0].HeaderName).toBe('x-origin-secret');
    expect(JSON.stringify(api.OriginCustomHeaders[0].HeaderValue)).toMatch(/resolve:secretsmanager:.*OriginSecret.*:SecretString:value/);
    expect(api.CustomOriginConfig.OriginProtocolPolicy).toBe('https-only');
  });

  it('serves screens by prefix and files as they are', () => {
    const sandbox = createContext({});
    runInContext(spaFunction, sandbox);
    const served = (uri: string) => runInContext(`handler({ request: { uri: ${JSON.stringify(uri)} } }).uri`, sandbox);
    expect(['/', '/customers', '/customers/cus_01', '/auth/callback', '/a.b/c'].map(served)).toEqual(Array(5).fill('/index.html'));
    for (const file of ['/assets/index-1a.js', '/config.json', '/favicon.svg', '/manifest.webmanifest', '/docs/openapi.json'])
      expect(served(file)).toBe(file);
    expect(['/docs', '/docs/', '/docs/api', '/docs/problems/stale'].map(served)).toEqual([
      '/docs/index.html',
      '/docs/index.html',
      '/docs/api.html',
      '/docs/problems/stale.html',
    ]);
    expect(['/p/u/', '/p/u/batis001.AbC-_d', '/p/u/a/b.js'].map(served)).toEqual(Array(3).fill('/preferences.html'));
    expect(['/p/s/', '/p/s/batis001.AbC-_d'].map(served)).toEqual(Array(2).fill('/survey.html'));
    for (const path of [
      '/',
      '/p/u/batis001.AbC-_d',
      '/p/s/batis001.AbC-_d',
      '/p/f/batis001.01J9Z3T8Q4V6N2K7M5R0B1C2D3',
      '/p/f',
      '/p/form',
      '/p/survey',
      '/p/user',
      '/docs',
      '/docs/',
      '/docs/problems/stale',
      '/docs/openapi.json',
      '/documents',
      '/assets/a.js',
      '/a.b/c',
      '/x.svg',
    ])
      expect(fileOf(path)).toBe(served(path));
  });

  it('allows no inline script and no foreign page around it', () => {
    const policies = JSON.stringify(resourcesOf(prod(), 'AWS::CloudFront::ResponseHeadersPolicy'));
    expect(policies).toContain("script-src 'self';");
    expect(policies).toContain("frame-ancestors 'none'");
    expect(policies).not.toMatch(/script-src[^;]*unsafe/);
  });

  it('lets other sites show web forms in a frame, and nothing else', () => {
    const [distribution] = resourcesOf(prod(), 'AWS::CloudFront::Distribution');
    const { DefaultCacheBehavior, CacheBehaviors } = distribution!.Properties.DistributionConfig;
    const open = resourcesOf(prod(), 'AWS::CloudFront::ResponseHeadersPolicy').filter(({ Properties }) =>
      JSON.stringify(Properties).includes('frame-ancestors *'),
    );
    expect(open).toHaveLength(1);
    const { SecurityHeadersConfig } = open[0]!.Properties.ResponseHeadersPolicyConfig;
    expect(SecurityHeadersConfig.FrameOptions).toBeUndefined();
    const framed = [DefaultCacheBehavior, ...CacheBehaviors].filter(({ ResponseHeadersPolicyId }: { ResponseHeadersPolicyId: unknown }) =>
      JSON.stringify(ResponseHeadersPolicyId).includes(open[0]!.id),
    );
    expect(framed.map(({ PathPattern }: { PathPattern?: string }) => PathPattern)).toEqual(['/p/f/*']);
  });

  it('lets browsers upload from this origin only, and forgets after a day what no row points to', () => {
    const uploads = resourcesOf(ana(), 'AWS::S3::Bucket').find(({ id }) => id.startsWith('Uploads'))!.Properties;
    const [cors] = uploads.CorsConfiguration.CorsRules;
    expect(JSON.stringify(cors.AllowedOrigins)).toMatch(
      /^\[\{"Fn::Join":\["",\["https:\/\/",\{"Fn::GetAtt":\["ClientDistribution[0-9A-F]+","DomainName"\]\}\]\]\}\]$/,
    );
    expect(uploads.LifecycleConfiguration.Rules).toContainEqual({
      Id: 'unreferenced',
      Status: 'Enabled',
      ExpirationInDays: 1,
      TagFilters: [{ Key: 'state', Value: 'pending' }],
    });
  });

  it('opens no bucket to the public', () => {
    for (const { Properties } of both('AWS::S3::Bucket'))
      expect(Properties.PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
  });
});

describe('sign-in', () => {
  it('invites people and lets nobody sign up', () => {
    for (const { Properties } of both('AWS::Cognito::UserPool')) {
      expect(Properties.AdminCreateUserConfig.AllowAdminCreateUserOnly).toBe(true);
      expect(Properties.UserPoolTier).toBe('ESSENTIALS');
      const preToken = Object.values(workers).some(({ trigger }) => trigger.kind === 'preToken');
      if (preToken) expect(Properties.LambdaConfig.PreTokenGenerationConfig.LambdaVersion).toBe('V2_0');
    }
    expect(resourcesOf(prod(), 'AWS::Cognito::UserPool')[0]!.Properties.MfaConfiguration).toBe('ON');
  });

  it('gives the client code and PKCE, and no secret', () => {
    for (const { Properties } of both('AWS::Cognito::UserPoolClient')) {
      expect(Properties).toMatchObject({
        GenerateSecret: false,
        AllowedOAuthFlows: ['code'],
        PreventUserExistenceErrors: 'ENABLED',
        EnableTokenRevocation: true,
      });
      expect(Properties.CallbackURLs).toHaveLength(1);
    }
  });
});

describe('settings', () => {
  it('refuse a stage name that no bucket could carry, and a domain on a personal stage', () => {
    for (const stage of ['Ana', 'a', 'my-stage', 'ana_1', 'a'.repeat(16)]) expect(() => settingsOf({ stage })).toThrow();
    expect(() => settingsOf({ stage: 'ana', domain: 'crm.example.com' })).toThrow(/personal/);
    expect(() => settingsOf({ stage: 'prod', tabel: 'x' })).toThrow();
  });

  it('adopt an existing table everywhere and keep the own one in its place', () => {
    const adopted = synthesised('prod', { table: 'suki-restored' });
    for (const { id, Properties } of resourcesOf(adopted, 'AWS::Lambda::Function'))
      expect(Properties.Environment.Variables.TABLE_NAME, id).toBe('suki-restored');
    for (const { Properties } of resourcesOf(adopted, 'AWS::Lambda::EventSourceMapping').filter(({ Properties: p }) => p.StartingPosition))
      expect(Properties.EventSourceArn).toEqual({ Ref: 'AdoptedTableStreamArn' });
    const own = resourcesOf(prod(), 'AWS::DynamoDB::GlobalTable')[0]!;
    expect(resourcesOf(adopted, 'AWS::DynamoDB::GlobalTable')[0]).toEqual(own);
    const reached = statementsOf(adopted).filter(({ actions }) => actions.some((action) => /^dynamodb:(?!.*Streams?$)/.test(action)));
    for (const { resources, where } of reached) expect(JSON.stringify(resources), where).not.toContain(own.id);
    // CloudFormation refuses to drop an export in use, so none may disappear.
    expect(Object.keys(adopted.data!.Outputs!)).toEqual(expect.arrayContaining(Object.keys(prod().data!.Outputs!)));
  });

  it('send the rotated origin secret by its version, which CloudFormation sees as a change', () => {
    const rotated = synthesised('ana', { originVersion: '01234567-89ab-cdef-0123-456789abcdef' });
    expect(JSON.stringify(resourcesOf(rotated, 'AWS::CloudFront::Distribution'))).toContain(
      ':SecretString:value::01234567-89ab-cdef-0123-456789abcdef}}',
    );
  });
});
