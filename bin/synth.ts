import { bundle, contextWords, emptyAssembly, orSay, run, stageArguments } from './stage-command.ts';

/** `npm run synth -- -c stage=prod`: bundles, templates and the rules of cdk-nag, offline and without credentials. */
await orSay(() => {
  const { settings, context, rest } = stageArguments(process.argv.slice(2));
  bundle(settings.stage);
  emptyAssembly();
  run('cdk', ['synth', '--quiet', ...contextWords(context), ...rest]);
});
