import type { StatementSync } from 'node:sqlite';
import { streamSource } from '../lib/stream.ts';
import { DynamoError } from './dynamo.ts';
import type { Store } from './store.ts';
import { type StreamFile, shardOf } from './stream-file.ts';
import { StreamReader, type StreamSource } from './stream-reader.ts';
import { asLambdaSees, isWanted, type StreamRecord } from './stream-record.ts';

export interface BatchAnswer {
  batchItemFailures?: { itemIdentifier: string | null }[];
}

/** One event source mapping: a function that gets batches of the table's changes, in order. */
export interface Consumer {
  name: string;
  batchSize: number;
  deliver(event: { Records: StreamRecord[] }): Promise<unknown>;
}

/** Without the engine's own file, lag is only what the last page showed. */
export interface PumpOptions extends StreamSource {
  store: Store;
  consumers: Consumer[];
  region: string;
  /** Keeps a record that failed for good, whole. */
  keepFailure(consumer: string, record: StreamRecord, error: string): Promise<void>;
  /** The first pause before a retry; it doubles up to 50 times itself. */
  retryMs?: number;
}

/** One consumer's way along the stream. Its checkpoint moves only after a batch is done, so a crash repeats, never skips. */
class Cursor {
  readonly #options: PumpOptions;
  readonly #reader: StreamReader;
  readonly #consumer: Consumer;
  readonly #read: StatementSync;
  readonly #write: StatementSync;
  readonly #iterators = new Map<string, string>();
  readonly #failed = new Map<string, number>();
  /** Records of the page at hand that are not done yet. */
  pending = 0;

