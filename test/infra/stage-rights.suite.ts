import { describe, expect, it } from 'vitest';
import { services, workers } from '../../lib/services.ts';
import { both, every, prod } from './stages.ts';
import { resourcesOf, statementsOf } from './synthesised.ts';

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
