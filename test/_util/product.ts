import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** `npm start -- --empty` on a folder of its own, as a person runs it. */
export interface RunningProduct {
  readonly child: ChildProcess;
  readonly dataDir: string;
  readonly baseUrl: string;
  readonly local: { baseUrl: string; apiKeys: Record<string, string>; other: { apiKeys: { admin: string } } };
  /** All that it has printed. */
  output(): string;
  /** Settles with the exit code, or the signal's name. */
  readonly ended: Promise<number | string | null>;
  /** Process ids of the engine and of the consumers. */
  pids(): { engine: number; consumers: number };
}

export const root = resolve(import.meta.dirname, '../..');

export function newDataDir(): { dataDir: string; remove(): void } {
  const dataDir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'suki-product-'));
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}

export function spawnProduct(
  dataDir: string,
  env: Record<string, string> = {},
): { child: ChildProcess; output(): string; ended: RunningProduct['ended'] } {
  const child = spawn(process.execPath, ['bin/dev.ts', '--empty'], {
    cwd: root,
    // The environment of a test run is not a person's: vitest's NODE_ENV and a world's own endpoints stay out of it.
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', SUKI_PORT: '0', SUKI_DATA: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk));
  const ended = new Promise<number | string | null>((done) => child.once('exit', (code, signal) => done(signal ?? code)));
  return { child, output: () => text, ended };
}

/** Starts the product and waits for `local.json`. Throws with what it printed when it ends before. */
export async function startProductProcess(dataDir: string, env: Record<string, string> = {}): Promise<RunningProduct> {
  const file = join(dataDir, 'local.json');
  rmSync(file, { force: true });
  const running = spawnProduct(dataDir, env);
  for (let waited = 0; !existsSync(file); waited += 20) {
    if (running.child.exitCode !== null || waited > 60_000) throw new Error(`The product did not start:\n${running.output()}`);
    await new Promise((done) => setTimeout(done, 20));
  }
  await new Promise((done) => setTimeout(done, 20));
  const local = JSON.parse(readFileSync(file, 'utf8')) as RunningProduct['local'];
  const pids = () => ({
    engine: Number(readFileSync(join(dataDir, 'engine.pid'), 'utf8')),
    consumers: consumersOf(running.child.pid ?? 0),
  });
  return { ...running, dataDir, baseUrl: local.baseUrl, local, pids };
}

function consumersOf(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  return children.find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('consumers.ts')) ?? 0;
}

export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
