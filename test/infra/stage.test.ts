import { describe, expect, it } from 'vitest';
import { environmentNames } from '../../functions/kernel/env.ts';
import { routeKey } from '../../functions/kernel/route.ts';
import { mostResources, mostRoutes } from '../../lib/limits.ts';
import { services, workers } from '../../lib/services.ts';
import { settingsOf } from '../../lib/stages.ts';
import { ana, both, every, functionNamed, prod, stageNamed } from './stages.ts';
import { type Json, resourcesOf, statementsOf, synthesised } from './synthesised.ts';
import './stage-data.suite.ts';
import './stage-edge.suite.ts';
import './stage-rights.suite.ts';

/** All that is said of a stage stands in one file of tests, for a stage takes seconds to synthesise. */
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

describe('permanent stages', () => {
  const permanent = () => ['dev', 'staging', 'prod'].map(stageNamed);

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
