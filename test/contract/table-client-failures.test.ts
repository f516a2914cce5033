import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createSocketServer, Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  type DynamoDBClientConfig,
  DynamoDBServiceException,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Wire } from '../../functions/kernel/wire.ts';
import { attributesOf } from '../../functions/table/attributes.ts';
import { leanClient } from '../../functions/table/client.ts';
import { selfSigned } from '../_util/certificate.ts';
import { type Answer, answering, closeEndpoints, listening, type Seen } from '../_util/endpoints.ts';

afterEach(closeEndpoints);

import { type Body, both, credentials, operations, row, send, settings } from '../_util/table-clients.ts';

describe('the table’s client fails', () => {
  const type = (name: string) => `com.amazonaws.dynamodb.v20120810#${name}`;
  const cancelled = {
    __type: type('TransactionCanceledException'),
    Message: 'cancelled',
    CancellationReasons: [
      { Code: 'ConditionalCheckFailed', Message: 'no', Item: attributesOf(row) },
      { Code: 'None' },
      { Code: 'TransactionConflict' },
    ],
  };
  type Case = [name: string, answer: Answer, classOf: new (...args: never[]) => Error];
  const failures: Case[] = [
    [
      'a guard',
      { status: 400, body: { __type: type('ConditionalCheckFailedException'), message: 'no', Item: attributesOf(row) } },
      ConditionalCheckFailedException,
    ],
    ['a transaction', { status: 400, body: cancelled }, TransactionCanceledException],
    [
      'a throttle',
      { status: 400, body: { __type: type('ProvisionedThroughputExceededException'), message: 'slow down' } },
      ProvisionedThroughputExceededException,
    ],
    [
      'an unnamed throttle',
      { status: 400, body: { __type: 'com.amazon.coral.availability#ThrottlingException', message: 'slow' } },
      DynamoDBServiceException,
    ],
    [
      'what it never heard of',
      { status: 400, body: { __type: 'com.amazon.coral.validate#ValidationException', message: 'wrong' } },
      DynamoDBServiceException,
    ],
    ['the database', { status: 500, body: { __type: type('InternalServerError'), message: 'oh' } }, DynamoDBServiceException],
    ['a proxy', { status: 503, headers: { 'content-type': 'text/html' }, body: '<html>busy</html>' }, Error],
    ['an empty refusal', { status: 503, body: '' }, Error],
    ['half an answer', { status: 200, body: '{"Item":' }, SyntaxError],
  ];
  it.each(failures)('over %s as the SDK does, after as many attempts', async (_name, answer, classOf) => {
    const { ours, theirs, seen } = await both([answer]);
    const failed = async (client: DynamoDBClient) => {
      const error = await send(client, operations.TransactWriteItems![0]).then(
        () => undefined,
        (thrown: Body) => thrown,
      );
      expect(error).toBeInstanceOf(classOf);
      const { name, message, $fault, $metadata, CancellationReasons, Item } = error;
      return { name, message, $fault, $metadata: { ...$metadata, totalRetryDelay: 0 }, CancellationReasons, Item };
    };
    expect(await failed(ours)).toEqual(await failed(theirs));
    expect(seen.ours.length).toBe(seen.theirs.length);
  });

  it.each<[string, Answer[]]>([
    ['a connection that was cut', ['cut', {}]],
    ['a server that failed', [{ status: 500, body: { __type: type('InternalServerError') } }, {}]],
    ['a server that is silent', ['silence', {}]],
  ])('over %s and tries again', async (_name, answers) => {
    const { ours, seen } = await both(answers, { requestHandler: new Wire({ silenceMs: 100 }) as never });
    const { $metadata } = await send(ours, operations.GetItem![0]);
    expect([$metadata.attempts, seen.ours.length]).toEqual([2, 2]);
  });

  it('with a time-out where there is never an answer', async () => {
    const { ours, seen } = await both(['silence'], { requestHandler: new Wire({ silenceMs: 50 }) as never });
    await expect(send(ours, operations.GetItem![0])).rejects.toMatchObject({ name: 'TimeoutError', $metadata: { attempts: 2 } });
    expect(seen.ours.length).toBe(2);
  });

  it('with a time-out where no connection comes about, by TCP or by TLS', async () => {
    const requestHandler = () => new Wire({ connectMs: 50, silenceMs: 100 }) as never;
    const deaf = await listening(createSocketServer(() => {}));
    const byTls = leanClient({ ...settings, endpoint: `https://localhost:${deaf}`, maxAttempts: 1, requestHandler: requestHandler() });
    await expect(send(byTls, operations.GetItem![0])).rejects.toMatchObject({ name: 'TimeoutError' });
    const connect = vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket) {
      return Object.assign(this, { connecting: true });
    });
    const byTcp = leanClient({ ...settings, endpoint: 'http://127.0.0.1:9', maxAttempts: 1, requestHandler: requestHandler() });
    const error = await send(byTcp, operations.GetItem![0]).catch((thrown: Error) => thrown);
    connect.mockRestore();
    expect(error).toMatchObject({ name: 'TimeoutError', message: expect.stringContaining('no connection') });
  });

  it('over a clock that is wrong, and goes by the server’s', async () => {
    const ahead = new Date(Math.floor(Date.now() / 1_000) * 1_000 + 3_600_000);
    const skewed = {
      status: 400,
      headers: { date: ahead.toUTCString() },
      body: { __type: 'x#InvalidSignatureException', message: 'skew' },
    };
    const { ours, theirs, seen } = await both([skewed, { headers: { date: ahead.toUTCString() } }]);
    await send(ours, operations.GetItem![0]);
    await send(theirs, operations.GetItem![0]);
    const hours = (list: Seen[]) => list.map(({ headers }) => String(headers['x-amz-date']).slice(0, 11));
    expect(new Set(hours(seen.ours)).size).toBe(2);
    expect(hours(seen.ours)).toEqual(hours(seen.theirs));
  });
});

