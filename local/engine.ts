import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Dynamo, DynamoError, dynamoAt } from './dynamo.ts';
import type { Credentials } from './sigv4.ts';
import { openStreamFile, type StreamFile } from './stream-file.ts';

export interface Engine {
  readonly url: string;
  readonly pid: number;
  readonly file: string;
  readonly dynamo: Dynamo;
  /** Settles when the engine's process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Where the engine's program is, or one sentence on what to do instead. */
export function findEngine(env: NodeJS.ProcessEnv = process.env): { program: string } | { problem: string } {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  if (env.DYNOXIDE_BIN)
    return existsSync(env.DYNOXIDE_BIN) ? { program: env.DYNOXIDE_BIN } : { problem: `DYNOXIDE_BIN names no file: ${env.DYNOXIDE_BIN}` };
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    return { program: join(folder, process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide') };
  } catch {
    const ways = 'set DYNOXIDE_BIN to a dynoxide 1.2.1 program, or AWS_ENDPOINT_URL_DYNAMODB to any DynamoDB endpoint with streams';
    return { problem: `No embedded database engine is installed for ${process.platform}-${process.arch} (${name}): ${ways}.` };
  }
}

/** Starts the engine on one file of the data folder and waits until it answers; ends an orphan of an earlier start on the same file first. */
export async function startEngine(options: { dataDir: string; credentials: Credentials; region: string; port?: number }): Promise<Engine> {
  const found = findEngine();
  if ('problem' in found) throw new Error(found.problem);
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const file = join(options.dataDir, 'table.db');
  await endOrphan(join(options.dataDir, 'engine.pid'), file);
  const port = options.port ?? (await freePort());
  const child = spawn(found.program, ['--host', '127.0.0.1', '--port', String(port), '--db-path', file], {
    stdio: 'ignore',
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  const dynamo = dynamoAt(url, options.credentials, options.region);
  writeFileSync(join(options.dataDir, 'engine.pid'), String(child.pid), { mode: 0o600 });
  await answering(dynamo, child);
  const stop = async () => {
    child.kill('SIGTERM');
    await Promise.race([ended, pause(2000).then(() => child.kill('SIGKILL'))]);
  };
  return { url, pid: child.pid as number, file, dynamo, ended, stop };
}

/** A port that nothing listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

async function answering(dynamo: Dynamo, child: ChildProcess): Promise<void> {
  for (let waited = 0; waited < 5000; waited += 10) {
    if (child.exitCode !== null || child.pid === undefined) break;
    const up = await dynamo.call('ListTables', {}).then(
      () => true,
      () => false,
    );
    if (up) return;
    await pause(10);
  }
  child.kill('SIGKILL');
  throw new Error('The embedded database engine did not start.');
}

/** After kill -9 of its parent an engine lives on; two on one file are not refused by it, so the older is ended here. */
async function endOrphan(pidFile: string, file: string): Promise<void> {
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
  while (pid > 0 && runsOn(pid, file)) {
    process.kill(pid, 'SIGKILL');
    await pause(20);
  }
}

function runsOn(pid: number, file: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(file);
  } catch {
    return false;
  }
}

const string = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const indexKeys = [1, 2, 3, 4, 5].flatMap((n) => [`gsi${n}pk`, `gsi${n}sk`]);
const directory = new Set([1, 2, 4]);

/** The one table as lib/data-stack.ts makes it: five indexes, a stream with both images, time to live. */
export function tableDefinition(name: string) {
  const key = (pk: string, sk: string) => [
    { AttributeName: pk, KeyType: 'HASH' },
    { AttributeName: sk, KeyType: 'RANGE' },
  ];
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', ...indexKeys].map(string),
    KeySchema: key('pk', 'sk'),
    GlobalSecondaryIndexes: [1, 2, 3, 4, 5].map((n) => ({
      IndexName: `gsi${n}`,
      KeySchema: key(`gsi${n}pk`, `gsi${n}sk`),
      Projection: directory.has(n) ? { ProjectionType: 'INCLUDE', NonKeyAttributes: ['d'] } : { ProjectionType: 'KEYS_ONLY' },
    })),
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  };
}

/** Creates the table when it is not there yet; `file` is the engine's own file, to be cured, and absent for a foreign endpoint. */
export async function ensureTable(dynamo: Dynamo, name: string, file?: string): Promise<void> {
  const create = () => dynamo.call('CreateTable', tableDefinition(name));
  await create().catch((error: unknown) => {
    if (!(error instanceof DynamoError && error.code.startsWith('ResourceInUse'))) throw error;
  });
  for (let tries = 0; tries < 200; tries++) {
    const { Table } = await dynamo.call<{ Table: { TableStatus: string } }>('DescribeTable', { TableName: name });
    if (Table.TableStatus === 'ACTIVE') break;
    await pause(25);
  }
  const ttl = { TableName: name, TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } };
  await dynamo.call('UpdateTimeToLive', ttl).catch((error: unknown) => {
    if (!(error instanceof DynamoError && error.code.startsWith('Validation'))) throw error;
  });
  if (file) openStreamFile(file, name).close();
}

/** Deletes what time to live has passed, as DynamoDB does by itself; a row that was prolonged meanwhile stays. Returns how many went. */
export async function sweepExpired(dynamo: Dynamo, table: string, options: { file: StreamFile; now: number }): Promise<number> {
  const now = Math.floor(options.now / 1000);
  let swept = 0;
  for (const { pk, sk } of options.file.expired(now)) {
    const input = {
      TableName: table,
      Key: { pk: { S: pk }, sk: { S: sk } },
      ConditionExpression: '#ttl < :now',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: { ':now': { N: String(now) } },
    };
    swept += await dynamo.call('DeleteItem', input).then(
      () => 1,
      () => 0,
    );
  }
  return swept;
}
