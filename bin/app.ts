import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { makeStage } from '../lib/crm-stage.ts';
import { settingsFrom } from '../lib/stages.ts';

/** The CDK app: `npm run synth -- -c stage=prod`. Reads the bundles of `npm run build` and nothing from the network. */
const app = new App();
const dist = join(import.meta.dirname, '..', 'dist');

const bundle = (name: string): Code => {
  const folder = join(dist, name);
  if (!existsSync(join(folder, 'index.cjs'))) throw new Error(`the bundle of ${name} is missing: npm run build first`);
  return Code.fromAsset(folder, { exclude: ['*.map'] });
};

makeStage(app, { settings: settingsFrom(app.node), code: bundle });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
app.synth();
