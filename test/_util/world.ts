import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe } from 'vitest';
import { advanceClock, movableNow } from '../../local/clock.ts';
import { type Engine, ensureTable, findEngine, startEngine, sweepExpired } from '../../local/engine.ts';
import { sourceFunctions } from '../../local/functions.ts';
import { closed, type Loopback, listen, startLoopback } from '../../local/loopback.ts';
import { answerOf, eventOf, matchRoute } from '../../local/payload.ts';
import { openSecrets } from '../../local/secret.ts';
import { bucketName, clientId, queueSettings, region, tableName, takeEnvironment } from '../../local/settings.ts';
import { openStore } from '../../local/store.ts';
import { openStreamFile } from '../../local/stream-file.ts';
import { createPump, lagOf } from '../../local/streams.ts';
import { consumerNames, drainQueues, failureKeeper, fireSchedule, plantSchedules, streamConsumers } from '../../local/workers.ts';
import { breach } from './contract.ts';
import { recordCalls, writeRecord } from './recorded-calls.ts';
import { type SeededWorkspace, seedWorkspace } from './seed.ts';

const engine = findEngine();

/** `describe`, or a skip with its reason printed where no database engine is installed. */
export const describeWorld = 'problem' in engine ? describe.skip : describe;
if ('problem' in engine) console.warn(`skipped: ${engine.problem}`);

export interface ApiAnswer {
  status: number;
  headers: Record<string, string>;
  /** Parsed where it is JSON, else the text. */
  // biome-ignore lint/suspicious/noExplicitAny: every route answers another shape, and a test knows which
  body: any;
}

