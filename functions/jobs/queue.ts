import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { env } from '../kernel/env.ts';
import type { JobMessage } from './job.ts';

let client: SQSClient | undefined;
const longestDelay = 900;

/** Tells the workers of a job that there is work. A hint only: lost, late or doubled it does no harm. `delaySeconds` 0 to 900. */
export const sendJob = (message: JobMessage, delaySeconds = 0) => send(env().JOB_QUEUE_URL, message, delaySeconds);

/** Tells the reader of uploads that there is a file. */
export const sendFile = (message: JobMessage) => send(env().FILE_QUEUE_URL, message, 0);

async function send(QueueUrl: string, message: JobMessage, delaySeconds: number): Promise<void> {
  client ??= new SQSClient({ maxAttempts: 4 });
  const { tenant, kind, jobId, again } = message;
  await client.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: JSON.stringify({ tenant, kind, jobId, again }),
      // A fair queue: one workspace's jobs do not hold up another's.
      MessageGroupId: tenant,
      DelaySeconds: Math.min(longestDelay, Math.max(0, Math.ceil(delaySeconds))),
    }),
  );
}
