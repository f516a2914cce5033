import { type App, Tags } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { ApiStack } from './api-stack.ts';
import { DataStack } from './data-stack.ts';
import { EdgeStack } from './edge-stack.ts';
import { ShieldStack } from './shield-stack.ts';
import type { Settings } from './stages.ts';
import { WatchStack } from './watch-stack.ts';
import { WorkflowStack } from './workflow-stack.ts';

/** The stacks of a stage by their part. `shield` is there on permanent stages only. */
export type CrmStage = {
  data: DataStack;
  edge: EdgeStack;
  api: ApiStack;
  workflow: WorkflowStack;
  watch: WatchStack;
  shield?: ShieldStack;
};

export const stackName = (stage: string, part: keyof CrmStage) => `suki-${stage}-${part}`;

/** Makes a stage's stacks in the order in which they are deployed. `code` gives each function's bundle by its name. */
export function makeStage(app: App, { settings, code }: { settings: Settings; code: (name: string) => Code }): CrmStage {
  const { stage, permanent, region } = settings;
  const shared = { settings, terminationProtection: permanent, ...(region && { env: { region } }) };
  const id = (part: keyof CrmStage) => stackName(stage, part);
  const shield = permanent ? new ShieldStack(app, id('shield'), { ...shared, env: { region: 'us-east-1' } }) : undefined;
  const data = new DataStack(app, id('data'), shared);
  const edge = new EdgeStack(app, id('edge'), { ...shared, data, code });
  const api = new ApiStack(app, id('api'), { ...shared, data, edge, code });
  const workflow = new WorkflowStack(app, id('workflow'), { ...shared, data, edge, code });
  const watch = new WatchStack(app, id('watch'), { ...shared, data, api, workflow });
  if (shield) edge.addStackDependency(shield);
  Tags.of(app).add('suki:stage', stage);
  return { data, edge, api, workflow, watch, ...(shield && { shield }) };
}
