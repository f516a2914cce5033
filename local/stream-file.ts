import { DatabaseSync } from 'node:sqlite';
import type { StreamRecord } from './stream-record.ts';

/** The engine's own file, read beside it: what its protocol cannot tell or do. */
export interface StreamFile {
  lastSequence(): number;
  /** Changes whenever the engine has committed something; costs microseconds, so it may be asked often. */
  version(): number;
  /** The records after `sequence`, in order: what GetRecords tells, without a request, and without the engine's own work on it. */
  records(sequence: string, atMost: number): StreamRecord[];
  /** Removes stream records up to and including `sequence`, at most `atMost`, never the newest; returns how many. Throws where the file stays busy. */
  prune(sequence: number, atMost?: number): number;
  /** Keys of rows whose `ttl` (seconds) lies before `now`, at most `atMost`. */
  expired(nowSeconds: number, atMost?: number): { pk: string; sk: string }[];
  queryPlan(): string;
  close(): void;
}

/** The engine's one shard of a table. */
export const shardOf = (table: string) => `shardId-00000001-${table}`;

/** The engine keeps `S:` before a key that is a string. */
const withoutType = (key: unknown) => String(key).slice(2);

const number = 'CAST(sequence_number AS INTEGER)';
const nextSequence = `SELECT COALESCE(MAX(${number}), 0) AS n FROM _stream_records WHERE table_name = ?`;
const ttl = `CAST(json_extract(item_json, '$.ttl.N') AS INTEGER)`;

/**
 * What the engine lacks. An index for the next number, without which every put reads all stream records ever written. And the filter of
 * `lib/stream.ts` where records are written: a row without `e` in any image wakes nobody, and eight of ten rows are such. Numbers go on
 * from the newest record that there is, so that one which is never written leaves no gap.
 */
const cure = (table: string) => `
  CREATE INDEX IF NOT EXISTS ix_stream_seq ON _stream_records(table_name, ${number});
  CREATE TRIGGER IF NOT EXISTS only_sources BEFORE INSERT ON _stream_records
    WHEN json_type(NEW.new_image, '$.e') IS NULL AND json_type(NEW.old_image, '$.e') IS NULL
    BEGIN SELECT RAISE(IGNORE); END;
  CREATE INDEX IF NOT EXISTS "ix_ttl_${table}" ON "${table}" (${ttl}) WHERE ${ttl} IS NOT NULL;
`;

/** Opens the engine's file and cures it. Works while the engine runs. */
export function openStreamFile(file: string, table: string): StreamFile {
  const db = new DatabaseSync(file, { timeout: 10_000 });
  db.exec(cure(table));
  // Pruning can wait; whoever prunes also delivers, and must not be held up while the engine writes.
  const pruning = new DatabaseSync(file, { timeout: 50 });
  const last = db.prepare(nextSequence);
  const version = db.prepare('PRAGMA data_version');
  const after = db.prepare(`SELECT * FROM _stream_records WHERE table_name = ? AND ${number} > ? ORDER BY ${number} LIMIT ?`);
  const doomed = pruning.prepare(`DELETE FROM _stream_records WHERE id IN (SELECT id FROM _stream_records
    WHERE table_name = ?1 AND ${number} <= ?2 ORDER BY ${number} LIMIT ?3)`);
  const old = db.prepare(`SELECT pk, sk FROM "${table}" WHERE ${ttl} IS NOT NULL AND ${ttl} < ? ORDER BY ${ttl} LIMIT ?`);
  const lastSequence = () => Number(last.get(table)?.n ?? 0);
  return {
    lastSequence,
    version: () => Number(version.get()?.data_version),
    records: (sequence, atMost) => after.all(table, Number(sequence), atMost).map(recordOf),
    prune: (sequence, atMost = 500) => Number(doomed.run(table, Math.min(sequence, lastSequence() - 1), atMost).changes),
    expired: (now, atMost = 100) => old.all(now, atMost).map(({ pk, sk }) => ({ pk: withoutType(pk), sk: withoutType(sk) })),
    queryPlan: () =>
      db
        .prepare(`EXPLAIN QUERY PLAN ${nextSequence}`)
        .all(table)
        .map((row) => String(row.detail))
        .join('\n'),
    close: () => {
      pruning.close();
      db.close();
    },
  };
}

/** A row of the engine's records as GetRecords tells it. */
function recordOf(row: Record<string, unknown>): StreamRecord {
  const sequence = String(row.sequence_number);
  const image = (name: string, text: unknown) => (text === null ? {} : { [name]: JSON.parse(String(text)) });
  const identity = row.user_identity === null ? {} : { userIdentity: JSON.parse(String(row.user_identity)) };
  return {
    eventID: `${row.shard_id}#${sequence}`,
    eventName: row.event_name as StreamRecord['eventName'],
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: '',
    ...identity,
    dynamodb: {
      Keys: JSON.parse(String(row.keys_json)),
      ...image('NewImage', row.new_image),
      ...image('OldImage', row.old_image),
      SequenceNumber: sequence,
      SizeBytes: String(row.new_image ?? '').length + String(row.old_image ?? '').length,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
      ApproximateCreationDateTime: Number(row.created_at),
    },
  };
}
