import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { lockFolder } from './lock.ts';
import { hashOfInputs, readStamp, writeStamp } from './stamp.ts';

/** Kept free of the product's own modules: the builds start before those are loaded. */
interface Build {
  name: string;
  inputs: string[];
  script: string;
  arguments: string[];
  outputs: string[];
  /** Steps back for what the product needs before it is ready. */
  patient?: boolean;
}

const functionsBuild: Build = {
  name: 'functions',
  inputs: ['functions', 'lib/services.ts', 'bin/build.ts', 'bin/lean-bundles.ts', 'package-lock.json'],
  script: 'bin/build.ts',
  arguments: ['--local'],
  outputs: ['dist/local/index.cjs'],
};

const clientBuild: Build = {
  name: 'client',
  inputs: ['web', 'functions', 'docs/api.md', 'docs/openapi.json', 'docs/problems', 'package-lock.json'],
  script: join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js'),
  arguments: ['build', 'web', '--logLevel', 'warn'],
  outputs: ['dist/web/index.html'],
  patient: true,
};

export interface Builds {
  functions: Promise<void>;
  client: Promise<void>;
}

/** Builds what is stale, each in a process of its own, at once. Rejects with what the build printed. */
export function buildStale(root: string): Builds {
  const builds = { functions: build(root, functionsBuild), client: build(root, clientBuild) };
  // They are awaited later; until then a failure must not count as unhandled.
  for (const one of Object.values(builds)) one.catch(() => {});
  return builds;
}

async function build(root: string, one: Build): Promise<void> {
  const { name, inputs, outputs } = one;
  const file = join(root, 'dist', `.${name}`);
  function isFresh(): boolean {
    const stamp = readStamp(file);
    if (!stamp?.outputs.every((output) => existsSync(join(root, output)))) return false;
    return stamp.hash === hashOfInputs(root, inputs);
  }
  if (isFresh()) return;
  const lock = await lockBuild(join(root, 'dist'), name);
  try {
    // Another process may have built meanwhile.
    if (isFresh()) return;
    const hash = hashOfInputs(root, inputs);
    await run(root, one);
    writeStamp(file, { hash, outputs });
  } finally {
    lock.release();
  }
}

/** One build of a kind at a time: of two products that start at once, the second waits for the first one's. */
async function lockBuild(dist: string, name: string): Promise<{ release(): void }> {
  for (;;) {
    const lock = lockFolder(dist, `.${name}`, 0);
    if (lock) return lock;
    await pause(50);
  }
}

function run(root: string, { script, arguments: rest, patient }: Build): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NO_COLOR: '1' };
    const child = spawn(process.execPath, [script, ...rest], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env });
    if (patient && child.pid) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`The build failed:\n${output.slice(0, 4000)}`))));
  });
}
