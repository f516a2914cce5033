import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { services, workers } from '../lib/services.ts';
import { hashOfInputs, isFresh, writeStamp } from './stamp.ts';

interface Build {
  stamp: string;
  inputs: string[];
  outputs: string[];
  script: string;
  arguments: string[];
}

function functionsBuild(): Build {
  const names = [...Object.keys(services), ...Object.keys(workers)];
  return {
    stamp: 'dist/.functions',
    inputs: ['functions', 'lib/services.ts', 'bin/build.ts', 'package-lock.json'],
    outputs: names.map((name) => `dist/${name}/index.cjs`),
    script: 'bin/build.ts',
    arguments: ['--quiet'],
  };
}

function clientBuild(): Build {
  const vite = dirname(createRequire(import.meta.url).resolve('vite/package.json'));
  return {
    stamp: 'dist/.client',
    inputs: ['web', 'functions', 'package-lock.json'],
    outputs: ['dist/web/index.html'],
    script: join(vite, 'bin/vite.js'),
    arguments: ['build', 'web', '--logLevel', 'warn'],
  };
}

/** Builds what is stale, each in a process of its own, at once. Rejects with what the build printed. */
export function buildStale(root: string): { functions: Promise<void>; client: Promise<void> } {
  return { functions: build(root, functionsBuild()), client: build(root, clientBuild()) };
}

async function build(root: string, { stamp, inputs, outputs, script, arguments: rest }: Build): Promise<void> {
  const hash = hashOfInputs(root, inputs);
  if (isFresh(join(root, stamp), hash) && outputs.every((output) => existsSync(join(root, output)))) return;
  await run(root, script, rest);
  writeStamp(join(root, stamp), hash);
}

function run(root: string, script: string, rest: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...rest], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`The build failed:\n${output}`))));
  });
}
