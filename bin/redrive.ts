import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { stackName } from '../lib/crm-stage.ts';
import { workers } from '../lib/services.ts';
import { callAws, elements, type Identity, identity } from './aws-call.ts';
import { redeliver } from './dead-letters.ts';
import { physicalIds } from './stack-resources.ts';
import { orSay, stageArguments } from './stage-command.ts';

/** What Lambda writes into the failure bucket: which mapping of which function gave up, and the whole event as text. */
type Failure = { requestContext: { functionArn: string }; payload?: string };

/** What a redrive needs of the world; the rest is a plain loop. */
export type Redriving = {
  keys: () => Promise<string[]>;
  read: (key: string) => Promise<string>;
  invoke: (functionName: string, event: unknown) => Promise<unknown>;
  remove: (key: string) => Promise<void>;
};

/** The function's name or ARN without version or alias, as it may be invoked. */
const functionOf = ({ requestContext }: Failure) => requestContext.functionArn.split(':').slice(0, 7).join(':');

/**
 * Gives every failed record to its consumer again, the oldest first. What is taken leaves the bucket; what fails again stays. Consumers
 * are idempotent by key, so a record that was half done, or is given twice, does no harm.
 */
export async function redrive({ keys, read, invoke, remove }: Redriving): Promise<{ taken: number; left: string[] }> {
  const left: string[] = [];
  let taken = 0;
  // Lambda's keys hold the time after the mapping's id, so their order is the order of the failures.
  for (const key of (await keys()).sort()) {
    const failure = JSON.parse(await read(key)) as Failure;
    const event = failure.payload && JSON.parse(failure.payload);
    const answer =
      event && ((await invoke(functionOf(failure), event).catch(() => undefined)) as { batchItemFailures?: unknown[] } | undefined);
    if (!answer || (answer.batchItemFailures?.length ?? 0) > 0) left.push(key);
    else {
      await remove(key);
      taken++;
    }
  }
  return { taken, left };
}

/** Invokes a function and waits; throws where it failed. */
async function invokeBy(who: Identity, name: string, event: unknown): Promise<unknown> {
  const path = `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;
  const answer = JSON.parse(await callAws(who, { service: 'lambda', path, body: event as object }));
  if (answer?.errorType) throw new Error(`${answer.errorType}: ${answer.errorMessage}`);
  return answer;
}

/** The records of the stream that no consumer could take. Gives the keys of those that failed again. */
async function redriveRecords(who: Identity, stage: string): Promise<string[]> {
  const [Bucket] = await physicalIds(who, { stack: stackName(stage, 'data'), type: 'AWS::S3::Bucket', logical: /^StreamFailures/ });
  if (!Bucket) throw new Error(`stage ${stage} has no failure bucket in ${who.region}`);
  const s3 = new S3Client({});
  const { taken, left } = await redrive({
    keys: async () => ((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key }) => Key!),
    read: async (Key) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body!.transformToString(),
    invoke: (name, event) => invokeBy(who, name, event),
    remove: async (Key) => void (await s3.send(new DeleteObjectCommand({ Bucket, Key }))),
  });
  const consumers = Object.entries(workers)
    .filter(([, { trigger }]) => trigger.kind === 'stream')
    .map(([name]) => name);
  console.log(
    `${taken} batches given to ${consumers.join(' and ')} again, ${left.length} failed again${left.length ? `:\n${left.join('\n')}` : ''}`,
  );
  return left;
}

/** Hides a letter while the others are given out, so that none is met twice. */
const hiddenSeconds = 900;

/** The events of the bus and the notifications of topics that no function could deal with. Gives how many stay. */
async function redriveLetters(who: Identity, stage: string): Promise<number> {
  const sqs = new SQSClient({});
  const queues = await physicalIds(who, { stack: stackName(stage, 'workflow'), type: 'AWS::SQS::Queue', logical: /^(events|topics)Dead/ });
  let stay = 0;
  for (const QueueUrl of queues) {
    const { taken, left } = await redeliver({
      async receive() {
        const input = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: hiddenSeconds, MessageAttributeNames: ['All'] };
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(input));
        return Messages.map(({ Body = '', ReceiptHandle = '', MessageAttributes = {} }) => ({
          body: Body,
          receipt: ReceiptHandle,
          attributes: Object.fromEntries(Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue ?? ''])),
        }));
      },
      async listeners(TopicArn) {
        const query = { Action: 'ListSubscriptionsByTopic', Version: '2010-03-31', TopicArn };
        const endpoints = elements(await callAws(who, { service: 'sns', query }), 'Endpoint');
        return endpoints.filter((arn) => arn.split(':')[2] === 'lambda').map((arn) => arn.split(':').slice(0, 7).join(':'));
      },
      invoke: (functionArn, event) => invokeBy(who, functionArn, event),
      remove: async (ReceiptHandle) => void (await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))),
    });
    console.log(`${taken} letters of ${QueueUrl.split('/').pop()} given out again, ${left} stay for 15 minutes more at least`);
    stay += left;
  }
  return stay;
}

/** `npm run redrive -- -c stage=prod`: what no function could take, once the cause is mended. */
async function main(): Promise<void> {
  const { settings } = stageArguments(process.argv.slice(2));
  const who = await identity(settings.region);
  process.env.AWS_REGION = who.region;
  const left = await redriveRecords(who, settings.stage);
  if ((await redriveLetters(who, settings.stage)) + left.length > 0) process.exitCode = 1;
}

if (import.meta.main) await orSay(main);
