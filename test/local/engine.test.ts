import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, ensureTable, findEngine, startEngine, sweepExpired } from '../../local/engine.ts';
import { openStreamFile, type StreamFile, shardOf } from '../../local/stream-file.ts';
import type { StreamRecord } from '../../local/stream-record.ts';
import { describeWorld } from '../_util/world.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const TableName = 'suki';

interface TableAnswer {
  GlobalSecondaryIndexes: { IndexName: string; Projection: { ProjectionType: string } }[];
  StreamSpecification: object;
}

describe('finding the engine', () => {
  it('says in one sentence what to do where none is installed', () => {
    const found = findEngine({ DYNOXIDE_BIN: '/nowhere/dynoxide' });
    expect(found).toEqual({ problem: 'DYNOXIDE_BIN names no file: /nowhere/dynoxide' });
  });
});

describeWorld('the embedded engine', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'suki-engine-'));
  let engine: Engine;
  let file: StreamFile;
  const put = (pk: string, more = {}) =>
    engine.dynamo.call('PutItem', { TableName, Item: { pk: { S: pk }, sk: { S: '~' }, e: { S: 'test' }, ...more } });
  beforeAll(async () => {
    engine = await startEngine({ dataDir, credentials, region: 'us-east-1' });
    await ensureTable(engine.dynamo, TableName, engine.file);
    file = openStreamFile(engine.file, TableName);
  });
  afterAll(async () => {
    file.close();
    await engine.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('finds the next stream number by an index, so that a put costs the same however many records there are', () => {
    expect(file.queryPlan()).toMatch(/USING (COVERING )?INDEX ix_stream_seq/);
    expect(file.queryPlan()).not.toMatch(/SCAN/);
  });

  it('has the table of the cloud: five indexes, both images on the stream, time to live', async () => {
    const { Table } = await engine.dynamo.call<{ Table: TableAnswer }>('DescribeTable', { TableName });
    expect(Table.GlobalSecondaryIndexes.map((index) => [index.IndexName, index.Projection.ProjectionType])).toEqual([
      ['gsi1', 'INCLUDE'],
      ['gsi2', 'INCLUDE'],
      ['gsi3', 'KEYS_ONLY'],
      ['gsi4', 'INCLUDE'],
      ['gsi5', 'KEYS_ONLY'],
    ]);
    expect(Table.StreamSpecification).toEqual({ StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' });
    const ttl = await engine.dynamo.call<{ TimeToLiveDescription: object }>('DescribeTimeToLive', { TableName });
    expect(ttl.TimeToLiveDescription).toMatchObject({ TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' });
  });

  it('removes what time to live has passed, and not what was prolonged', async () => {
    await put('old', { ttl: { N: '100' } });
    await put('later', { ttl: { N: '300' } });
    await put('lasting');
    expect(await sweepExpired(engine.dynamo, TableName, { file, now: 200_000 })).toBe(1);
    expect(file.expired(1000)).toEqual([{ pk: 'later', sk: '~' }]);
  });

  it('prunes read stream records but never the newest, so that numbers go on', async () => {
    for (let n = 0; n < 30; n++) await put(`row ${n}`);
    const last = file.lastSequence();
    while (file.prune(Number.MAX_SAFE_INTEGER, 10) > 0);
    expect(file.lastSequence()).toBe(last);
    await put('next');
    expect(file.lastSequence()).toBe(last + 1);
  });

  it('writes a stream record for rows that wake a consumer and for no other, and its numbers go on without a gap', async () => {
    const before = file.lastSequence();
    const derived = { TableName, Item: { pk: { S: 'word' }, sk: { S: '~' }, x: { M: { e: { S: 'no noun' } } } } };
    await engine.dynamo.call('PutItem', derived);
    await put('source', { v: { N: '1' } });
    await engine.dynamo.call('PutItem', { ...derived, Item: { ...derived.Item, x: { S: 'again' } } });
    await put('source', { v: { N: '2' } });
    await engine.dynamo.call('DeleteItem', { TableName, Key: { pk: derived.Item.pk, sk: derived.Item.sk } });
    await engine.dynamo.call('DeleteItem', { TableName, Key: { pk: { S: 'source' }, sk: { S: '~' } } });
    const told = file.records(String(before), 10).map(({ eventName, dynamodb }) => [eventName, Number(dynamodb.SequenceNumber) - before]);
    expect(told).toEqual([
      ['INSERT', 1],
      ['MODIFY', 2],
      ['REMOVE', 3],
    ]);
  });

  it('tells by its file what it tells by GetRecords', async () => {
    const before = file.lastSequence();
    await put('told', { v: { N: '1' }, list: { L: [{ S: 'ñ' }, { NULL: true }] } });
    await put('told', { v: { N: '2' } });
    await engine.dynamo.call('DeleteItem', { TableName, Key: { pk: { S: 'told' }, sk: { S: '~' } } });
    const { Table } = await engine.dynamo.call<{ Table: { LatestStreamArn: string } }>('DescribeTable', { TableName });
    const place = { StreamArn: Table.LatestStreamArn, ShardId: shardOf(TableName) };
    const { ShardIterator } = await engine.dynamo.streams<{ ShardIterator: string }>('GetShardIterator', {
      ...place,
      ShardIteratorType: 'AFTER_SEQUENCE_NUMBER',
      SequenceNumber: String(before),
    });
    const { Records } = await engine.dynamo.streams<{ Records: StreamRecord[] }>('GetRecords', { ShardIterator });
    const said = ({ eventName, eventSource, eventVersion, dynamodb }: StreamRecord) => {
      const { SizeBytes: _, ...told } = dynamodb;
      return { eventName, eventSource, eventVersion, dynamodb: told };
    };
    expect(file.records(String(before), 10).map(said)).toEqual(Records.map(said));
  });

  it('ends an engine that outlived its parent before it starts on the same file', async () => {
    const second = await startEngine({ dataDir, credentials, region: 'us-east-1' });
    await engine.ended;
    expect(second.pid).not.toBe(engine.pid);
    engine = second;
    expect(file.lastSequence()).toBeGreaterThan(0);
  });
});
