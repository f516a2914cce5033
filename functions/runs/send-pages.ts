import type { Ctx } from '../context.ts';
import type { RunKey } from './run.ts';
import { sendPartition, sendRange } from './send.entity.ts';

/** The sends of a run, shard by shard. */

/** Where a page ended: after a row of its shard, or, without a key, at a shard's end. */
export type SendPosition = { shard: number; pk?: string; sk?: string };
type Shards = { shards: number; atMost: number; from: SendPosition };

/** One page of one shard, and where the next begins: in it, or in the next one. 0.5 R a ten sends. */
export async function pageOfShard({ table, tenant }: Pick<Ctx, 'table' | 'tenant'>, run: RunKey, { shards, atMost, from }: Shards) {
  const pk = sendPartition(tenant, { run, shard: from.shard });
  const after = from.sk === undefined ? undefined : { pk, sk: from.sk };
  const { items, lastKey, examined } = await table.query({ pk, range: sendRange, limit: atMost, after });
  const next = from.shard + 1;
  const end: SendPosition | undefined = next < shards ? { shard: next } : undefined;
  return { items, lastKey: (lastKey ? { ...lastKey, shard: from.shard } : end) as Record<string, unknown> | undefined, examined };
}
