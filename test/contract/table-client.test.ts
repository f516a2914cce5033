import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { attributesOf, fieldsOf } from '../../functions/table/attributes.ts';
import { closeEndpoints, type Seen } from '../_util/endpoints.ts';

afterEach(closeEndpoints);

import { both, credentials, key, operations, row, send, TableName } from '../_util/table-clients.ts';

describe('the table’s client sends', () => {
  it.each(Object.entries(operations))('%s as the SDK’s own document client does', async (operation, [lean, documents]) => {
    const two = await both([{}]);
    await send(two.ours, lean);
    await send(two.documents, documents);
    const [ours, theirs] = [two.seen.ours[0]!, two.seen.theirs[0]!];
    expect(JSON.parse(ours.body)).toEqual(JSON.parse(theirs.body));
    const told = ({ method, url, headers }: Seen) => [method, url, headers['content-type'], headers['x-amz-target']];
    expect(told(ours)).toEqual(told(theirs));
    expect(ours.headers['x-amz-target']).toBe(`DynamoDB_20120810.${operation}`);
    expect(Number(ours.headers['content-length'])).toBe(Buffer.byteLength(ours.body));
  });

  it('a signature that is the SDK’s own signer’s of the same request', async () => {
    const { ours, theirs, seen } = await both([{}], {
      credentials: { ...credentials, sessionToken: 'session' },
      // The SDK would sign a header with the body's hash too, which only S3 asks for.
      ...{ applyChecksum: false },
    });
    await send(ours, operations.PutItem![0]);
    const { headers, body, url, method } = seen.ours[0]!;
    const moment = String(headers['x-amz-date']).replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z');
    const signer = await theirs.config.signer({ name: 'sigv4', signingName: 'dynamodb', signingRegion: 'eu-west-3', properties: {} });
    const { host = '', 'content-type': type = '', 'x-amz-target': target } = headers;
    const request = { method, protocol: 'http:', hostname: host, path: url, query: {}, body };
    const signed = await signer.sign(
      { ...request, headers: { host, 'content-type': type, 'x-amz-target': String(target) } },
      { signingDate: new Date(moment) },
    );
    expect(headers['x-amz-security-token']).toBe('session');
    expect(headers.authorization).toBe(signed.headers.authorization);
  });

  it('what credentials say at the moment, also where they have been renewed', async () => {
    let asked = 0;
    const renewed = async () => {
      asked += 1;
      return { accessKeyId: `KEY${asked}`, secretAccessKey: `secret${asked}`, sessionToken: `session${asked}`, expiration: new Date(0) };
    };
    const { ours, seen } = await both([{}], { credentials: renewed });
    await send(ours, operations.GetItem![0]);
    await send(ours, operations.GetItem![0]);
    const tokens = seen.ours.map(({ headers }) => Number(String(headers['x-amz-security-token']).slice('session'.length)));
    expect(tokens[1]).toBeGreaterThan(tokens[0]!);
    for (const [at, { headers }] of seen.ours.entries()) expect(headers.authorization).toContain(`Credential=KEY${tokens[at]}/`);
  });
});

describe('the table’s client reads', () => {
  const stored = attributesOf(row);
  const answers: [operation: string, body: object][] = [
    ['GetItem', { Item: stored }],
    ['GetItem', {}],
    ['Query', { Items: [stored, stored], Count: 2, ScannedCount: 2, LastEvaluatedKey: attributesOf(key) }],
    [
      'BatchGetItem',
      {
        Responses: { suki: [stored] },
        UnprocessedKeys: { suki: { Keys: [attributesOf(key)] } },
        ConsumedCapacity: [{ TableName, CapacityUnits: 0.5, Table: { CapacityUnits: 0.5 } }],
      },
    ],
    ['BatchWriteItem', { UnprocessedItems: { suki: [{ PutRequest: { Item: stored } }] } }],
    ['TransactWriteItems', {}],
  ];
  it.each(answers)('an answer to %s as the SDK does (%#)', async (operation, body) => {
    const { ours, theirs } = await both([{ body }]);
    const command = operations[operation]![0];
    const [mine, judged] = [await send(ours, command), await send(theirs, command)];
    expect(mine).toEqual(judged);
    expect(mine.$metadata).toEqual(judged.$metadata);
  });

  it('a row back as it was written', async () => {
    const { ours } = await both([{ body: { Item: stored } }]);
    const { left: _, ...kept } = row;
    expect(fieldsOf((await send(ours, operations.GetItem![0])).Item)).toEqual(kept);
  });

  it('a redirect or an empty answer as the SDK does', async () => {
    for (const answer of [{ body: '' }, { status: 302, body: '' }, { status: 204, body: '' }]) {
      const { ours, theirs } = await both([answer], { maxAttempts: 1 });
      const outcome = (client: DynamoDBClient) =>
        send(client, operations.GetItem![0]).then(
          ({ $metadata, ...output }) => ({ output, status: $metadata.httpStatusCode }),
          (error: Error) => ({ name: error.name }),
        );
      expect(await outcome(ours)).toEqual(await outcome(theirs));
    }
  });
});
