import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Environment } from '../functions/kernel/env.ts';
import type { SignIn } from './constructs/sign-in.ts';
import type { DataStack } from './data-stack.ts';
import { importRate } from './limits.ts';
import type { Settings } from './stages.ts';

type Sources = {
  settings: Settings;
  data: Pick<DataStack, 'table' | 'rootSecret' | 'originSecret' | 'bus' | 'queues' | 'sending' | 'runs'>;
  edge: { uploads: Bucket; origin: string; signIn?: SignIn };
};

/** What the pre-token trigger is told instead of its own pool, which cannot be named before it is there; it reads none of the three. */
const withoutPool = { issuer: 'https://not-yet.invalid', clientId: 'none', userPoolId: 'none' };

/** The variables of `functions/kernel/env.ts`, the same in every function of the stage. */
export function environmentOf({ settings, data, edge }: Sources): Record<keyof Environment, string> {
  const { signIn } = edge;
  const pool = signIn
    ? { issuer: signIn.issuer, clientId: signIn.client.userPoolClientId, userPoolId: signIn.pool.userPoolId }
    : withoutPool;
  return {
    STAGE: settings.stage,
    TABLE_NAME: data.table.name,
    ROOT_SECRET_ID: data.rootSecret.secretArn,
    ORIGIN_SECRET_ID: data.originSecret.secretArn,
    BUCKET_NAME: edge.uploads.bucketName,
    BUS_NAME: data.bus.eventBusName,
    FILE_QUEUE_URL: data.queues.files.queue.queueUrl,
    JOB_QUEUE_URL: data.queues.jobs.queue.queueUrl,
    CONFIGURATION_SET: data.sending.configurationSetName,
    MAIL_DOMAIN: settings.mailDomain ?? '',
    SMS_ORIGIN: settings.smsOrigin ?? '',
    SMS_CONFIGURATION_SET: data.sending.smsConfigurationSet ?? '',
    SCHEDULE_GROUP: data.runs.group.scheduleGroupName,
    BUS_ARN: data.bus.eventBusArn,
    RUN_ROLE_ARN: data.runs.role.roleArn,
    RUN_DEAD_ARN: data.runs.dead.queueArn,
    ISSUER: pool.issuer,
    CLIENT_ID: pool.clientId,
    USER_POOL_ID: pool.userPoolId,
    APP_ORIGIN: edge.origin,
    IMPORT_RATE: String(importRate),
    LOG_LEVEL: settings.permanent ? 'info' : 'debug',
  };
}
