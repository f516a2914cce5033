import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterEach, expect, it, vi } from 'vitest';
import { closeEndpoints, endpointOf, type Seen } from '../_util/endpoints.ts';

/** The bus's client beside the SDK's own as it comes. A module of its own for each test, because a container keeps its one client. */
const environment = {
  AWS_REGION: 'eu-west-3',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'session',
};
const entries = Array.from({ length: 12 }, (_, at) => ({
  source: 'suki',
  type: 'customer.created',
  at: '2026-11-30T06:00:00.000Z',
  detail: { at, name: 'Ñ “顧客”' },
}));

afterEach(() => {
  vi.unstubAllEnvs();
  closeEndpoints();
});

async function put(answers: object[]) {
  const { putOnBus } = await import('../../functions/workflows/bus.ts');
  const seen: Seen[] = [];
  const endpoint = await endpointOf(
    answers.map((body) => ({ body })),
    seen,
  );
  for (const [name, value] of Object.entries({ ...environment, AWS_ENDPOINT_URL_EVENTBRIDGE: endpoint })) vi.stubEnv(name, value);
  return { refused: await putOnBus(entries), seen };
}

it('tells the bus ten changes a call, as the SDK’s own client would', async () => {
  vi.resetModules();
  vi.doMock('../../functions/kernel/env.ts', () => ({ env: () => ({ BUS_NAME: 'bus' }) }));
  const { refused, seen } = await put([{ Entries: [] }]);
  const theirs: Seen[] = [];
  const client = new EventBridgeClient({ endpoint: await endpointOf([{ body: { Entries: [] } }], theirs), ...{ applyChecksum: false } });
  for (const page of [entries.slice(0, 10), entries.slice(10)])
    await client.send(
      new PutEventsCommand({
        Entries: page.map(({ source, type, at, detail }) => ({
          EventBusName: 'bus',
          Source: source,
          DetailType: type,
          Time: new Date(at),
          Detail: JSON.stringify(detail),
        })),
      }),
    );
  expect(refused).toBeUndefined();
  const told = ({ method, url, headers, body }: Seen) => [
    [method, url, headers['content-type'], headers['x-amz-target'], headers['x-amz-security-token']],
    JSON.parse(body),
  ];
  expect(seen.map(told)).toEqual(theirs.map(told));
  const { authorization = '', host = '', 'content-type': type = '', 'x-amz-target': target = '', 'x-amz-date': moment } = seen[0]!.headers;
  const signer = await client.config.signer({ name: 'sigv4', signingName: 'events', signingRegion: 'eu-west-3', properties: {} });
  const signed = await signer.sign(
    {
      method: 'POST',
      protocol: 'http:',
      hostname: host,
      path: '/',
      query: {},
      headers: { host, 'content-type': type, 'x-amz-target': String(target) },
      body: seen[0]!.body,
    },
    { signingDate: new Date(String(moment).replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z')) },
  );
  expect(authorization).toBe(signed.headers.authorization);
});

it('says which change the bus refused, and with what', async () => {
  vi.resetModules();
  const accepted = { EventId: '1' };
  const { refused, seen } = await put([
    { Entries: Array.from({ length: 10 }, () => accepted) },
    { FailedEntryCount: 1, Entries: [accepted, { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' }] },
  ]);
  expect(refused).toEqual({ at: 11, code: 'ThrottlingException' });
  expect(seen.length).toBe(2);
});
