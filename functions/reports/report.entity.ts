import type { Item, Key } from '../table/entity.ts';
import { startingWith } from '../table/ranges.ts';
import { Tally } from './tally.ts';

/** pk T#<tenant>#RPT#<campaign>#<occurrence>  sk <shard>     what a recount of one shard's messages came to (derived): t the tally, at when */
export type CountedShard = { shard: number; tally: Tally; asOf: string };

const partition = (tenant: string, { campaignId, occurrence }: { campaignId: string; occurrence: string }) =>
  `T#${tenant}#RPT#${campaignId}#${occurrence}`;

export const reportRange = (tenant: string, run: { campaignId: string; occurrence: string }) => ({
  pk: partition(tenant, run),
  range: startingWith(''),
});

export const reportRow = (tenant: string, run: { campaignId: string; occurrence: string }, { shard, tally, asOf }: CountedShard): Item => ({
  ...reportKey(tenant, run, shard),
  t: tally,
  at: asOf,
});

const reportKey = (tenant: string, run: { campaignId: string; occurrence: string }, shard: number): Key => ({
  pk: partition(tenant, run),
  sk: String(shard).padStart(2, '0'),
});

export const countedShard = (item: Item): CountedShard => ({ shard: Number(item.sk), tally: Tally.parse(item.t), asOf: String(item.at) });
