import type * as z from 'zod';
import type { ProblemCode } from './errors.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export const verbs = ['read', 'write', 'export', 'delete', 'approve'] as const;
export type Verb = (typeof verbs)[number];

/** `resource:verb` of the role table, or `signed-in` (any member), or `public` (no credentials). */
export type Permission<Resource extends string = string> = `${Resource}:${Verb}` | 'signed-in' | 'public';

/** Capacity units of one call on DynamoDB: reads and writes, as a number or a sentence where it depends on what is asked. */
export type Cost = { rru: number; wru: number; note?: string };

/** One operation of the HTTP API. Pure data: it validates requests, makes the gateway's routes, OpenAPI, the typed client and the test matrices. */
export type Route = {
  method: Method;
  /** API Gateway's spelling: `/v1/customers/{id}`. */
  path: `/${string}`;
  summary: string;
  permission: Permission;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  ok: {
    status: 200 | 201 | 202 | 204;
    body?: z.ZodType;
    /** What is sent when it is not JSON. */
    contentType?: string;
    /** The other success with the same body: a PUT that may create, a POST that may find it there. */
    also?: 200 | 201;
  };
  problems: ProblemCode[];
  cost: Cost;
  /** The body comes as a form (RFC 8058 asks for it), url-encoded or multipart, and not as JSON. */
  form?: true;
  /** PATCH and PUT that need `If-Match`. */
  ifMatch?: true;
  /** A POST whose answer holds a secret: a replay leaves it out. */
  secret?: true;
  /** A POST that only reads (search, dry run): Idempotency-Key is ignored. */
  readOnly?: true;
  /** A POST that changes nothing when it is sent again: Idempotency-Key is ignored here too. */
  repeatable?: true;
  /** Bytes that a body may have, where the usual 256 KiB are too few. */
  maxBody?: number;
};

export type Routes = Record<string, Route>;

/** Keeps the exact types of a table, so that handlers and clients are checked against it. */
export const defineRoutes = <const R extends Routes>(routes: R): R => routes;

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;

/** What a handler is given, parsed and bounded. */
export type Input<R extends Route> = {
  params: Parsed<R['params']>;
  query: Parsed<R['query']>;
  body: Parsed<R['body']>;
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
};

export type OkBody<R extends Route> = R['ok'] extends { body: infer B } ? Parsed<B> : undefined;

/** Whether a request to this route may carry an Idempotency-Key that counts. */
export const takesKey = ({ method, readOnly, repeatable, permission }: Pick<Route, 'method' | 'readOnly' | 'repeatable' | 'permission'>) =>
  method === 'POST' && !readOnly && !repeatable && permission !== 'public';

/** API Gateway's name of a route, and the key of the dispatch map. */
export const routeKey = (route: Pick<Route, 'method' | 'path'>) => `${route.method} ${route.path}`;
