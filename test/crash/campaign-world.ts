import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fieldsOf } from '../../functions/table/attributes.ts';
import type { Item } from '../../functions/table/entity.ts';
import { clockOffset, setClockOffset } from '../../local/clock.ts';
import { ensureTable, startEngine, tableDefinition } from '../../local/engine.ts';
import { sourceFunctions } from '../../local/functions.ts';
import { type Loopback, startLoopback } from '../../local/loopback.ts';
import { openSecrets } from '../../local/secret.ts';
import { bucketName, queueSettings, region, tableName, takeEnvironment } from '../../local/settings.ts';
import { openStore } from '../../local/store.ts';

/** Engine and loopback in one process without the stream's consumers: sending needs neither history nor search. */
export interface CampaignWorld {
  loopback: Loopback;
  /** Runs a function with its own time left, in milliseconds. */
  invoke(name: string, event: unknown, msLeft: () => number): Promise<unknown>;
  /** Moves the product's clock forward. */
  advance(ms: number): void;
  /** Rows whose partition key begins so, and whose sort key does. */
  rows(prefix: string, sort?: string): Item[];
  stop(): Promise<void>;
}

type Handler = (event: unknown, context: object) => Promise<unknown>;

export async function startCampaignWorld(): Promise<CampaignWorld> {
  const dataDir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'suki-crash-'));
  const secrets = openSecrets(dataDir);
  const engine = await startEngine({ dataDir, credentials: secrets, region });
  const { StreamSpecification: _, ...table } = tableDefinition(tableName);
  await engine.dynamo.call('CreateTable', table);
  await ensureTable(engine.dynamo, tableName);
  const store = openStore(dataDir);
  const loopback = await startLoopback({ store, dataDir, secrets, region, queues: queueSettings, buckets: [bucketName], origins: [] });
  takeEnvironment({ loopback: loopback.url, engine: engine.url, origin: 'http://127.0.0.1:1' }, secrets);
  process.env.LOG_LEVEL = process.env.WORLD_LOG_LEVEL ?? 'silent';
  loopback.sending.set({ perSecond: 1_000_000, perDay: 1_000_000_000 });
  const db = new DatabaseSync(engine.file, { readOnly: true, timeout: 5_000 });
  const select = db.prepare(`SELECT item_json FROM "${tableName}" WHERE pk >= ? AND pk < ? AND sk >= ? AND sk < ? ORDER BY pk, sk`);
  const functions = sourceFunctions();
  return {
    loopback,
    invoke: async (name, event, msLeft) =>
      ((await functions.handler(name)) as Handler)(event, { awsRequestId: crypto.randomUUID(), getRemainingTimeInMillis: msLeft }),
    advance: (ms) => setClockOffset(clockOffset() + ms),
    rows: (prefix, sort = '') =>
      select
        .all(`S:${prefix}`, `S:${prefix}\u{10ffff}`, `S:${sort}`, `S:${sort}\u{10ffff}`)
        .map((row) => fieldsOf(JSON.parse(String(row.item_json))) as Item),
    async stop() {
      await loopback.close();
      await engine.stop();
      db.close();
      store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
