import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { stackName } from '../lib/crm-stage.ts';
import { identity } from './aws-call.ts';
import { publishClient } from './publish-client.ts';
import { bundle, contextWords, emptyAssembly, orSay, root, run, type StageArguments, stageArguments } from './stage-command.ts';

type Outputs = Record<string, Record<string, string>>;
const outputsFile = join(root, 'cdk.out', 'outputs.json');

/** What the stacks of a stage gave back at their last deployment. */
const outputsOf = (): Outputs => JSON.parse(readFileSync(outputsFile, 'utf8')) as Outputs;

const deployStacks = (stacks: string[], { context, rest }: StageArguments, parameters: Record<string, string>): void => {
  const given = Object.entries(parameters).flatMap(([name, value]) => ['--parameters', `${name}=${value}`]);
  run('cdk', [
    'deploy',
    ...stacks,
    '--outputs-file',
    outputsFile,
    '--require-approval',
    'never',
    ...contextWords(context),
    ...given,
    ...rest,
  ]);
};

/** The stream of an adopted table: its ARN ends with the time at which it was switched on. */
async function adoptedStream(table: string): Promise<string> {
  const { Table } = await new DynamoDBClient().send(new DescribeTableCommand({ TableName: table }));
  const { StreamEnabled, StreamViewType } = Table?.StreamSpecification ?? {};
  if (!StreamEnabled || StreamViewType !== 'NEW_AND_OLD_IMAGES')
    throw new Error(`${table} has no stream with both images: switch it on first (docs/runbook.md, "Restore")`);
  return Table!.LatestStreamArn!;
}

/** The parameters of the later stacks: what the shield stack in us-east-1 gave back, and an adopted table's stream. */
async function parametersOf({ settings, context }: StageArguments): Promise<Record<string, string>> {
  const { stage, permanent, table } = settings;
  const parameters: Record<string, string> = {};
  if (permanent) {
    const { WebAclArn, CertificateArn } = outputsOf()[stackName(stage, 'shield')] ?? {};
    parameters[`${stackName(stage, 'edge')}:WebAclArn`] = WebAclArn!;
    if (context.domain) parameters[`${stackName(stage, 'edge')}:CertificateArn`] = CertificateArn!;
  }
  if (table) parameters[`${stackName(stage, 'workflow')}:AdoptedTableStreamArn`] = await adoptedStream(table);
  return parameters;
}

/** What a person does next: the address, and the first workspace with its admin. */
export function nextSteps({
  stage,
  url,
  opsFunction,
  region,
}: {
  stage: string;
  url: string;
  opsFunction: string;
  region: string;
}): string {
  const payload = {
    do: 'createWorkspace',
    name: 'Your company',
    country: 'PH',
    currency: 'PHP',
    timeZone: 'Asia/Manila',
    language: 'en',
    admin: { name: 'Your Name', email: 'you@example.com' },
  };
  return [
    `Stage ${stage} is at ${url}`,
    'The first workspace and its admin, who is invited by mail:',
    `  aws lambda invoke --region ${region} --function-name ${opsFunction} --cli-binary-format raw-in-base64-out \\`,
    `    --payload '${JSON.stringify(payload)}' /dev/stdout`,
  ].join('\n');
}

/** `npm run deploy -- -c stage=ana`: functions, client, stacks, the client's files, and what to do next. */
async function main(): Promise<void> {
  const given = stageArguments(process.argv.slice(2));
  const { settings } = given;
  const { stage, permanent } = settings;
  const { region } = await identity(settings.region);
  process.env.AWS_REGION = region;
  bundle(stage);
  run('vite', ['build', 'web']);
  emptyAssembly();
  if (permanent) deployStacks([stackName(stage, 'shield')], given, {});
  const parts = ['data', 'edge', 'api', 'workflow', 'watch'] as const;
  deployStacks(
    parts.map((part) => stackName(stage, part)),
    given,
    await parametersOf(given),
  );
  const outputs = outputsOf();
  const edge = outputs[stackName(stage, 'edge')]!;
  await publishClient({
    bucket: edge.ClientFilesBucket!,
    folder: join(root, 'dist', 'web'),
    config: { authority: edge.Issuer!, clientId: edge.ClientId! },
  });
  console.log(
    nextSteps({
      stage,
      url: edge.Url!,
      opsFunction: outputs[stackName(stage, 'workflow')]!.OpsFunctionName ?? '(no ops function)',
      region,
    }),
  );
}

if (import.meta.main) await orSay(main);
