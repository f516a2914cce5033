import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** A queue of failures: nothing reads it by itself, so it has no dead-letter queue of its own. Kept for the 14 days that SQS allows. */
export function deadLetterQueue(scope: Construct, id: string): Queue {
  const queue = new Queue(scope, id, { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) });
  acknowledge(queue, 'It is itself the dead-letter queue.', 'AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy');
  return queue;
}

/** A work queue whose message goes to its dead-letter queue after five failed attempts. */
export class QueueWithDlq extends Construct {
  readonly queue: Queue;
  readonly dead: Queue;

  constructor(scope: Construct, id: string, { handlerTimeout }: { handlerTimeout: Duration }) {
    super(scope, id);
    this.dead = deadLetterQueue(this, 'Dead');
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(7),
      // Lambda's own advice: six times the function's timeout, or a message comes back while it is still worked on.
      visibilityTimeout: Duration.seconds(Math.min(6 * handlerTimeout.toSeconds(), 43_200)),
      deadLetterQueue: { queue: this.dead, maxReceiveCount: 5 },
    });
  }
}
