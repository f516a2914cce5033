import type { Key } from '../table/entity.ts';

/** pk T#<tenant>#CNT  sk ~     the workspace's counters; apart from the sums, so that whoever reads a number need not carry every noun. */
export const counterKey = (tenant: string): Key => ({ pk: `T#${tenant}#CNT`, sk: '~' });
