import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Settings } from '../stages.ts';
import { acknowledge } from './acknowledge.ts';

/** A bucket nobody reads without credentials and TLS. Permanent stages keep it, with versions and access logs; a personal one deletes it. */
export function privateBucket(scope: Construct, id: string, { settings, ...props }: BucketProps & { settings: Settings }): Bucket {
  const bucket = new Bucket(scope, id, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    versioned: settings.permanent,
    removalPolicy: settings.permanent ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    ...props,
    lifecycleRules: [
      { id: 'unfinished', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ...(settings.permanent ? [{ id: 'old-versions', noncurrentVersionExpiration: Duration.days(30) }] : []),
      ...(props.lifecycleRules ?? []),
    ],
  });
  if (!props.serverAccessLogsBucket && !settings.permanent)
    acknowledge(bucket, 'A personal stage keeps no access logs: they cost storage and hold addresses of people.', 'AwsSolutions-S1');
  return bucket;
}

/** Where a permanent stage's buckets and distribution write who fetched what, for 90 days. */
export function accessLogBucket(scope: Construct, settings: Settings): Bucket | undefined {
  if (!settings.permanent) return undefined;
  const bucket = privateBucket(scope, 'AccessLogs', {
    settings,
    versioned: false,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
    lifecycleRules: [{ id: 'ninety-days', expiration: Duration.days(90) }],
  });
  acknowledge(bucket, 'It holds the access logs; logging its own access would never end.', 'AwsSolutions-S1');
  return bucket;
}
