import { join } from 'node:path';
import { readJson, writePrivate } from '../identity/store.ts';

/** What is kept of the demo beside the data: when its story starts, whether it is told, and where the told customers are. */
export interface DemoState {
  seed: string;
  start: string;
  done: boolean;
  /** Customer ids of the eight told ones, by their key. */
  told: Record<string, string>;
}

const fileOf = (dataDir: string) => join(dataDir, 'demo.json');

export const readState = (dataDir: string) => readJson<DemoState>(fileOf(dataDir));

export const writeState = (dataDir: string, state: DemoState) => writePrivate(fileOf(dataDir), `${JSON.stringify(state, null, 2)}\n`);
