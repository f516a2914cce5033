import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '../..');

export interface LocalJson {
  baseUrl: string;
  apiKeys: Record<'admin' | 'manager' | 'sales' | 'service' | 'marketing' | 'analyst' | 'partner', string>;
}

/** What the demo remembers: whether it is told to the end, and the ids of the told customers. */
export interface DemoJson {
  done: boolean;
  told: Record<string, string>;
}

/** A product of the test's own: own data folder, own port, own process group. */
export interface TestProduct {
  dataDir: string;
  local: LocalJson;
  /** Kills everything at once, as a power cut does. */
  killHard(): Promise<void>;
  /** Starts it again on the same data and port. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

/** Memory where there is some: the data folder lives as long as the tests. */
export const newDataDir = () => mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'suki-e2e-'));

export const readJson = <T>(dataDir: string, file: string): T | undefined => {
  const path = join(dataDir, file);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : undefined;
};

/** What `ask` gives, as soon as it gives something. Throws with `what` after `seconds`. */
export async function until<T>(what: string, seconds: number, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pause(200);
  }
  throw new Error(`${what}: not within ${seconds} s`);
}

const healthy = async (baseUrl: string) => (await fetch(`${baseUrl}/healthz`).catch(() => undefined))?.ok === true;

/** Whether the client is built: before that, a page that only reloads itself stands in its place. */
const hasClient = async (baseUrl: string) => (await (await fetch(baseUrl)).text()).includes('id="root"');

/** Starts the product and settles when API and client answer. */
export async function startProduct(options: { empty?: boolean } = {}): Promise<TestProduct> {
  const dataDir = newDataDir();
  let child: ChildProcess;
  let port = '0';
  const launch = async (): Promise<LocalJson> => {
    const log = openSync(join(dataDir, 'output.log'), 'a');
    rmSync(join(dataDir, 'local.json'), { force: true });
    child = spawn(process.execPath, ['bin/dev.ts', ...(options.empty ? ['--empty'] : [])], {
      cwd: root,
      env: { ...process.env, SUKI_DATA: dataDir, SUKI_PORT: port, NODE_ENV: '' },
      stdio: ['ignore', log, log],
      detached: true,
    });
    const ended = () => child.exitCode !== null && readFileSync(join(dataDir, 'output.log'), 'utf8');
    const local = await until('The product starts', 120, async () => {
      const why = ended();
      if (why) throw new Error(`The product did not start:\n${why}`);
      const found = readJson<LocalJson>(dataDir, 'local.json');
      return found && (await healthy(found.baseUrl)) && (await hasClient(found.baseUrl)) ? found : undefined;
    });
    port = new URL(local.baseUrl).port;
    return local;
  };
  const signal = async (name: 'SIGKILL' | 'SIGTERM') => {
    if (!child.pid || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    // On SIGTERM the product stops its own children; a power cut asks nobody.
    process.kill(name === 'SIGKILL' ? -child.pid : child.pid, name);
    await ended;
  };
  const product = {
    dataDir,
    local: await launch(),
    killHard: () => signal('SIGKILL'),
    startAgain: async () => {
      product.local = await launch();
    },
    stop: async () => {
      await signal('SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return product;
}

/** Waits until the demo is told and every consumer has caught up, so that counters and search are complete. */
export async function demoTold(dataDir: string, baseUrl: string): Promise<void> {
  await until('The demo is told', 300, () => (readJson<DemoJson>(dataDir, 'demo.json')?.done ? true : undefined));
  await until('Consumers catch up', 120, async () => {
    const lag = (await (await fetch(`${baseUrl}/local/lag`)).json()) as unknown;
    return /[1-9]/.test(JSON.stringify(lag).replaceAll(/"[^"]*"/g, '')) ? undefined : true;
  });
}
