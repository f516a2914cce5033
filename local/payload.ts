import { randomUUID } from 'node:crypto';
import { defaultService, services } from '../lib/services.ts';
import { decoded } from './http.ts';

/** A request as it arrived: path and query as sent, header names in lower case. */
export interface HttpCall {
  method: string;
  path: string;
  query: string;
  headers: Record<string, string>;
  body: Buffer;
  sourceIp: string;
}

/** What API Gateway answers the client with. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  cookies: string[];
  body: Buffer;
}

interface Node {
  literals: Map<string, Node>;
  parameter?: { name: string; node: Node };
  leaves: Map<string, { service: string; routeKey: string }>;
}

export interface RouteMatch {
  service: string;
  routeKey: string;
  pathParameters?: Record<string, string>;
}

const newNode = (): Node => ({ literals: new Map(), leaves: new Map() });

/** A tree of path segments made once from the route tables; a literal segment goes before a parameter, as at API Gateway. */
function routeTree(): Node {
  const root = newNode();
  for (const [service, { routes }] of Object.entries(services))
    for (const { method, path } of Object.values(routes)) {
      const end = path.slice(1).split('/').reduce(childOf, root);
      end.leaves.set(method, { service, routeKey: `${method} ${path}` });
    }
  return root;
}

function childOf(node: Node, segment: string): Node {
  const name = /^\{(\w+)\+?\}$/.exec(segment)?.[1];
  if (name) {
    node.parameter ??= { name, node: newNode() };
    return node.parameter.node;
  }
  const child = node.literals.get(segment) ?? newNode();
  node.literals.set(segment, child);
  return child;
}

function search(node: Node, segments: string[], at: number, method: string): { node: Node; values: string[] } | undefined {
  const segment = segments[at];
  if (segment === undefined) return node.leaves.has(method) ? { node, values: [] } : undefined;
  const literal = node.literals.get(segment);
  const exact = literal && search(literal, segments, at + 1, method);
  if (exact) return exact;
  const value = segment === '' ? undefined : decoded(segment);
  if (!node.parameter || value === undefined) return undefined;
  const below = search(node.parameter.node, segments, at + 1, method);
  return below && { node: below.node, values: [value, ...below.values] };
}

let tree: Node | undefined;

/** Finds the service and route key of a request; what no route matches goes to the default service as `$default`. */
export function matchRoute(method: string, path: string): RouteMatch {
  tree ??= routeTree();
  const segments = path.slice(1).split('/');
  const hit = segments.length <= 32 ? search(tree, segments, 0, method) : undefined;
  const leaf = hit?.node.leaves.get(method);
  if (!hit || !leaf) return { service: defaultService, routeKey: '$default' };
  const names = [...leaf.routeKey.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name as string);
  if (names.length === 0) return leaf;
  return { ...leaf, pathParameters: Object.fromEntries(names.map((name, at) => [name, hit.values[at] as string])) };
}

/** HTTP APIs hand over as text only what these types say; any other body, merge-patch+json too, is base64. */
const textual = /^(text\/.*|application\/(json|xml|javascript))\s*(;|$)/i;

/** The payload-2.0 event that API Gateway would send for this request. */
export function eventOf(call: HttpCall, match: RouteMatch) {
  const { cookie, ...headers } = call.headers;
  const joined = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(call.query)) joined.set(name, joined.has(name) ? `${joined.get(name)},${value}` : value);
  const asText = textual.test(headers['content-type'] ?? '');
  const now = new Date();
  return {
    version: '2.0',
    routeKey: match.routeKey,
    rawPath: call.path,
    rawQueryString: call.query,
    ...(cookie && { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(joined.size > 0 && { queryStringParameters: Object.fromEntries(joined) }),
    ...(match.pathParameters && { pathParameters: match.pathParameters }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: { method: call.method, path: call.path, protocol: 'HTTP/1.1', sourceIp: call.sourceIp, userAgent: headers['user-agent'] ?? '' },
      requestId: randomUUID(),
      routeKey: match.routeKey,
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(call.body.length > 0 && { body: call.body.toString(asText ? 'utf8' : 'base64') }),
    isBase64Encoded: call.body.length > 0 && !asText,
  };
}

interface ProxyResult {
  statusCode?: number;
  headers?: Record<string, string | number | boolean>;
  cookies?: string[];
  body?: string;
  isBase64Encoded?: boolean;
}

/** What the client gets for a handler's result: a result without a status code is a JSON body of a 200. */
export function answerOf(result: unknown): HttpAnswer {
  const proxy = result as ProxyResult | undefined;
  if (typeof proxy?.statusCode !== 'number') {
    const body = Buffer.from(typeof result === 'string' ? result : JSON.stringify(result ?? {}));
    return { status: 200, headers: { 'content-type': 'application/json' }, cookies: [], body };
  }
  const headers = Object.fromEntries(Object.entries(proxy.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]));
  const body = Buffer.from(proxy.body ?? '', proxy.isBase64Encoded ? 'base64' : 'utf8');
  return { status: proxy.statusCode, headers, cookies: proxy.cookies ?? [], body };
}
