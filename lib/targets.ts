import type { DataStack } from './data-stack.ts';
import type { EdgeStack } from './edge-stack.ts';
import type { Targets } from './rights.ts';

/** What the access lists of the later stacks name. */
export const targetsOf = (data: DataStack, edge: EdgeStack): Targets => ({
  tableArn: data.table.arn,
  bucketArn: edge.uploads.bucketArn,
  busArn: data.bus.eventBusArn,
  userPoolArn: edge.signIn.pool.userPoolArn,
  queueArns: {
    files: data.queues.files.queue.queueArn,
    jobs: data.queues.jobs.queue.queueArn,
  },
  rootSecretArn: data.rootSecret.secretArn,
  originSecretArn: data.originSecret.secretArn,
  configurationSetArn: data.sending.configurationSetArn,
  identitiesArn: data.formatArn({ service: 'ses', resource: 'identity', resourceName: '*' }),
  schedulesArn: data.formatArn({ service: 'scheduler', resource: 'schedule', resourceName: `${data.runs.group.scheduleGroupName}/*` }),
  runRoleArn: data.runs.role.roleArn,
  textOrigins: ['phone-number', 'pool', 'sender-id', 'configuration-set'].map((resource) =>
    data.formatArn({ service: 'sms-voice', resource, resourceName: '*' }),
  ),
});
