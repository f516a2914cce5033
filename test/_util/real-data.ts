import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe } from 'vitest';
import { describeWorld } from './world.ts';

/** Data of other people's making, kept beside the repository and never in it. */
const folder = resolve(import.meta.dirname, '../../../shared/data');
const isThere = existsSync(folder);

export const realFile = (name: string): Buffer => readFileSync(resolve(folder, name));

/** `describe`, or a skip that says so where the real data are not beside the repository. */
export const describeRealData = isThere ? describeWorld : describe.skip;
if (!isThere) console.warn('skipped: the real data are not there (../shared/data)');