describe('the table’s client reaches', () => {
  const account = { ...credentials, accountId: '123456789012' };
  it.each<[string, DynamoDBClientConfig]>([
    ['a region', { region: 'ap-southeast-1' }],
    ['China', { region: 'cn-north-1' }],
    ['a region by FIPS and both stacks', { region: 'us-east-1', useFipsEndpoint: true, useDualstackEndpoint: true }],
    ['an account’s own endpoint', { region: 'eu-west-3', credentials: account, accountIdEndpointMode: 'preferred' }],
  ])('%s where the SDK does', async (_name, config) => {
    const hosts: string[] = [];
    const handler = {
      handle: async ({ protocol, hostname, port, path, headers }: Body) => {
        hosts.push([protocol, hostname, port, path, /Credential=[^,]*/.exec(headers.authorization)?.[0]].join(' '));
        return { response: { statusCode: 200, headers: {}, body: Buffer.from('{}') } };
      },
    } as never;
    await send(leanClient({ ...settings, ...config, requestHandler: handler }), operations.GetItem![0]);
    await send(new DynamoDBClient({ ...settings, ...config, requestHandler: handler }), operations.GetItem![0]);
    expect(hosts[0]).toBe(hosts[1]);
    expect(hosts[0]).toMatch(/^https: \S+\.amazonaws\.com|^https: \S+\.api\.aws/);
  });

  it('nobody whose certificate is not vouched for, and by TLS whoever has one that is', async () => {
    const { cert, key: privateKey } = selfSigned();
    const seen: Seen[] = [];
    const port = await listening(createSecureServer({ cert, key: privateKey }, answering([{}], seen)));
    const client = () => leanClient({ ...settings, endpoint: `https://localhost:${port}`, maxAttempts: 1 });
    await expect(send(client(), operations.GetItem![0])).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(seen.length).toBe(0);
    const usual = getCACertificates('default');
    setDefaultCACertificates([...usual, cert]);
    try {
      await send(client(), operations.GetItem![0]);
    } finally {
      setDefaultCACertificates(usual);
    }
    expect(seen.length).toBe(1);
  });

  it('one server over few connections', async () => {
    let connections = 0;
    const server = createServer(answering([{}], []));
    server.on('connection', () => connections++);
    const endpoint = `http://127.0.0.1:${await listening(server)}`;
    const client = leanClient({ ...settings, endpoint });
    for (let round = 0; round < 10; round++) await Promise.all(Array.from({ length: 4 }, () => send(client, operations.GetItem![0])));
    expect(connections).toBeLessThanOrEqual(4);
  });
});
