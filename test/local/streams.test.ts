import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Engine, ensureTable, startEngine } from '../../local/engine.ts';
import { openStore, type Store } from '../../local/store.ts';
import { openStreamFile, type StreamFile } from '../../local/stream-file.ts';
import type { StreamRecord } from '../../local/stream-record.ts';
import { type Consumer, createPump, lagOf } from '../../local/streams.ts';
import { describeWorld } from '../_util/world.ts';

const region = 'us-east-1';
const table = 'suki';

describeWorld('the stream pump', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'suki-stream-'));
  let engine: Engine;
  let file: StreamFile;
  let store: Store;
  let failures: [string, string, string][] = [];
  beforeAll(async () => {
    engine = await startEngine({ dataDir, credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, region });
    await ensureTable(engine.dynamo, table, engine.file);
    file = openStreamFile(engine.file, table);
    store = openStore(dataDir);
  });
  afterAll(async () => {
    file.close();
    store.close();
    await engine.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    failures = [];
    await pumpWith([consumer('a'), consumer('b')]).drain();
  });

  const put = (pk: string, more: object = { e: { S: 'test' } }) =>
    engine.dynamo.call('PutItem', { TableName: table, Item: { pk: { S: pk }, sk: { S: '~' }, ...more } });
  const namesOf = (records: StreamRecord[]) => records.map((record) => record.dynamodb.Keys.pk?.S ?? '');
  const consumer = (name: string, deliver: Consumer['deliver'] = async () => undefined, batchSize = 100): Consumer => ({
    name,
    batchSize,
    deliver,
  });
  const pumpWith = (consumers: Consumer[], { foreign = false } = {}) =>
    createPump({
      dynamo: engine.dynamo,
      table,
      store,
      consumers,
      region,
      ...(!foreign && { file }),
      retryMs: 0,
      keepFailure: async (name, record, error) => void failures.push([name, record.dynamodb.Keys.pk?.S ?? '', error]),
    });
  const lag = () => lagOf(store, { file, table, consumers: ['a', 'b'] });

  it('gives source rows to every consumer in order, and derived rows to none', async () => {
    const seen: Record<string, string[]> = { a: [], b: [] };
    const collect = (name: string) => consumer(name, async ({ Records }) => void seen[name]?.push(...namesOf(Records)), 2);
    for (const pk of ['1', '2', '3']) await put(pk);
    await put('derived', {});
    expect(lag()).toEqual({ a: 3, b: 3 });
    await pumpWith([collect('a'), collect('b')]).drain();
    expect(seen).toEqual({ a: ['1', '2', '3'], b: ['1', '2', '3'] });
    expect(lag()).toEqual({ a: 0, b: 0 });
  });

  it('gives them source rows alone by requests too, where the table is at an endpoint of somebody else’s', async () => {
    const seen: string[] = [];
    for (let n = 0; n < 5; n++) await put(`foreign ${n}`);
    await put('derived', {});
    await pumpWith([consumer('a', async ({ Records }) => void seen.push(...namesOf(Records)), 2), consumer('b')], {
      foreign: true,
    }).drain();
    expect(seen).toEqual(['foreign 0', 'foreign 1', 'foreign 2', 'foreign 3', 'foreign 4']);
    expect(lag()).toEqual({ a: 0, b: 0 });
  });

  it('shows a consumer both images, the stream and what time to live removed', async () => {
    await put('x', { e: { S: 'test' }, v: { N: '1' }, ttl: { N: '5' } });
    await put('x', { e: { S: 'test' }, v: { N: '2' }, ttl: { N: '5' } });
    await engine.dynamo.call('DeleteItem', { TableName: table, Key: { pk: { S: 'x' }, sk: { S: '~' } } });
    const seen: StreamRecord[] = [];
    await pumpWith([consumer('a', async ({ Records }) => void seen.push(...Records)), consumer('b')]).drain();
    expect(seen.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
    expect([seen[1]?.dynamodb.OldImage?.v, seen[1]?.dynamodb.NewImage?.v]).toEqual([{ N: '1' }, { N: '2' }]);
    expect(seen[1]?.eventSourceARN).toContain(':table/suki/stream/');
    expect(seen[2]?.userIdentity).toEqual({ type: 'Service', principalId: 'dynamodb.amazonaws.com' });
  });

  it('repeats from the record a consumer reports as failed, not from the start', async () => {
    const batches: string[][] = [];
    let failed = false;
    const flaky = consumer('a', async ({ Records }) => {
      batches.push(namesOf(Records));
      const second = Records.find((record) => record.dynamodb.Keys.pk?.S === 'f2');
      if (failed || !second) return { batchItemFailures: [] };
      failed = true;
      return { batchItemFailures: [{ itemIdentifier: second.dynamodb.SequenceNumber }] };
    });
    for (const pk of ['f1', 'f2', 'f3']) await put(pk);
    await pumpWith([flaky, consumer('b')]).drain();
    expect(batches).toEqual([
      ['f1', 'f2', 'f3'],
      ['f2', 'f3'],
    ]);
  });

  it('splits a batch that throws until the poison record is alone, keeps it whole after 10 attempts, and goes on', async () => {
    const done: string[] = [];
    let attempts = 0;
    const poisoned = consumer('a', async ({ Records }) => {
      const names = namesOf(Records);
      if (names.length === 1 && names[0] === 'p3') attempts++;
      if (names.includes('p3')) throw new Error('poison');
      done.push(...names);
    });
    for (const pk of ['p1', 'p2', 'p3', 'p4', 'p5']) await put(pk);
    await pumpWith([poisoned, consumer('b')]).drain();
    expect([done, attempts, failures]).toEqual([['p1', 'p2', 'p4', 'p5'], 10, [['a', 'p3', 'Error: poison']]]);
  });

  it('begins again after a crash at the first record whose batch was not done', async () => {
    for (const pk of ['c1', 'c2', 'c3', 'c4']) await put(pk);
    const crash = new Promise<never>(() => {});
    let entered = () => {};
    const reached = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const dying = consumer(
      'a',
      async ({ Records }) => {
        if (!namesOf(Records).includes('c3')) return undefined;
        entered();
        return crash;
      },
      2,
    );
    void pumpWith([dying]).drain();
    await reached;
    const seen: string[] = [];
    await pumpWith([consumer('a', async ({ Records }) => void seen.push(...namesOf(Records))), consumer('b')]).drain();
    expect(seen).toEqual(['c3', 'c4']);
  });

  it('follows the stream by itself and stops', async () => {
    const seen: string[] = [];
    const pump = pumpWith([consumer('a', async ({ Records }) => void seen.push(...namesOf(Records))), consumer('b')]);
    pump.start();
    await put('live');
    await expect.poll(() => [...seen]).toEqual(['live']);
    await pump.stop();
    expect(lag()).toEqual({ a: 0, b: 0 });
  });

  it('prunes what both consumers have passed', async () => {
    for (let n = 0; n < 20; n++) await put(`n${n}`);
    await pumpWith([consumer('a'), consumer('b')]).drain();
    expect(file.prune(Number.MAX_SAFE_INTEGER)).toBe(0);
  });
});
