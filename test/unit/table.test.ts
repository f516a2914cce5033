import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import 'aws-sdk-client-mock-vitest/extend';
import { beforeEach, describe, expect, it } from 'vitest';
import { CrmError } from '../../functions/kernel/errors.ts';
import { attributesOf } from '../../functions/table/attributes.ts';
import { leanClient } from '../../functions/table/client.ts';
import { type Action, GuardError } from '../../functions/table/entity.ts';
import { Table } from '../../functions/table/table.ts';

/** What DynamoDB does and the embedded engine never does: conflicts, throttles, rows left undone, an answer that got lost. */
const client = leanClient({ region: 'us-east-1' });
const mock = mockClient(client);
const table = () => new Table({ client, name: 'suki', space: 'T#acme0001#', now: 1_700_000_000_000 });
const row = (sk: string, rest = {}) => ({ pk: 'T#acme0001#X', sk, ...rest });
const stored = (sk: string) => attributesOf(row(sk));
const absent = (sk: string, rest = {}): Action => ({ put: row(sk, rest), guard: { absent: true } });

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons: codes.map((Code) => ({ Code })) });

describe('the table', () => {
  beforeEach(() => mock.reset());

  it('tries a transaction again after a conflict, under a new token', async () => {
    mock.on(TransactWriteItemsCommand).rejectsOnce(cancelled('TransactionConflict', 'None')).resolves({});
    await table().commit([absent('a'), absent('b')]);
    const tokens = mock.commandCalls(TransactWriteItemsCommand).map(({ args }) => args[0].input.ClientRequestToken);
    expect(mock).toHaveReceivedCommandTimes(TransactWriteItemsCommand, 2);
    expect(new Set(tokens).size).toBe(2);
  });

  it('gives up on a conflict that persists, and says when to come again', async () => {
    mock.on(TransactWriteItemsCommand).rejects(cancelled('TransactionConflict', 'None'));
    const error = await table()
      .commit([absent('a'), absent('b')])
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'conflict', details: { headers: { 'Retry-After': '1' } } });
  });

  it('names every action whose guard failed, and writes none', async () => {
    mock.on(TransactWriteItemsCommand).rejects(cancelled('ConditionalCheckFailed', 'None', 'ConditionalCheckFailed'));
    const actions = [absent('a'), absent('b'), absent('c')];
    const failed = await table().attempt(actions);
    expect(failed.map(({ action }) => action)).toEqual([actions[0], actions[2]]);
  });

  it('answers a throttle as unavailable for a moment', async () => {
    mock.on(PutItemCommand).rejects(Object.assign(new Error('slow down'), { name: 'ProvisionedThroughputExceededException' }));
    const error = await table()
      .commit([absent('a')])
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(CrmError);
    expect(error.code).toBe('unavailable');
  });

  it('recognises its own put whose answer was lost, and no other’s', async () => {
    const mine = { v: { N: '1' }, u: { N: '5' }, rq: { S: 'request-1' } };
    const refused = (Item: object) => Object.assign(new Error('there already'), { name: 'ConditionalCheckFailedException', Item });
    mock.on(PutItemCommand).rejects(refused(mine));
    const put = absent('a', { v: 1, u: 5, rq: 'request-1' });
    await expect(table().commit([put])).resolves.toBeUndefined();
    mock.on(PutItemCommand).rejects(refused({ ...mine, rq: { S: 'request-2' } }));
    await expect(table().commit([put])).rejects.toBeInstanceOf(GuardError);
  });

  it('asks again for keys and rows that were left undone', async () => {
    mock
      .on(BatchGetItemCommand)
      .resolvesOnce({ Responses: { suki: [stored('a')] }, UnprocessedKeys: { suki: { Keys: [stored('b')] } } })
      .resolves({ Responses: { suki: [stored('b')] } });
    expect(await table().getMany([row('b'), row('a'), row('c')])).toEqual([row('b'), row('a'), undefined]);
    mock
      .on(BatchWriteItemCommand)
      .resolvesOnce({ UnprocessedItems: { suki: [{ PutRequest: { Item: stored('a') } }] } })
      .resolves({});
    await table().writeMany([{ put: row('a') }, { put: row('b') }]);
    expect(mock.commandCalls(BatchWriteItemCommand).map(({ args }) => args[0].input.RequestItems?.suki?.length)).toEqual([2, 1]);
  });

  it('refuses a key outside its workspace before anything is sent', async () => {
    const foreign = { pk: 'T#other001#X', sk: '~' };
    await expect(table().get(foreign)).rejects.toThrow('outside');
    await expect(table().commit([{ put: foreign, guard: { absent: true } }])).rejects.toThrow('outside');
    await expect(table().query({ pk: 'T#acme0001' })).rejects.toThrow('outside');
    expect(mock).not.toHaveReceivedAnyCommand();
  });
});
