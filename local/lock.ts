import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Holds a data folder for this process, for as long as it lives: the operating system gives the lock back even after kill -9.
 * Undefined when another process has it after `waitMs`.
 */
export function lockFolder(dataDir: string, name: string, waitMs: number): { release(): void } | undefined {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const db = new DatabaseSync(join(dataDir, `${name}.lock`), { timeout: waitMs });
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
    return { release: () => db.close() };
  } catch (error) {
    db.close();
    // SQLITE_BUSY, in any of its forms.
    if ((((error as { errcode?: number }).errcode ?? 0) & 0xff) === 5) return undefined;
    throw error;
  }
}
