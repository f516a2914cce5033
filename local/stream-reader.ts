import type { Dynamo } from './dynamo.ts';
import { type StreamFile, shardOf } from './stream-file.ts';
import type { StreamRecord } from './stream-record.ts';

export interface StreamSource {
  dynamo: Dynamo;
  table: string;
  /** The engine's own file; absent for a foreign endpoint. */
  file?: StreamFile;
}

const pageSize = 500;
const keptPages = 8;

export interface Page {
  records: StreamRecord[];
  next?: string;
}

/** Reads the stream once for all consumers: those at the same place share a page. From the engine's file where there is one, else by requests. */
export class StreamReader {
  readonly #options: StreamSource;
  readonly #pages = new Map<string, { version?: number; page: Promise<Page> }>();
  #arn?: string;
  #shards?: string[];

  constructor(options: StreamSource) {
    this.#options = options;
  }

  async arn(): Promise<string> {
    if (!this.#arn) {
      const input = { TableName: this.#options.table };
      const { Table } = await this.#options.dynamo.call<{ Table: { LatestStreamArn?: string } }>('DescribeTable', input);
      if (!Table.LatestStreamArn) throw new Error(`The table ${this.#options.table} has no stream.`);
      this.#arn = Table.LatestStreamArn;
    }
    return this.#arn;
  }

  async shards(): Promise<string[]> {
    if (this.#options.file) return [shardOf(this.#options.table)];
    if (!this.#shards) {
      type Answer = { StreamDescription: { Shards: { ShardId: string }[] } };
      const { StreamDescription } = await this.#options.dynamo.streams<Answer>('DescribeStream', { StreamArn: await this.arn() });
      this.#shards = StreamDescription.Shards.map((shard) => shard.ShardId);
    }
    return this.#shards;
  }

  forgetShards(): void {
    this.#shards = undefined;
  }

  async iteratorAfter(shard: string, sequence: string | undefined): Promise<string> {
    if (this.#options.file) return sequence ?? '0';
    const place = sequence
      ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: sequence }
      : { ShardIteratorType: 'TRIM_HORIZON' };
    const input = { StreamArn: await this.arn(), ShardId: shard, ...place };
    return (await this.#options.dynamo.streams<{ ShardIterator: string }>('GetShardIterator', input)).ShardIterator;
  }

  /** A full page never changes; one at the stream's end is read anew as soon as the file has changed. */
  async page(iterator: string): Promise<Page> {
    const version = this.#options.file?.version();
    const kept = this.#pages.get(iterator);
    if (kept && version !== undefined && (kept.version === version || (await kept.page).records.length === pageSize)) return kept.page;
    const page = this.#read(iterator);
    this.#pages.set(iterator, { version, page });
    page.catch(() => this.#pages.delete(iterator));
    for (const old of [...this.#pages.keys()].slice(0, -keptPages)) this.#pages.delete(old);
    return page;
  }

  async #read(iterator: string): Promise<Page> {
    const { file } = this.#options;
    if (file) {
      const records = file.records(iterator, pageSize);
      return { records, next: records.at(-1)?.dynamodb.SequenceNumber ?? iterator };
    }
    type Answer = { Records: StreamRecord[]; NextShardIterator?: string };
    const answer = await this.#options.dynamo.streams<Answer>('GetRecords', { ShardIterator: iterator, Limit: pageSize });
    return { records: answer.Records, next: answer.NextShardIterator };
  }
}
