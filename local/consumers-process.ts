import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { ConsumersSettings, ToConsumers } from './consumers.ts';

/** Keeps a consumers' process alive: one that dies, or is killed, is followed by another. */
export interface ConsumersProcess {
  /** Settles when the first one is at work. */
  readonly ready: Promise<void>;
  tell(message: ToConsumers): void;
  /** Kills it as hard as the system can, for the demo and for tests; another one starts. */
  kill(): number | undefined;
  stop(): Promise<void>;
}

/** Starts the consumers. */
export function startConsumers(settings: () => ConsumersSettings): ConsumersProcess {
  let child: ChildProcess | undefined;
  let stopping = false;

  function start(): Promise<void> {
    const one = fork(join(import.meta.dirname, 'consumers.ts'), [JSON.stringify(settings())], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child = one;
    one.once('exit', () => {
      if (child === one) child = undefined;
      if (!stopping) setTimeout(() => void (stopping || start()), 300);
    });
    return new Promise((resolve) => {
      one.once('message', () => resolve());
      one.once('exit', () => resolve());
    });
  }

  return {
    ready: start(),
    tell: (message) => void child?.send(message, () => {}),
    kill() {
      const pid = child?.pid;
      child?.kill('SIGKILL');
      return pid;
    },
    async stop() {
      stopping = true;
      const one = child;
      if (!one || one.exitCode !== null) return;
      const gone = new Promise<void>((resolve) => one.once('exit', () => resolve()));
      one.kill('SIGTERM');
      const timer = setTimeout(() => one.kill('SIGKILL'), 4000);
      await gone;
      clearTimeout(timer);
    },
  };
}
