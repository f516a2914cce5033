import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Json, type StackTemplate, synthesised } from './synthesised.ts';

/**
 * What a deployed stage holds on to: the logical ids of what keeps data or an address, what of it cannot change without being replaced,
 * and the exports that later stacks read. Compared with the last release, in `released.json`; `UPDATE_RELEASED=1` writes it anew, which
 * is for a person to do when a release is made, and to be read in the diff.
 */
const file = join(import.meta.dirname, 'released.json');

/** For each type that must survive, the properties whose change replaces it. */
const lasting: Record<string, (properties: Json) => unknown> = {
  'AWS::DynamoDB::GlobalTable': ({ KeySchema, GlobalSecondaryIndexes, StreamSpecification }) => ({
    KeySchema,
    StreamSpecification,
    indexes: Object.fromEntries(GlobalSecondaryIndexes.map(({ IndexName, ...index }: Json) => [IndexName, index])),
  }),
  'AWS::S3::Bucket': ({ BucketName }) => ({ BucketName }),
  'AWS::Cognito::UserPool': ({ UsernameAttributes, UsernameConfiguration, Schema }) => ({
    UsernameAttributes,
    UsernameConfiguration,
    Schema,
  }),
  'AWS::Cognito::UserPoolClient': ({ GenerateSecret }) => ({ GenerateSecret }),
  'AWS::Cognito::UserPoolDomain': ({ Domain }) => ({ Domain }),
  'AWS::SecretsManager::Secret': ({ Name }) => ({ Name }),
  'AWS::CloudFront::Distribution': () => ({}),
  'AWS::ApiGatewayV2::Api': ({ ProtocolType }) => ({ ProtocolType }),
  'AWS::SQS::Queue': ({ QueueName, FifoQueue }) => ({ QueueName, FifoQueue }),
  'AWS::Events::EventBus': ({ Name }) => ({ Name }),
  'AWS::Scheduler::ScheduleGroup': ({ Name }) => ({ Name }),
};

type Kept = { type: string; fixed: Json };
type Released = Record<string, { resources: Record<string, Kept>; exports: string[] }>;

const keptOf = ({ Resources }: StackTemplate): Record<string, Kept> =>
  Object.fromEntries(
    Object.entries(Resources).flatMap(([id, { Type, Properties = {} }]) =>
      lasting[Type] ? [[id, { type: Type, fixed: lasting[Type](Properties) }]] : [],
    ),
  );

const exportsOf = ({ Outputs = {} }: StackTemplate): string[] =>
  Object.values(Outputs)
    .flatMap(({ Export }) => Export?.Name ?? [])
    .sort();

const now: Released = Object.fromEntries(
  Object.entries(synthesised('prod')).map(([part, template]) => [part, { resources: keptOf(template), exports: exportsOf(template) }]),
);
if (process.env.UPDATE_RELEASED) writeFileSync(file, `${JSON.stringify(now, null, 1)}\n`);
const released = JSON.parse(readFileSync(file, 'utf8')) as Released;
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

it('keeps every resource that holds data or an address, under its logical id', () => {
  for (const [part, { resources }] of Object.entries(released))
    for (const [id, { type }] of Object.entries(resources))
      expect(now[part]?.resources[id]?.type, `${part}/${id} is gone: CloudFormation would delete or replace it`).toBe(type);
});

it('changes nothing of them that would replace them', () => {
  for (const [part, { resources }] of Object.entries(released))
    for (const [id, { type, fixed }] of Object.entries(resources)) {
      const { indexes: before, ...rest } = fixed;
      const { indexes: after, ...restNow } = plain(now[part]!.resources[id]!.fixed);
      expect(restNow, `${part}/${id}`).toEqual(rest);
      if (type === 'AWS::DynamoDB::GlobalTable')
        for (const [name, index] of Object.entries(before)) expect(after[name], `index ${name}`).toEqual(index);
    }
});

it('adds at most one index to the table, which is what CloudFormation can do in one deployment', () => {
  for (const [part, { resources }] of Object.entries(released))
    for (const [id, { fixed }] of Object.entries(resources))
      if (fixed.indexes)
        expect(Object.keys(now[part]!.resources[id]!.fixed.indexes).length - Object.keys(fixed.indexes).length).toBeLessThanOrEqual(1);
});

it('takes back no export that a deployed stack may still read', () => {
  for (const part of ['data', 'edge']) expect(now[part]!.exports).toEqual(expect.arrayContaining(released[part]!.exports));
});
