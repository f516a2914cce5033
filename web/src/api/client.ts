import type * as z from 'zod';
import type { Route } from '../../../functions/kernel/route.ts';
import { accessToken, forget, renew } from '../auth/session.ts';
import { operations, type Routes } from './operations.ts';
import { CrmProblem, problemOf } from './problem.ts';
import { queryString } from './query-string.ts';

type Sent<T> = T extends z.ZodType ? z.input<T> : undefined;
type Member<R, K extends string> = R extends { [key in K]: infer T } ? Sent<T> : undefined;
type Given<K extends string, T> = T extends undefined ? unknown : Record<never, T> extends T ? { [key in K]?: T } : { [key in K]: T };

export type Operation = keyof typeof operations & keyof Routes;

/** What an operation is called with: exactly what its route declares, checked while compiling. */
export type Call<K extends Operation> = Given<'params', Member<Routes[K], 'params'>> &
  Given<'query', Member<Routes[K], 'query'>> &
  Given<'body', Member<Routes[K], 'body'>> & {
    /** The version that was read; becomes If-Match. */
    version?: number;
    /** Kept by whoever may have to send the same again; else each call has its own. */
    idempotencyKey?: string;
    signal?: AbortSignal;
  };

/** The body of a successful answer. */
export type Answer<K extends Operation> = Routes[K] extends Route
  ? Routes[K]['ok'] extends { body: infer B extends z.ZodType }
    ? z.output<B>
    : undefined
  : never;

type Plain = {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  version?: number;
  idempotencyKey?: string;
  signal?: AbortSignal;
};

const pathOf = (path: string, params: Record<string, unknown> = {}) =>
  path.replace(/\{(\w+)\+?\}/g, (_, name: string) => encodeURIComponent(String(params[name])));

/** Answers to GETs with their ETag, so that a refresh that finds nothing new costs a 304. */
const remembered = new Map<string, { etag: string; body: unknown }>();
const remember = (url: string, etag: string | null, body: unknown) => {
  if (!etag) return;
  remembered.delete(url);
  remembered.set(url, { etag, body });
  if (remembered.size > 100) remembered.delete(remembered.keys().next().value as string);
};

/** Another workspace or another person: nothing of the last one may be shown. */
export const forgetAnswers = () => remembered.clear();

const headersOf = (method: string, call: Plain, token: string | undefined, known: string | undefined): Headers => {
  const headers = new Headers({ accept: 'application/json' });
  if (token) headers.set('authorization', `Bearer ${token}`);
  if (call.body !== undefined) headers.set('content-type', method === 'PATCH' ? 'application/merge-patch+json' : 'application/json');
  if (method === 'POST') headers.set('idempotency-key', call.idempotencyKey ?? crypto.randomUUID());
  if (call.version !== undefined) headers.set('if-match', `"${call.version}"`);
  if (known) headers.set('if-none-match', known);
  return headers;
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function send(method: string, url: string, call: Plain): Promise<Response> {
  const known = method === 'GET' ? remembered.get(url)?.etag : undefined;
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  const attempt = async (token: string | undefined) => {
    try {
      return await fetch(url, {
        method,
        headers: headersOf(method, call, token, known),
        ...(body && { body }),
        ...(call.signal && { signal: call.signal }),
      });
    } catch (cause) {
      if (call.signal?.aborted) throw cause;
      throw new CrmProblem('network', 0);
    }
  };
  const response = await attempt(await accessToken());
  if (response.status !== 401) return response;
  const token = await renew();
  if (token) return attempt(token);
  await forget();
  return response;
}

/**
 * Calls one operation of the API by its name in the route tables. POSTs carry an Idempotency-Key, so a repeat after a lost
 * answer is safe; a throttled call waits as told, once. Throws CrmProblem.
 */
export async function call<K extends Operation>(operation: K, options: Call<K>): Promise<Answer<K>> {
  const [method = 'GET', path = '/'] = operations[operation].split(' ');
  const plain = { idempotencyKey: crypto.randomUUID(), ...(options as Plain) };
  const url = pathOf(path, plain.params) + queryString(plain.query);
  for (let attempt = 0; ; attempt += 1) {
    const response = await send(method, url, plain);
    if (response.status === 304) return remembered.get(url)?.body as Answer<K>;
    if (response.ok) {
      const body = response.status === 204 ? undefined : await response.json();
      if (method === 'GET') remember(url, response.headers.get('etag'), body);
      return body as Answer<K>;
    }
    const problem = await problemOf(response);
    const wait = problem.retryAfter ?? 1;
    if (problem.status !== 429 || attempt > 0 || wait > 10) throw problem;
    await pause(wait * 1000);
  }
}
