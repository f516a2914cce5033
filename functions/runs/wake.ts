import { GuardError } from '../table/entity.ts';
import { hint } from './hints.ts';
import { shardEntity } from './run.entity.ts';
import type { RunKey } from './run.ts';
import { replacing, type Worker } from './run-rows.ts';
import { woken } from './shard.ts';

/** Wakes a shard that rests. One that is worked on is counted once it rests again, and woken by that. */
export async function wakeShard(worker: Worker, key: RunKey, number: number): Promise<void> {
  const id = { ...key, number };
  const item = await worker.table.get(shardEntity.key(worker.tenant, id));
  const shard = item && shardEntity.decode(item);
  if (!shard || shard.state === 'live') return;
  try {
    await worker.table.commit([replacing(worker, shardEntity, { id, from: item, to: woken(shard, worker.now) }).action]);
    await hint([{ tenant: worker.tenant, at: worker.iso, run: key, shard: number }]);
  } catch (error) {
    if (!(error instanceof GuardError)) throw error;
  }
}
