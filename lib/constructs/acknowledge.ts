import { Stack, Validations } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

/** Accepts findings of cdk-nag on one construct, each with the reason why it stays. `ids` are as cdk-nag prints them. */
export const acknowledge = (construct: IConstruct, reason: string, ...ids: string[]): void =>
  Validations.of(construct).acknowledge(...ids.map((id) => ({ id, reason })));

/** Accepts that a role names all objects of one bucket of another stack: cdk-nag calls the bucket by the name of its export. */
export function acknowledgeObjects(role: IConstruct, bucket: Bucket, reason: string): void {
  const stack = Stack.of(bucket);
  const { 'Fn::ImportValue': name } = stack.resolve(stack.exportValue(bucket.bucketArn));
  acknowledge(role, reason, `AwsSolutions-IAM5[Resource::${name}/*]`);
}
