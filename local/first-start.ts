import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Holds from the first moment on a new folder until its workspaces are made: nobody can have worked there before. */
const marker = 'first-start';
const made = ['table.db', 'aws.db', 'objects'];

/**
 * A first start that was killed half-way begins again from nothing, because half a workspace cannot be told from a whole one.
 * Called with the folder locked, before anything is opened. Only what that start itself had made is removed.
 */
export function beginFirstStart(dataDir: string): void {
  const isMade = (name: string) => made.some((one) => name === one || name.startsWith(`${one}-`));
  if (existsSync(join(dataDir, marker)))
    for (const name of readdirSync(dataDir).filter(isMade)) rmSync(join(dataDir, name), { recursive: true, force: true });
  else if (!existsSync(join(dataDir, 'table.db')) && !existsSync(join(dataDir, 'aws.db'))) writeFileSync(join(dataDir, marker), '');
}

/** The workspaces are there and their keys are kept: from now on nothing here is ever removed. */
export const endFirstStart = (dataDir: string): void => rmSync(join(dataDir, marker), { force: true });
