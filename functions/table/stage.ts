import { env } from '../kernel/env.ts';
import { tableClient } from './client.ts';
import { Table } from './table.ts';

/** The stage's own space of keys, `S#…`, which belongs to no workspace. Only a few functions may touch it: a test names them. */
export const stageTable = (now: number) => new Table({ client: tableClient(), name: env().TABLE_NAME, space: 'S#', now });
