import { readFileSync } from 'node:fs';
import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { type CrmStage, makeStage } from '../../lib/crm-stage.ts';
import { settingsOf } from '../../lib/stages.ts';

// biome-ignore lint/suspicious/noExplicitAny: a template is JSON of every shape
export type Json = any;

/** What of a template the tests look at. */
type Resource = {
  Type: string;
  Properties: Record<string, Json>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  DependsOn?: string[];
  UpdatePolicy?: Json;
};
export type StackTemplate = {
  Resources: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: string } }>;
  Parameters?: Record<string, Json>;
};
export type Part = keyof CrmStage;

const context = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')).context;

/**
 * A stage's templates by part, as `npm run synth` makes them but for the code, which is inline and always the same. `checked` runs
 * CloudFormation's own rules and cdk-nag's two packs too, and throws for what they find; that takes three times as long.
 */
export function synthesised(stage: string, given: Record<string, string> = {}, { checked = false } = {}): Record<Part, StackTemplate> {
  const app = new App({ context: { ...context, '@aws-cdk/core:validateAgainstDefaultRules': checked } });
  makeStage(app, { settings: settingsOf({ stage, ...given }), code: () => Code.fromInline('exports.handler = async () => {};') });
  if (checked) Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  const { stacks } = app.synth();
  return Object.fromEntries(stacks.map(({ stackName, template }) => [stackName.split('-').pop(), template])) as Record<Part, StackTemplate>;
}

export type Found = Resource & { id: string; part: Part };

/** All resources of a type over a stage's stacks, or all of them. */
export const resourcesOf = (stage: Record<string, StackTemplate>, type?: string): Found[] =>
  Object.entries(stage).flatMap(([part, { Resources }]) =>
    Object.entries(Resources)
      .filter(([, resource]) => !type || resource.Type === type)
      .map(([id, resource]) => ({ id, part: part as Part, ...resource })),
  );

/** A statement of a policy, with lists where CloudFormation writes a single value. */
export type Statement = { actions: string[]; resources: unknown[]; effect: string; where: string };

export function statementsOf(stage: Record<string, StackTemplate>): Statement[] {
  const documents = resourcesOf(stage).flatMap(({ part, id, Type, Properties }) =>
    Type === 'AWS::IAM::Role'
      ? (Properties.Policies ?? []).map((policy: Json) => ({ where: `${part}/${id}`, document: policy.PolicyDocument }))
      : Type === 'AWS::IAM::Policy'
        ? [{ where: `${part}/${id}`, document: Properties.PolicyDocument }]
        : [],
  );
  return documents.flatMap(({ where, document }) =>
    document.Statement.map((statement: Json) => ({
      where,
      effect: statement.Effect,
      actions: [statement.Action].flat(),
      resources: Array.isArray(statement.Resource) ? statement.Resource : [statement.Resource],
    })),
  );
}