export interface World {
  readonly loopback: Loopback;
  readonly engine: Engine;
  readonly dataDir: string;
  /** Makes a fresh workspace with a member and a key of each role. */
  workspace(settings?: Record<string, unknown>): Promise<SeededWorkspace>;
  /** Sends a request through the gateway's own translation to the real handler. `key` is an API key or a token; none for a stranger. */
  api(key: string | undefined, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiAnswer>;
  /** An access token as the local provider makes them; `claims` and `header` replace any of its parts. */
  token(claims: { sub: string; tenant: string } & Record<string, unknown>): Promise<string>;
  invoke(name: string, event: unknown): Promise<unknown>;
  /** Works until stream, queues and due schedules are empty. Throws when a stream record failed for good, unless told to go on. */
  drain(options?: { allowFailures?: boolean }): Promise<void>;
  /** Moves the product's clock forward by an ISO 8601 duration. */
  advance(duration: string): void;
  now(): number;
  lag(): Record<string, number>;
  /** One hash over all rows, objects and messages; `tenant` narrows it to a workspace's rows. */
  storeHash(tenant?: string): string;
  /** All rows whose partition key begins so, as plain objects; the first of them in the order of their keys, where `atMost` says how many. */
  rows(pkPrefix?: string, atMost?: number): Record<string, unknown>[];
  /** Takes a workspace out of the world without a trace, so that the time of later tests passes without its reminders and daily mails. */
  end(tenant: string): void;
  stop(): Promise<void>;
}

/** The product in one process: engine on a file, loopback AWS, the real handlers from their sources. Start one per test file, in beforeAll. */
export async function startWorld(): Promise<World> {
  const recorder = process.env.RECORDED_CALLS ? recordCalls() : undefined;
  const dataDir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'suki-'));
  const secrets = openSecrets(dataDir);
  const started = await startEngine({ dataDir, credentials: secrets, region });
  await ensureTable(started.dynamo, tableName, started.file);
  const file = openStreamFile(started.file, tableName);
  const store = openStore(dataDir);
  const issuer = await startIssuer();
  const origins = [issuer.origin];
  const loopback = await startLoopback({ store, dataDir, secrets, region, queues: queueSettings, buckets: [bucketName], origins });
  takeEnvironment({ loopback: loopback.url, engine: started.url, origin: issuer.origin }, secrets);
  process.env.LOG_LEVEL = process.env.WORLD_LOG_LEVEL ?? 'silent';
  const functions = sourceFunctions();
  const db = new DatabaseSync(started.file, { readOnly: true, timeout: 5000 });
  const keepFailure = failureKeeper(loopback, bucketName);
  const pump = createPump({
    dynamo: started.dynamo,
    table: tableName,
    store,
    consumers: streamConsumers(functions),
    region,
    file,
    keepFailure,
    retryMs: 1,
  });
  plantSchedules(loopback);

  const allRows = (prefix: string, atMost = -1) =>
    db
      .prepare(`SELECT item_json FROM "${tableName}" WHERE pk >= ? AND pk < ? ORDER BY pk, sk LIMIT ?`)
      .all(`S:${prefix}`, `S:${prefix}\u{10ffff}`, atMost);
  // As long as nobody has committed anything the rows are the same, and so is their hash.
  const fileVersion = db.prepare('PRAGMA data_version');
  const hashes = new Map<string, { version: number; hash: string }>();
  const tableHash = (prefix: string): string => {
    const version = Number(fileVersion.get()?.data_version);
    const known = hashes.get(prefix);
    if (known?.version === version) return known.hash;
    const made = createHash('sha256');
    for (const row of allRows(prefix)) made.update(String(row.item_json)).update('\n');
    const hash = made.digest('hex');
    hashes.set(prefix, { version, hash });
    return hash;
  };

  return {
    loopback,
    engine: started,
    dataDir,
    workspace: seedWorkspace,
    invoke: functions.invoke,
    now: movableNow,
    token: issuer.token,
    advance: (duration) => void advanceClock(store, duration),
    lag: () => lagOf(store, { file, table: tableName, consumers: consumerNames }),
    async api(key, method, target, body, headers = {}) {
      const [path = '', query = ''] = target.split(/\?(.*)/s);
      const raw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
      const call = {
        method,
        path,
        query,
        headers: {
          host: issuer.origin.slice('http://'.length),
          'x-origin-secret': secrets.origin,
          ...(key && { authorization: `Bearer ${key}` }),
          ...(!raw && { 'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' }),
          ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
        },
        body: Buffer.from(raw ? ((body as string | Buffer | undefined) ?? '') : JSON.stringify(body)),
        sourceIp: '127.0.0.1',
      };
      const match = matchRoute(method, path);
      const answer = answerOf(await functions.invoke(match.service, eventOf(call, match)));
      const text = answer.body.toString('utf8');
      const json = /json/.test(answer.headers['content-type'] ?? '') && text !== '';
      const told = { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : text };
      // Whoever asks for some fields of each row gets less than the schema says.
      const broken = /(^|&)fields=/.test(query) && told.status === 200 ? undefined : breach(match.routeKey, told);
      if (broken) throw new Error(`The contract is broken. ${broken}`);
      return told;
    },
    async drain({ allowFailures = false } = {}) {
      const before = loopback.buckets.list(bucketName, { prefix: 'failures/', after: '', atMost: 1000 }).length;
      for (let busy = 1; busy > 0; ) {
        busy = await pump.drain();
        busy += await drainQueues(loopback, functions);
        busy += await loopback.schedules.run((schedule) => fireSchedule(loopback, functions, schedule));
        // As on AWS, what has ended is removed long after the stream told of its end.
        if (busy === 0) busy += await sweepExpired(started.dynamo, tableName, { file, now: movableNow() });
      }
      const failures = loopback.buckets.list(bucketName, { prefix: 'failures/', after: '', atMost: 1000 });
      if (!allowFailures && failures.length > before) throw new Error(await readAll(loopback, failures.at(-1)?.file ?? ''));
    },
    storeHash(tenant) {
      const hash = createHash('sha256').update(tableHash(tenant ? `T#${tenant}#` : ''));
      if (!tenant) {
        for (const object of loopback.buckets.list(bucketName, { prefix: '', after: '', atMost: 100_000 }))
          hash.update(object.key + object.etag);
        // What was put off becomes due by itself, so only how much there is counts.
        for (const name of loopback.queues.names) {
          const { waiting, delayed, inFlight } = loopback.queues.depth(name);
          hash.update(`${name} ${waiting + delayed + inFlight}`);
        }
      }
      return hash.digest('hex');
    },
    end(tenant) {
      const own = new DatabaseSync(started.file, { timeout: 5000 });
      const range = [`S:T#${tenant}#`, `S:T#${tenant}#\u{10ffff}`] as const;
      own.exec('BEGIN IMMEDIATE');
      own.prepare(`DELETE FROM "${tableName}" WHERE pk BETWEEN ? AND ?`).run(...range);
      for (const n of [1, 2, 3, 4, 5]) own.prepare(`DELETE FROM "${tableName}::gsi::gsi${n}" WHERE table_pk BETWEEN ? AND ?`).run(...range);
      own.exec('COMMIT');
      own.close();
    },
    rows: (prefix = '', atMost) => allRows(prefix, atMost).map((row) => unmarshall(JSON.parse(String(row.item_json)))),
    async stop() {
      recorder?.stop();
      if (recorder && process.env.RECORDED_CALLS) writeRecord(process.env.RECORDED_CALLS, `${randomUUID()}.json`, recorder.calls());
      await loopback.close();
      await issuer.close();
      await started.stop();
      file.close();
      db.close();
      store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function readAll(loopback: Loopback, file: string): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of loopback.buckets.read(file)) chunks.push(chunk as Buffer);
  return `A stream record failed for good: ${Buffer.concat(chunks).toString('utf8')}`;
}

/** Publishes a key set and signs access tokens as Cognito and the local provider shape them. */
async function startIssuer() {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'world', alg: 'RS256', use: 'sig' };
  const server = createServer((_req, res) =>
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [jwk] })),
  );
  const origin = `http://127.0.0.1:${await listen(server, 0)}`;
  return {
    origin,
    close: () => closed(server),
    token(claims: Record<string, unknown>) {
      const now = Math.floor(Date.now() / 1000);
      const usual = {
        iss: `${origin}/oidc`,
        client_id: clientId,
        token_use: 'access',
        scope: 'openid profile email',
        iat: now,
        exp: now + 3600,
      };
      return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'world', typ: 'JWT' }).sign(privateKey);
    },
  };
}
