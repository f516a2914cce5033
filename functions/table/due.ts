import { hashOf } from '../kernel/ids.ts';
import type { Key } from './entity.ts';

/**
 * What is due, of every workspace, on the one stage-wide index:
 * gsi5 S#DUE#<0..15> / <iso>#<tenant>#<kind>#<id>     keys only; no hour in the key, so that what fell due during an outage is found
 * A row is due while it has this entry. Whoever deals with it moves the entry or takes it away, in the commit of what it does.
 */
export type Due = {
  /** RFC 3339 in UTC. */
  at: string;
  tenant: string;
  /** What is due: it names the worker. Letters only. */
  kind: string;
  /** Of the row that is due, in the kind's own words; may hold `#`. */
  id: string;
};

const shards = 16;
const shardOf = (id: string) => Number.parseInt(Buffer.from(hashOf(id, 8), 'base64url').toString('hex').slice(0, 4), 16) % shards;

/** Everything due is spread over these; the sweep reads them all. */
export const duePartitions = Array.from({ length: shards }, (_, shard) => `S#DUE#${shard}`);

/** The entry of a row in the due index. */
export const dueKey = ({ at, tenant, kind, id }: Due): Key => ({ pk: `S#DUE#${shardOf(id)}`, sk: `${at}#${tenant}#${kind}#${id}` });

/** What an entry of the due index says; undefined for what is none. */
export function readDue(sk: string): Due | undefined {
  const [at, tenant, kind, ...id] = sk.split('#');
  return at && tenant && kind && id.length > 0 ? { at, tenant, kind, id: id.join('#') } : undefined;
}
