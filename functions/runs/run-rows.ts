import type { Agent } from '../agent.ts';
import type { Action, Item, Key, Stamp } from '../table/entity.ts';
import type { Plan } from './plan.ts';
import { planEntity, progressEntity, runEntity, runPartition, shardEntity, tallyEntity } from './run.entity.ts';
import type { Run, RunKey } from './run.ts';
import type { Progress, Shard, Tally } from './shard.ts';

/** What works on runs needs of an agent or of a request's context. */
export type Worker = Pick<Agent, 'table' | 'tenant' | 'stamp' | 'now' | 'workspace' | 'newId' | 'iso'>;

/** A row with the item it was read from, which guards its next write. */
export type Held<T> = { item: Item; row: T };

type Entity<T, Id> = {
  decode: (item: Item) => T;
  update: (tenant: string, id: Id, change: { from: Item; to: T }, stamp: Stamp) => Action[];
};

/** The write of a row that must still be as it was read, and the row as it is after it. */
export function replacing<T, Id>(
  { tenant, stamp }: Pick<Worker, 'tenant' | 'stamp'>,
  entity: Entity<T, Id>,
  { id, from, to }: { id: Id; from: Item; to: T },
): { action: Action; held: Held<T> } {
  const [action] = entity.update(tenant, id, { from, to }, stamp);
  if (!action || !('put' in action)) throw new Error('a row is replaced by a put');
  return { action, held: { item: action.put, row: { ...to, version: action.put.v } as T } };
}

export type RunRows = {
  key: RunKey;
  run: Held<Run>;
  plan: Plan;
  progress: Held<Progress>;
  shards: Held<Shard>[];
  tallies: Map<number, Held<Tally>>;
};

const held = <T>(entity: { decode: (item: Item) => T }, item: Item): Held<T> => ({ item, row: entity.decode(item) });

/** All rows of a run but its sends, in one Query: 5 R for the plan of a long campaign, 1 R for ten shards. Undefined where there is no run. */
export async function readRun({ table, tenant }: Worker, key: RunKey): Promise<RunRows | undefined> {
  const items = await table.queryAll({ pk: runPartition(tenant, key), strong: true });
  const bySk = new Map(items.map((item) => [item.sk, item]));
  const [run, plan, progress] = ['META', 'PLAN', 'PROGRESS'].map((sk) => bySk.get(sk));
  if (!run || !plan || !progress) return undefined;
  const startingWith = (prefix: string) => items.filter(({ sk }) => sk.startsWith(prefix));
  return {
    key,
    run: held(runEntity, run),
    plan: planEntity.decode(plan),
    progress: held(progressEntity, progress),
    shards: startingWith('SHARD#').map((item) => held(shardEntity, item)),
    tallies: new Map(startingWith('COUNT#').map((item) => [Number(item.sk.slice(-2)), held(tallyEntity, item)])),
  };
}

/** What a worker of one shard must know: the run, its plan and the shard, strongly consistent. 3 R. */
export async function readShard({ table, tenant }: Worker, key: RunKey, number: number) {
  const keys: Key[] = [runEntity.key(tenant, key), planEntity.key(tenant, key), shardEntity.key(tenant, { ...key, number })];
  const [run, plan, shard] = await table.getMany(keys, { strong: true });
  return run && plan && shard ? { run: runEntity.decode(run), plan: planEntity.decode(plan), shard: held(shardEntity, shard) } : undefined;
}
