import { dynamoAt } from './dynamo.ts';
import { type Engine, ensureTable, findEngine, startEngine } from './engine.ts';
import { region, tableName } from './settings.ts';
import type { Credentials } from './sigv4.ts';

/** A reason not to start, said in one sentence to the person who tried. */
export class CannotStart extends Error {}

/** Where the table is: in the embedded engine, which is kept alive, or at a foreign endpoint. */
export interface TablePlace {
  readonly url: string;
  /** The engine of now; absent for a foreign endpoint. */
  engine(): Engine | undefined;
  stop(): Promise<void>;
}

export interface TableOptions {
  dataDir: string;
  credentials: Credentials;
  /** A DynamoDB endpoint to use instead of the embedded engine. */
  endpoint?: string;
  /** Told when the engine had died and another one took its place on the same port. */
  restarted(engine: Engine): void;
}

/** Opens the table, and makes it at the first start. Throws CannotStart where there is no engine for this machine. */
export async function openTable(options: TableOptions): Promise<TablePlace> {
  if (options.endpoint) {
    await ensureTable(dynamoAt(options.endpoint, options.credentials, region), tableName);
    return { url: options.endpoint, engine: () => undefined, stop: async () => {} };
  }
  const found = findEngine();
  if ('problem' in found) throw new CannotStart(found.problem);
  const start = (port?: number) => startEngine({ dataDir: options.dataDir, credentials: options.credentials, region, port });
  let engine = await start();
  await ensureTable(engine.dynamo, tableName, engine.file);
  const port = Number(new URL(engine.url).port);
  let stopping = false;
  // However this process ends, short of kill -9, its engine ends with it.
  process.once('exit', () => endNow(engine.pid));
  async function keepAlive(): Promise<void> {
    while (!stopping) {
      await engine.ended;
      if (stopping) return;
      engine = await start(port);
      options.restarted(engine);
    }
  }
  keepAlive().catch((error: unknown) => {
    process.stderr.write(`The database engine could not be started again: ${error}\n`);
    process.kill(process.pid, 'SIGTERM');
  });
  async function stop(): Promise<void> {
    stopping = true;
    await engine.stop();
  }
  return { url: engine.url, engine: () => engine, stop };
}

function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    // It had ended before.
  }
}
