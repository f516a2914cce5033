import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { CrmError, type ProblemCode } from '../functions/kernel/errors.ts';
import { problemOf } from '../functions/kernel/reply.ts';
import { apiPaths } from '../lib/spa.ts';
import type { ClientFiles } from './client-files.ts';
import { type Functions, FunctionTimeout } from './functions.ts';
import { BodyTooLarge, readBody, sendJson, splitTarget } from './http.ts';
import { answerOf, eventOf, matchRoute } from './payload.ts';

export type RequestHandler = (req: IncomingMessage, res: ServerResponse) => unknown;

export interface GatewayOptions {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  originSecret: string;
  functions: Functions;
  clientFiles: ClientFiles;
  /** What `/config.json` says. */
  config: object;
  /** The OpenID provider at `/oidc`. */
  identity?: RequestHandler;
  /** The local product's own pages and calls at `/local`; true when it has answered. */
  local(req: IncomingMessage, res: ServerResponse, path: string): Promise<boolean>;
}

/** As an HTTP API: bodies above 10 MB and header blocks above 10 KiB are turned away before any function. */
const largestBody = 10 * 1024 * 1024;
const largestHeaders = 10_240;

const isApi = (path: string) =>
  apiPaths.some((pattern) => (pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern));

/** Answers a failure of the gateway itself in the form that every failure of the API has. */
export function sendProblem(
  res: ServerResponse,
  code: ProblemCode,
  options: { path: string; detail?: string; headers?: Record<string, string> },
): void {
  const requestId = randomUUID();
  const { status, document } = problemOf(new CrmError(code, options.detail ? { detail: options.detail } : {}), requestId, options.path);
  sendJson(res, status, document, { 'content-type': 'application/problem+json', 'x-request-id': requestId, ...options.headers });
}

/**
 * The front door on this machine: API Gateway, CloudFront and the client's bucket in one, for 127.0.0.1 alone. `options` may come
 * later than the first request; until then everything is 503.
 */
export function createGateway(options: () => GatewayOptions | undefined): Server {
  const server = createServer(
    { requireHostHeader: false, maxHeaderSize: 16 * 1024, keepAliveTimeout: 65_000, requestTimeout: 60_000 },
    (req, res) => {
      const { path } = splitTarget(req.url ?? '/');
      answer(options(), req, res).catch((error: unknown) => {
        // Who hung up needs no answer, and is no fault of ours.
        if (res.headersSent || res.destroyed || (error as NodeJS.ErrnoException).code === 'ECONNRESET') return void res.destroy();
        const code = error instanceof BodyTooLarge ? 'body_too_large' : error instanceof FunctionTimeout ? 'unavailable' : 'internal';
        if (code === 'internal') process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
        sendProblem(res, code, { path, headers: req.complete ? {} : { connection: 'close' } });
      });
    },
  );
  server.on('clientError', refuseBroken);
  // An expectation that nobody knows is left aside; Node would answer it without a problem document.
  server.on('checkExpectation', (req, res) => server.emit('request', req, res));
  return server;
}

/** What is no HTTP at all, or has headers beyond all measure, still gets a problem. */
function refuseBroken(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable) return void socket.destroy();
  const tooLong = error.code === 'HPE_HEADER_OVERFLOW';
  const [status, text] = tooLong ? [431, 'Request Header Fields Too Large'] : [400, 'Bad Request'];
  const problem = {
    type: 'about:blank',
    title: text,
    status,
    code: tooLong ? 'headers_too_large' : 'invalid_request',
    requestId: randomUUID(),
    retryable: false,
  };
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${status} ${text}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** Names under which this machine may be called; anything else is a page of another site that got its name to point here. */
function hostsOf(origin: string): string[] {
  const port = origin.slice(origin.lastIndexOf(':') + 1);
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

function isForeign(origin: string, { headers }: IncomingMessage): boolean {
  const hosts = hostsOf(origin);
  if (!hosts.includes(headers.host ?? '')) return true;
  if (headers.origin === undefined) return false;
  // A form of a page without referrer says `null`; the browser itself vouches for it.
  if (headers.origin === 'null') return headers['sec-fetch-site'] !== 'same-origin';
  return !hosts.some((host) => headers.origin === `http://${host}`);
}

async function answer(options: GatewayOptions | undefined, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const target = req.url ?? '/';
  const { path, query } = splitTarget(target);
  if (!options) return sendProblem(res, 'unavailable', { path, detail: 'Suki is starting.', headers: { 'retry-after': '1' } });
  if (isForeign(options.origin, req)) return sendProblem(res, 'forbidden', { path, detail: 'This page may not call the local product.' });
  if (isApi(path)) return toFunction(options, { req, res, path, query });
  if (path === '/local' || path.startsWith('/local/')) {
    if (await options.local(req, res, path)) return;
    return sendProblem(res, 'no_route', { path });
  }
  if (options.identity && (path === '/oidc' || path.startsWith('/oidc/'))) return void options.identity(req, res);
  if (req.method !== 'GET' && req.method !== 'HEAD')
    return sendProblem(res, 'method_not_allowed', { path, headers: { allow: 'GET, HEAD' } });
  if (path === '/config.json') return sendJson(res, 200, options.config, { 'cache-control': 'no-cache' });
  // One name for the app, because sign-in and session belong to one origin.
  if (req.headers.host?.startsWith('localhost:') && req.headers['sec-fetch-mode'] === 'navigate')
    return void res.writeHead(302, { location: `${options.origin}${target.startsWith('//') ? '/' : target}` }).end();
  if (!options.clientFiles.serve(req, res, path)) sendProblem(res, 'not_found', { path });
}

function headersOf(req: IncomingMessage): Record<string, string> {
  const entries = Object.entries(req.headersDistinct).map(([name, values = []]) => [name, values.join(name === 'cookie' ? '; ' : ',')]);
  return Object.fromEntries(entries);
}

interface ApiCall {
  req: IncomingMessage;
  res: ServerResponse;
  path: string;
  query: string;
}

async function toFunction(options: GatewayOptions, { req, res, path, query }: ApiCall): Promise<void> {
  const size = req.rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
  if (size > largestHeaders) return sendProblem(res, 'too_many', { path, detail: 'more than 10 KiB of headers' });
  const method = req.method ?? 'GET';
  const headers: Record<string, string> = { ...headersOf(req), 'x-origin-secret': options.originSecret };
  const body = await readBody(req, largestBody);
  const match = matchRoute(method, path);
  const event = eventOf({ method, path, query, headers, body, sourceIp: '127.0.0.1' }, match);
  const result = answerOf(await options.functions.invoke(match.service, event));
  if (result.cookies.length > 0) res.setHeader('set-cookie', result.cookies);
  const bodiless = method === 'HEAD' || result.status === 304 || result.status === 204;
  res.writeHead(result.status, { ...result.headers, ...(!bodiless && { 'content-length': String(result.body.length) }) });
  res.end(bodiless ? undefined : result.body);
}
