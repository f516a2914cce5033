import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { httpSeconds, workerSeconds } from '../lib/limits.ts';
import { services, workers } from '../lib/services.ts';
import { region } from './settings.ts';

export type Handler = (event: unknown, context: object) => Promise<unknown>;

/** The product's Lambda functions, run in this process. */
export interface Functions {
  /** Runs a function as Lambda would; rejects with what it throws, or with TimeoutError after its time. */
  invoke(name: string, event: unknown): Promise<unknown>;
  /** A function's own handler, for whoever gives it a context of his own. */
  handler(name: string): Promise<Handler>;
  /** Loads functions before the first request needs them. */
  warm(names: string[]): Promise<void>;
}

export class FunctionTimeout extends Error {
  override readonly name = 'FunctionTimeout';
}

const running = new AsyncLocalStorage<string>();

/** The function whose code is running, for those who record what it calls. */
export const runningFunction = (): string | undefined => running.getStore();

type Loads = Record<string, () => Promise<{ handler: Handler }>>;

/** All functions from the one bundle of this machine, `dist/local/index.cjs`, which may be built after this is called. */
export function bundledFunctions(dist: string): Functions {
  const require = createRequire(pathToFileURL(resolve(dist, 'index.cjs')));
  return functionsBy(async (name) => {
    const { functions } = require(resolve(dist, 'local/index.cjs')) as { functions: Loads };
    return (await listed(functions, name)()).handler;
  });
}

/** The same functions from their sources, for tests. */
export function sourceFunctions(): Functions {
  const root = resolve(import.meta.dirname, '..');
  return functionsBy(async (name) => {
    const { entry } = listed({ ...services, ...workers }, name);
    return ((await import(pathToFileURL(join(root, entry)).href)) as { handler: Handler }).handler;
  });
}

function listed<T>(list: Record<string, T>, name: string): T {
  const one = list[name];
  if (one === undefined) throw new Error(`lib/services.ts lists no function ${name}.`);
  return one;
}

/** Functions whose handlers `load` fetches, each once. */
export function functionsBy(load: (name: string) => Promise<Handler>): Functions {
  const loaded = new Map<string, Promise<Handler>>();
  function handlerOf(name: string): Promise<Handler> {
    const handler = loaded.get(name) ?? load(name);
    loaded.set(name, handler);
    handler.catch(() => loaded.delete(name));
    return handler;
  }
  return {
    handler: handlerOf,
    async invoke(name, event) {
      const handler = await handlerOf(name);
      const seconds = workers[name] ? workerSeconds(workers[name]) : httpSeconds;
      return running.run(name, () => inTime(handler(event, contextOf(name, seconds)), name, seconds));
    },
    warm: async (names) => void (await Promise.allSettled(names.map(handlerOf))),
  };
}

function inTime<T>(work: Promise<T>, name: string, seconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new FunctionTimeout(`${name} ran longer than ${seconds} s`)), seconds * 1000);
    timer.unref();
    Promise.resolve(work)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}

function contextOf(name: string, seconds: number) {
  const deadline = Date.now() + seconds * 1000;
  return {
    awsRequestId: randomUUID(),
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${region}:000000000000:function:${name}`,
    memoryLimitInMB: '512',
    logGroupName: `/local/${name}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}
