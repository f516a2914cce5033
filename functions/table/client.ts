import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { signedHeaders } from './signature.ts';
import { Wire } from './wire.ts';

/**
 * The official client, with what costs most of its CPU time done by hand: bodies by JSON, signatures by node:crypto, connections by
 * node:http(s). Endpoints, credentials, retries, the clock's correction and typed errors stay the SDK's.
 */
// biome-ignore lint/suspicious/noExplicitAny: the SDK's own inner shapes
type Inner = any;

/** Neither logged, nor traced, nor counted by us; the host and the length are ours to tell. */
const dropped = [
  'loggerMiddleware',
  'recursionDetectionMiddleware',
  'getUserAgentMiddleware',
  'hostHeaderMiddleware',
  'contentLengthMiddleware',
];

export function leanClient(config: DynamoDBClientConfig = {}): DynamoDBClient {
  const client: DynamoDBClient = new DynamoDBClient({
    maxAttempts: 4,
    cacheMiddleware: true,
    requestHandler: new Wire() as Inner,
    signer: async (scheme) => ({ sign: (request: Inner, { signingDate }: Inner) => signed(client, request, { ...scheme, signingDate }) }),
    ...config,
  });
  for (const name of dropped) client.middlewareStack.remove(name);
  client.config.protocol = jsonProtocol(client.config.protocol);
  return client;
}

/** The request with its signature; endpoint rules name region and service where they are not the client's own. */
async function signed({ config }: DynamoDBClient, request: Inner, { signingRegion, signingName, signingDate }: Inner): Promise<Inner> {
  const [credentials, own] = [await config.credentials(), await config.region()];
  const host = request.port ? `${request.hostname}:${request.port}` : request.hostname;
  const signing = { credentials, region: signingRegion ?? own, service: signingName ?? 'dynamodb', date: signingDate };
  return { ...request, headers: signedHeaders({ ...request, headers: { ...request.headers, host } }, signing) };
}

/** AWS JSON 1.0 by JSON.stringify and JSON.parse: what we send and read holds neither bytes nor dates. Errors are read by the SDK. */
function jsonProtocol(usual: Inner): Inner {
  const Request = usual.getRequestType();
  return Object.assign(Object.create(usual), {
    serializeRequest: async ({ name }: Inner, input: unknown, context: Inner) => {
      const { protocol, hostname, port, path } = await context.endpoint();
      const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `${usual.serviceTarget}.${name}` };
      return new Request({ protocol, hostname, port, path, method: 'POST', headers, body: JSON.stringify(input) });
    },
    deserializeResponse: async (operation: Inner, context: Inner, response: Inner) => {
      if (response.statusCode >= 300) return usual.deserializeResponse(operation, context, response);
      const body: Uint8Array = response.body instanceof Uint8Array ? response.body : await context.streamCollector(response.body);
      const output = body.length > 0 ? JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString()) : {};
      output.$metadata = usual.deserializeMetadata(response);
      return output;
    },
  });
}

let shared: DynamoDBClient | undefined;

/** The container's one client. Endpoint, region and credentials come by the SDK's own variables. */
export const tableClient = (): DynamoDBClient => {
  shared ??= leanClient();
  return shared;
};
