import { env } from '../kernel/env.ts';
import { tableClient } from './client.ts';
import { type Consumed, Table } from './table.ts';

let meter: ((consumed: Consumed) => void) | undefined;
/** Has every table of this process tell what its calls consume. For the published costs. */
export const measureWith = (into: typeof meter) => {
  meter = into;
};

/** The table, bound to one workspace's space of keys. */
export const tableOf = (tenant: string, now: number) =>
  new Table({ client: tableClient(), name: env().TABLE_NAME, space: `T#${tenant}#`, now, ...(meter && { meter }) });
