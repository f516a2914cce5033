import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { leanOptions, slimmed } from '../kernel/lean-client.ts';

// biome-ignore lint/suspicious/noExplicitAny: the SDK's own inner shapes
type Inner = any;

/**
 * The official client, with what costs most of its CPU time done by hand: bodies by JSON, signatures and connections as `leanOptions` has
 * them. Endpoints, credentials, retries, the clock's correction and typed errors stay the SDK's.
 */
export function leanClient(config: DynamoDBClientConfig = {}): DynamoDBClient {
  const client: DynamoDBClient = new DynamoDBClient({ maxAttempts: 4, ...leanOptions('dynamodb', () => client), ...config });
  client.config.protocol = jsonProtocol(client.config.protocol);
  return slimmed(client);
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