  constructor(options: PumpOptions, reader: StreamReader, consumer: Consumer) {
    this.#options = options;
    this.#reader = reader;
    this.#consumer = consumer;
    this.#read = options.store.prepare('SELECT sequence FROM checkpoints WHERE consumer = ? AND shard = ?');
    this.#write = options.store.prepare(
      'INSERT INTO checkpoints VALUES (?, ?, ?) ON CONFLICT (consumer, shard) DO UPDATE SET sequence = excluded.sequence',
    );
  }

  sequence(shard: string): string | undefined {
    const row = this.#read.get(this.#consumer.name, shard);
    return row === undefined ? undefined : String(row.sequence);
  }

  #keep(shard: string, sequence: string): void {
    this.#write.run(this.#consumer.name, shard, sequence);
  }

  /** Works until the stream holds nothing more for this consumer, or `stopped` says so; returns how many records it passed. */
  async catchUp(stopped: () => boolean): Promise<number> {
    let passed = 0;
    for (let moved = true; moved && !stopped(); ) {
      moved = false;
      for (const shard of await this.#reader.shards()) {
        const count = await this.#onePage(shard, stopped);
        passed += count;
        moved ||= count > 0;
      }
    }
    return passed;
  }

  async #onePage(shard: string, stopped: () => boolean): Promise<number> {
    const iterator = this.#iterators.get(shard) ?? (await this.#reader.iteratorAfter(shard, this.sequence(shard)));
    if (iterator === '') return 0;
    const page = await this.#reader.page(iterator).catch((error: unknown) => {
      if (error instanceof DynamoError && /Expired|Trimmed/.test(error.code)) return undefined;
      throw error;
    });
    if (!page) {
      this.#iterators.delete(shard);
      return 1;
    }
    this.pending = page.records.length;
    const done = await this.#deliverAll(shard, page.records, stopped);
    this.pending = 0;
    if (!done) return 0;
    if (page.next === undefined) this.#reader.forgetShards();
    this.#iterators.set(shard, page.next ?? '');
    return page.records.length;
  }

  async #deliverAll(shard: string, records: StreamRecord[], stopped: () => boolean): Promise<boolean> {
    const last = records.at(-1);
    if (!last) return true;
    let rest = records.filter(isWanted);
    let size = this.#consumer.batchSize;
    while (rest.length > 0) {
      if (stopped()) {
        this.#iterators.delete(shard);
        return false;
      }
      const batch = rest.slice(0, size);
      const done = await this.#deliver(shard, batch);
      if (done > 0) this.#keep(shard, batch[done - 1]?.dynamodb.SequenceNumber as string);
      rest = rest.slice(done);
      this.pending = rest.length;
      // Bisecting: after a failure a smaller batch is tried, after a success the usual one again.
      size = done === batch.length ? this.#consumer.batchSize : Math.max(1, done > 0 ? size : Math.floor(batch.length / 2));
    }
    this.#keep(shard, last.dynamodb.SequenceNumber);
    return true;
  }

  /** Hands over one batch; returns how many records from its front are done with. */
  async #deliver(shard: string, batch: StreamRecord[]): Promise<number> {
    const arn = await this.#reader.arn();
    const Records = batch.map((record) => asLambdaSees(record, arn, this.#options.region));
    let failedAt: number;
    let reason = 'reported as failed';
    try {
      failedAt = firstFailure(batch, (await this.#consumer.deliver({ Records })) as BatchAnswer | undefined);
    } catch (error) {
      failedAt = 0;
      reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      if (batch.length > 1) return 0;
    }
    const failed = batch[failedAt];
    if (!failed) return batch.length;
    return failedAt + ((await this.#givenUp(shard, failed, reason)) ? 1 : 0);
  }

  async #givenUp(shard: string, record: StreamRecord, reason: string): Promise<boolean> {
    const id = `${shard}#${record.dynamodb.SequenceNumber}`;
    const count = (this.#failed.get(id) ?? 0) + 1;
    this.#failed.set(id, count);
    if (count < streamSource.retryAttempts) {
      const pause = (this.#options.retryMs ?? 100) * Math.min(50, 2 ** (count - 1));
      await new Promise((resolve) => setTimeout(resolve, pause));
      return false;
    }
    this.#failed.delete(id);
    await this.#options.keepFailure(this.#consumer.name, record, reason);
    return true;
  }
}

/** Index of the first record that failed, or the batch's length. An unknown identifier fails the whole batch, as Lambda has it. */
function firstFailure(batch: StreamRecord[], answer: BatchAnswer | undefined): number {
  const failures = answer?.batchItemFailures ?? [];
  const places = failures.map(({ itemIdentifier }) => batch.findIndex((record) => record.dynamodb.SequenceNumber === itemIdentifier));
  return places.length === 0 ? batch.length : Math.max(0, Math.min(...places));
}

export interface Pump {
  /** Works through all there is, for every consumer; returns how many records were passed. */
  drain(): Promise<number>;
  /** Follows the stream until `stop`. */
  start(): void;
  stop(): Promise<void>;
  /** Records of the page at hand that wait, per consumer: all that can be told of a foreign endpoint. */
  lag(): Record<string, number>;
}

const prunedAtOnce = 500;

/** Reads the table's stream and drives its consumers. One pump at a time may run on a data folder. */
export function createPump(options: PumpOptions): Pump {
  const reader = new StreamReader(options);
  const cursors = options.consumers.map((consumer) => ({ consumer, cursor: new Cursor(options, reader, consumer) }));
  let stopping = false;
  let loops: Promise<void>[] = [];

  /** Forgets what every consumer has passed; false when there may be more to forget. */
  function prune(): boolean {
    const sequences = cursors.map(({ cursor }) => Number(cursor.sequence(shardOf(options.table)) ?? 0));
    return !options.file || sequences.length === 0 || options.file.prune(Math.min(...sequences), prunedAtOnce) < prunedAtOnce;
  }

  /** Under load it looks as seldom as its own work takes, so that what comes one by one is worked through in batches. */
  async function follow(cursor: Cursor): Promise<void> {
    let seen = -1;
    while (!stopping) {
      const began = performance.now();
      // Whatever fails here, a busy file or an engine that is starting again, is tried again: this loop ends only with the product.
      try {
        const last = options.file?.lastSequence() ?? seen + 1;
        if (last !== seen) await cursor.catchUp(() => stopping);
        seen = last;
      } catch {
        seen = -1;
      }
      await pause(Math.min(250, Math.max(options.file && seen >= 0 ? 20 : 250, performance.now() - began)));
    }
  }

  /** In small steps and seldom, so that the engine's own writes come in between. */
  async function followPruning(): Promise<void> {
    while (!stopping) {
      let done = true;
      try {
        done = prune();
      } catch {
        // The file was busy; there is no hurry.
      }
      await pause(done ? 2_000 : 50);
    }
  }

  return {
    async drain() {
      const passed = await Promise.all(cursors.map(({ cursor }) => cursor.catchUp(() => false)));
      const sum = passed.reduce((total, count) => total + count, 0);
      if (sum > 0) while (!prune());
      return sum;
    },
    start() {
      stopping = false;
      loops = [...cursors.map(({ cursor }) => follow(cursor)), followPruning()];
    },
    async stop() {
      stopping = true;
      await Promise.all(loops);
    },
    lag: () => Object.fromEntries(cursors.map(({ consumer, cursor }) => [consumer.name, cursor.pending])),
  };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Records behind, per consumer, read from the engine's file and the checkpoints, so that any process can tell. */
export function lagOf(store: Store, options: { file: StreamFile; table: string; consumers: string[] }): Record<string, number> {
  const last = options.file.lastSequence();
  const read = store.prepare('SELECT sequence FROM checkpoints WHERE consumer = ? AND shard = ?');
  const behind = (consumer: string) => Math.max(0, last - Number(read.get(consumer, shardOf(options.table))?.sequence ?? 0));
  return Object.fromEntries(options.consumers.map((consumer) => [consumer, behind(consumer)]));
}
