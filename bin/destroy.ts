import { createInterface } from 'node:readline/promises';
import { DeleteObjectsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { stackName } from '../lib/crm-stage.ts';
import { callAws, elements, type Identity, identity } from './aws-call.ts';
import { physicalIds } from './stack-resources.ts';
import { bundle, contextWords, orSay, run, stageArguments } from './stage-command.ts';

/** The stacks in the order in which they may go: what reads an export before what gives it. */
const parts = ['watch', 'workflow', 'api', 'edge', 'data'] as const;

/** Deletes every version of every object: CloudFormation deletes only an empty bucket. */
async function empty(Bucket: string): Promise<number> {
  const s3 = new S3Client({});
  let deleted = 0;
  for (;;) {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(({ Key, VersionId }) => ({
      Key: Key!,
      VersionId: VersionId!,
    }));
    if (Objects.length === 0) return deleted;
    const { Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    if (Errors.length > 0) throw new Error(`${Bucket}: ${Errors[0]!.Key} cannot be deleted (${Errors[0]!.Code})`);
    deleted += Objects.length;
  }
}

/** What of a stage is still there, by its stacks. */
async function leftOvers(who: Identity, stage: string): Promise<string[]> {
  const query = { Action: 'ListStacks', Version: '2010-05-15' };
  const answer = await callAws(who, { service: 'cloudformation', query });
  const members = answer.split('<member>').filter((member) => !member.includes('DELETE_COMPLETE'));
  return members.flatMap((member) => elements(member, 'StackName')).filter((name) => name.startsWith(`suki-${stage}-`));
}

async function confirmed(stage: string): Promise<boolean> {
  const asked = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await asked.question(`All data of stage ${stage} will be gone. Type its name to go on: `);
  asked.close();
  return answer.trim() === stage;
}

/** `npm run destroy -- -c stage=ana`: a personal stage with everything in it. Refuses a permanent one. */
async function main(): Promise<void> {
  const { settings, context, rest } = stageArguments(process.argv.slice(2));
  const { stage, permanent } = settings;
  if (permanent)
    throw new Error(`${stage} is permanent: its data are kept on purpose. docs/runbook.md, "End a permanent stage", says how it ends.`);
  const who = await identity(settings.region);
  process.env.AWS_REGION = who.region;
  if (!rest.includes('--yes') && !(await confirmed(stage))) throw new Error('nothing was deleted');
  for (const part of parts)
    for (const bucket of await physicalIds(who, { stack: stackName(stage, part), type: 'AWS::S3::Bucket' }))
      console.log(`${bucket}: ${await empty(bucket)} versions deleted`);
  bundle(stage);
  run('cdk', ['destroy', '--all', '--force', ...contextWords(context)]);
  const left = await leftOvers(who, stage);
  if (left.length > 0) throw new Error(`still there: ${left.join(', ')}. Run the command again, or look at the stack's events.`);
  console.log(`Stage ${stage} is gone. Its secrets are deleted by Secrets Manager after their waiting time, unbilled.`);
}

if (import.meta.main) await orSay(main);
