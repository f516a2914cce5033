import { signedHeaders } from './signature.ts';
import { Wire } from './wire.ts';

/**
 * What a client of the SDK is made with to cost half: signatures by node:crypto, connections by node:http(s), middleware put together once.
 * For services that speak JSON to one path: the table, the bus, queues; not for S3, whose signature covers a query.
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

/** Options of a client; `own` gives the client itself, whose credentials and region the signatures are made of. */
export const leanOptions = (service: string, own: () => { config: Inner }) => ({
  cacheMiddleware: true,
  requestHandler: new Wire() as Inner,
  signer: async (scheme: Inner) => ({
    sign: (request: Inner, { signingDate }: Inner) => signed(request, own().config, { signingName: service, ...scheme, signingDate }),
  }),
});

/** The request with its signature; endpoint rules name region and service where they are not the client's own. */
async function signed(request: Inner, config: Inner, { signingRegion, signingName, signingDate }: Inner): Promise<Inner> {
  const [credentials, region] = [await config.credentials(), signingRegion ?? (await config.region())];
  const host = request.port ? `${request.hostname}:${request.port}` : request.hostname;
  const signing = { credentials, region, service: signingName, date: signingDate };
  return { ...request, headers: signedHeaders({ ...request, headers: { ...request.headers, host } }, signing) };
}

/** Takes out of a client's middleware what it does without. */
export function slimmed<Client extends { middlewareStack: { remove(name: string): boolean } }>(client: Client): Client {
  for (const name of dropped) client.middlewareStack.remove(name);
  return client;
}
