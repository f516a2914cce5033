import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { attributesOf } from '../../functions/table/attributes.ts';
import type { Item } from '../../functions/table/entity.ts';
import { findEngine, tableDefinition } from '../../local/engine.ts';
import { tableName } from '../../local/settings.ts';

const perPart = 20_000;
const copiedAtOnce = 50_000;

/**
 * Puts very many rows into the table of an engine that runs: its own import makes a file of them, a sixth of what as many puts cost, and
 * the rows of that file are copied over. The stream is told nothing of them.
 */
export async function bulkLoad(engineFile: string, items: Iterable<Item>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'suki-bulk-'));
  try {
    writeExport(join(folder, tableName, 'data'), items);
    const schema = join(folder, 'schema.json');
    writeFileSync(schema, JSON.stringify({ Table: { ...tableDefinition(tableName), TableStatus: 'ACTIVE' } }));
    const found = findEngine();
    if ('problem' in found) throw new Error(found.problem);
    const output = join(folder, 'bulk.db');
    await promisify(execFile)(found.program, ['import', '--source', folder, '--schema', schema, '--output', output]);
    copyRows(engineFile, output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In the form of DynamoDB's export to S3: one row a line, compressed. */
function writeExport(folder: string, items: Iterable<Item>): void {
  mkdirSync(folder, { recursive: true });
  let lines: string[] = [];
  let parts = 0;
  const writePart = () => {
    if (lines.length > 0) writeFileSync(join(folder, `${parts++}.json.gz`), gzipSync(`${lines.join('\n')}\n`, { level: 1 }));
    lines = [];
  };
  for (const item of items) {
    lines.push(JSON.stringify({ Item: attributesOf(item) }));
    if (lines.length === perPart) writePart();
  }
  writePart();
}

/** Table and indexes are of one engine, so they have the same columns. In parts, so that the log of the file stays small. */
function copyRows(engineFile: string, from: string): void {
  const db = new DatabaseSync(engineFile, { timeout: 60_000 });
  try {
    db.prepare('ATTACH ? AS bulk').run(from);
    const tables = db.prepare("SELECT name FROM bulk.sqlite_master WHERE type = 'table' AND (name = ?1 OR name LIKE ?1 || '::gsi::%')");
    for (const { name } of tables.all(tableName)) {
      const last = Number(db.prepare(`SELECT COALESCE(MAX(rowid), 0) AS n FROM bulk."${name}"`).get()?.n);
      const copy = db.prepare(`INSERT INTO main."${name}" SELECT * FROM bulk."${name}" WHERE rowid > ? AND rowid <= ?`);
      for (let start = 0; start < last; start += copiedAtOnce) copy.run(start, start + copiedAtOnce);
    }
  } finally {
    db.close();
  }
}
