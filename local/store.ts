import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The loopback's own memory: one SQLite file that the gateway and the consumers open side by side. */
export type Store = DatabaseSync;

const schema = `
  CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS checkpoints (consumer TEXT, shard TEXT, sequence TEXT NOT NULL, PRIMARY KEY (consumer, shard)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS messages (
    n INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, attributes TEXT NOT NULL,
    group_id TEXT, sent_at INTEGER NOT NULL, due_at INTEGER NOT NULL, hidden_until INTEGER NOT NULL DEFAULT 0,
    receives INTEGER NOT NULL DEFAULT 0, first_received INTEGER, receipt TEXT);
  CREATE INDEX IF NOT EXISTS messages_by_queue ON messages (queue, hidden_until, due_at, n);
  CREATE TABLE IF NOT EXISTS events (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, at INTEGER NOT NULL, event TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS schedules (
    grp TEXT, name TEXT, body TEXT NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL, next_at INTEGER, PRIMARY KEY (grp, name)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS schedules_due ON schedules (next_at);
  CREATE TABLE IF NOT EXISTS mail (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, message TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS texts (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, message TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS opted_out (number TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS mail_by_at ON mail (at);
  CREATE TABLE IF NOT EXISTS objects (bucket TEXT, key TEXT, meta TEXT NOT NULL, PRIMARY KEY (bucket, key)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS uploads (id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, meta TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS people (sub TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, person TEXT NOT NULL);
`;

/** Opens (and creates) `aws.db` in the data folder. Write-ahead logging lets two processes share it; what is committed survives kill -9. */
export function openStore(dataDir: string): Store {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const store = new DatabaseSync(join(dataDir, 'aws.db'), { timeout: 10_000 });
  store.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  store.exec(schema);
  return store;
}

/** Runs work as one transaction; a failure undoes it. */
export function atomically<T>(store: Store, work: () => T): T {
  store.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    store.exec('COMMIT');
    return result;
  } catch (error) {
    store.exec('ROLLBACK');
    throw error;
  }
}

export function readSetting(store: Store, name: string): string | undefined {
  const row = store.prepare('SELECT value FROM settings WHERE name = ?').get(name);
  return row === undefined ? undefined : String(row.value);
}

export function writeSetting(store: Store, name: string, value: string): void {
  store.prepare('INSERT INTO settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value').run(name, value);
}
