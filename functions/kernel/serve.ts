import middy from '@middy/core';
import { CrmError } from './errors.ts';
import { errorFields, log, metric } from './log.ts';
import { failure, type HttpEvent, type HttpResult, Reply, success } from './reply.ts';
import { readRequest } from './request.ts';
import { type Input, type OkBody, type Route, type Routes, routeKey } from './route.ts';
import { onlyFields } from './row-fields.ts';

/** A request's context, as far as `serve` knows it: who asks, and what an Idempotency-Key led to. */
export type Opened<C> = {
  ctx: C;
  /** Throws `forbidden` unless the caller may use the route. */
  authorise: (route: Route) => void;
  /** Reads the Idempotency-Key's record: the answer to give again, or undefined. Throws where the key was used for something else. */
  replay: () => Promise<{ status: number; location?: string; etag?: string } | undefined>;
};
type Open<C> = (request: { event: HttpEvent; route: Route; bodyText: string }) => Promise<Opened<C>>;

type Answer<R extends Route> = OkBody<R> | Reply<OkBody<R>>;
export type Implementation<C, R extends Routes> = { [K in keyof R]: (ctx: C, input: Input<R[K]>) => Promise<Answer<R[K]>> };

/** Thrown by the commit of a request whose Idempotency-Key has a record already. */
export class ReplayError extends Error {}

/**
 * Makes `serve` for one kind of context. `serve(routes, implementation)` is a Lambda handler for payload 2.0: authenticated,
 * authorised, validated, in this order, and only then handled. A missing or misspelt implementation does not compile. `unmatched`
 * says what is wrong with an event of no route.
 */
export const makeServe =
  <C>(open: Open<C>) =>
  <const R extends Routes>(
    routes: R,
    implementation: Implementation<C, R>,
    unmatched = (_event: HttpEvent) => new CrmError('no_route'),
  ) => {
    type Any = (ctx: C, input: Input<Route>) => Promise<unknown>;
    const table = new Map<string, { route: Route; run: Any; name: string }>();
    for (const [name, route] of Object.entries(routes)) table.set(routeKey(route), { route, run: implementation[name] as Any, name });

    const handle = async (event: HttpEvent): Promise<HttpResult> => {
      const found = table.get(event.routeKey);
      if (!found) throw unmatched(event);
      const { route, run } = found;
      const request = readRequest(event, route);
      const opened = await open({ event, route, bodyText: request.bodyText });
      opened.authorise(route);
      try {
        const input = request.parse();
        const only = onlyFields(route, input.query);
        const answer = await run(opened.ctx, input);
        const { body, status, headers } = answer instanceof Reply ? answer : { body: answer, status: undefined, headers: {} };
        return success({ status: status ?? route.ok.status, body: only ? only(body) : body, headers, event });
      } catch (error) {
        if (!event.headers['idempotency-key'] || route.method !== 'POST') throw error;
        const before = await opened.replay();
        if (before) return replayed(opened, before, event);
        throw error instanceof ReplayError ? new CrmError('idempotency_in_progress', { headers: { 'Retry-After': '1' } }) : error;
      }
    };

    /** The kept status, Location and ETag, with the body read again from where Location points. */
    const replayed = async (
      { ctx }: Opened<C>,
      before: { status: number; location?: string; etag?: string },
      event: HttpEvent,
    ): Promise<HttpResult> => {
      const reader = before.location ? readerOf(before.location) : undefined;
      const body = reader
        ? await reader.run(ctx, { params: reader.params, query: {}, body: undefined, headers: {} } as never).catch(() => undefined)
        : undefined;
      const headers = {
        'Idempotency-Replayed': 'true',
        ...(before.location && { location: before.location }),
        ...(before.etag && { etag: before.etag }),
      };
      return success({ status: before.status, body: body instanceof Reply ? body.body : (body ?? {}), headers, event });
    };

    const readerOf = (location: string) => {
      for (const { route, run } of table.values()) {
        const params = route.method === 'GET' && matchPath(route.path, location);
        if (params) return { run, params };
      }
      return undefined;
    };

    return middy<HttpEvent, HttpResult>()
      .use(requestLog())
      .use({
        onError: (request) => {
          request.response = failure(request.error, request.event);
        },
      })
      .handler(handle);
  };

/** The values of a path's placeholders, or undefined where it does not match. */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const [want, have] = [pattern.split('/'), path.split('/')];
  if (want.length !== have.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of want.entries()) {
    const given = have[at]!;
    if (part.startsWith('{')) params[part.slice(1, -1)] = given;
    else if (part !== given) return undefined;
  }
  return params;
}

/** One line and three metrics a request: route, status, time. Never a value that somebody typed. */
function requestLog() {
  const started = new WeakMap<object, number>();
  const finish = (request: { event: HttpEvent; response: HttpResult | null; error?: Error | null }) => {
    const { routeKey: route, requestContext } = request.event;
    const status = request.response?.statusCode ?? 500;
    const milliseconds = Math.round((performance.now() - (started.get(request) ?? performance.now())) * 10) / 10;
    const unexpected = request.error && !(request.error instanceof CrmError);
    log(unexpected ? 'error' : 'info', 'request', {
      requestId: requestContext.requestId,
      route,
      status,
      milliseconds,
      ...(unexpected && errorFields(request.error)),
    });
    metric('Latency', milliseconds, { unit: 'Milliseconds', route });
    if (status >= 500) metric('ServerError', 1, { route });
  };
  return {
    before: (request: object) => void started.set(request, performance.now()),
    after: finish as never,
    onError: finish as never,
  };
}
