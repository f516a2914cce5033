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
});
