import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { contextNames, type Settings, settingsOf, withStanding } from '../lib/stages.ts';

export const root = resolve(import.meta.dirname, '..');

/** What a person gave to a command about a stage: `-c name=value` as for the CDK, and the rest. */
export type StageArguments = { settings: Settings; context: Record<string, string>; rest: string[] };

const standing = () =>
  (JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: { stages?: Record<string, Record<string, string>> } }).context
    .stages;

/** Parses `-c name=value`, `--context name=value` and `-c=name=value`. The stage is `dev` where none is named. Throws for a wrong name. */
export function stageArguments(argv: readonly string[]): StageArguments {
  const context: Record<string, string> = {};
  const rest: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!;
    const joined = /^(?:-c|--context)=(.+)$/.exec(word)?.[1];
    const pair = joined ?? (word === '-c' || word === '--context' ? argv[++at] : undefined);
    if (pair === undefined) rest.push(word);
    else context[pair.slice(0, pair.indexOf('='))] = pair.slice(pair.indexOf('=') + 1);
  }
  context.stage ??= 'dev';
  Object.assign(context, withStanding(context, standing()));
  const unknown = Object.keys(context).filter((name) => !contextNames.includes(name as never));
  if (unknown.length > 0) throw new Error(`unknown setting -c ${unknown.join(', ')}; there are ${contextNames.join(', ')}`);
  return { settings: settingsOf(context), context, rest };
}

/** The context as the CDK's own words. */
export const contextWords = (context: Record<string, string>) =>
  Object.entries(context).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** Runs a command of the project in its folder, with its output on the screen. Throws when it fails. */
export function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${join(root, 'node_modules/.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
    },
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args[0] ?? ''} ended with ${status}`);
}

/** Bundles the functions for a stage; permanent stages keep their source maps out of the asset. */
export const bundle = (stage: string) => run(process.execPath, ['bin/build.ts', '--stage', stage, '--quiet']);

/** Empties cdk.out, which the CDK itself never does. */
export const emptyAssembly = () => rmSync(join(root, 'cdk.out'), { recursive: true, force: true });

/** Says in one line what went wrong, without a stack, and ends with 1. */
export async function orSay(main: () => Promise<void> | void): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
