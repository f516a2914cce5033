import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createSocketServer, type Server, Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  DynamoDBServiceException,
  GetItemCommand,
  ProvisionedThroughputExceededException,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand as QueryDocuments,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { attributesOf, fieldsOf } from '../../functions/table/attributes.ts';
import { leanClient } from '../../functions/table/client.ts';
import { Wire } from '../../functions/table/wire.ts';
import { selfSigned } from '../_util/certificate.ts';

/** The table's client beside the SDK's own as it comes, which is the judge: the same requests, the same answers, the same errors and retries. */
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const settings = { region: 'eu-west-3', credentials, maxAttempts: 2 };
type Seen = { method: string; url: string; headers: IncomingHttpHeaders; body: string };
type Answer = { status?: number; headers?: Record<string, string>; body?: unknown } | 'cut' | 'silence';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    (server as Partial<ReturnType<typeof createServer>>).closeAllConnections?.();
    server.close();
  }
});

async function listening(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Answers each request by the next of the list, the last one for ever. */
function answering(answers: Answer[], seen: Seen[]): RequestListener {
  return (req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const answer = answers[Math.min(seen.length, answers.length - 1)] ?? {};
      const { method = '', url = '', headers } = req;
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
      if (answer === 'silence') return;
      if (answer === 'cut') return void req.socket.destroy();
      const { status = 200, headers: more, body = {} } = answer;
      res.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'request-1', ...more });
      res.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  };
}

/** Starts an endpoint for each of the two clients, and gives both with what their endpoints saw. */
async function both(answers: Answer[], config: DynamoDBClientConfig = {}) {
  const seen = { ours: [] as Seen[], theirs: [] as Seen[] };
  const endpoint = async (name: keyof typeof seen) => `http://127.0.0.1:${await listening(createServer(answering(answers, seen[name])))}`;
  const ours = leanClient({ ...settings, endpoint: await endpoint('ours'), ...config });
  const theirs = new DynamoDBClient({ ...settings, endpoint: await endpoint('theirs'), ...config });
  const documents = DynamoDBDocumentClient.from(theirs, { marshallOptions: { removeUndefinedValues: true } });
  return { ours, theirs, documents, seen };
}

const row = { pk: 'T#t#CUS#1', sk: '~', v: 1, n: 'Ana “Ñ” 顧客', nothing: null, no: false, list: ['a', { b: 1.5 }], left: undefined };
const key = { pk: row.pk, sk: row.sk };
const TableName = 'suki';
const condition = { ConditionExpression: '#v = :v', ExpressionAttributeNames: { '#v': 'v' } };
const values = { ':v': 1 };
const update = { UpdateExpression: 'SET #v = :v', ExpressionAttributeNames: { '#v': 'v' } };
const query = { KeyConditionExpression: 'pk = :v', Limit: 2, ScanIndexForward: false };
const all = 'ALL_OLD' as const;

/** Every operation that the table calls, to both clients. */
const operations: Record<string, [lean: object, documents: object]> = {
  GetItem: [
    new GetItemCommand({ TableName, Key: attributesOf(key), ConsistentRead: true }),
    new GetCommand({ TableName, Key: key, ConsistentRead: true }),
  ],
  BatchGetItem: [
    new BatchGetItemCommand({ RequestItems: { suki: { Keys: [attributesOf(key)] } }, ReturnConsumedCapacity: 'INDEXES' }),
    new BatchGetCommand({ RequestItems: { suki: { Keys: [key] } }, ReturnConsumedCapacity: 'INDEXES' }),
  ],
  Query: [
    new QueryCommand({ TableName, ...query, ExpressionAttributeValues: attributesOf(values), ExclusiveStartKey: attributesOf(key) }),
    new QueryDocuments({ TableName, ...query, ExpressionAttributeValues: values, ExclusiveStartKey: key }),
  ],
  PutItem: [
    new PutItemCommand({ TableName, Item: attributesOf(row), ...condition, ExpressionAttributeValues: attributesOf(values) }),
    new PutCommand({ TableName, Item: row, ...condition, ExpressionAttributeValues: values }),
  ],
  UpdateItem: [
    new UpdateItemCommand({ TableName, Key: attributesOf(key), ...update, ExpressionAttributeValues: attributesOf(values) }),
    new UpdateCommand({ TableName, Key: key, ...update, ExpressionAttributeValues: values }),
  ],
  DeleteItem: [new DeleteItemCommand({ TableName, Key: attributesOf(key) }), new DeleteCommand({ TableName, Key: key })],
  BatchWriteItem: [
    new BatchWriteItemCommand({
      RequestItems: { suki: [{ PutRequest: { Item: attributesOf(row) } }, { DeleteRequest: { Key: attributesOf(key) } }] },
    }),
    new BatchWriteCommand({ RequestItems: { suki: [{ PutRequest: { Item: row } }, { DeleteRequest: { Key: key } }] } }),
  ],
  TransactWriteItems: [
    new TransactWriteItemsCommand({
      TransactItems: [{ Put: { TableName, Item: attributesOf(row), ReturnValuesOnConditionCheckFailure: all } }],
      ClientRequestToken: 'token',
    }),
    new TransactWriteCommand({
      TransactItems: [{ Put: { TableName, Item: row, ReturnValuesOnConditionCheckFailure: all } }],
      ClientRequestToken: 'token',
    }),
  ],
};
const send = (client: { send: (command: never) => Promise<unknown> }, command: object) => client.send(command as never) as Promise<Body>;
// biome-ignore lint/suspicious/noExplicitAny: an answer of any operation
type Body = any;

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
