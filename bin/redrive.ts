import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { stackName } from '../lib/crm-stage.ts';
import { workers } from '../lib/services.ts';
import { callAws, type Identity, identity } from './aws-call.ts';
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

/** `npm run redrive -- -c stage=prod`: the records that no consumer could take, once the cause is mended. */
async function main(): Promise<void> {
  const { settings } = stageArguments(process.argv.slice(2));
  const who = await identity(settings.region);
  process.env.AWS_REGION = who.region;
  const [Bucket] = await physicalIds(who, {
    stack: stackName(settings.stage, 'data'),
    type: 'AWS::S3::Bucket',
    logical: /^StreamFailures/,
  });
  if (!Bucket) throw new Error(`stage ${settings.stage} has no failure bucket in ${who.region}`);
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
  if (left.length > 0) process.exitCode = 1;
}

if (import.meta.main) await orSay(main);
