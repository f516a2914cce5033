import { CrmError, type FieldError, problems } from './errors.ts';
import { hashOf } from './ids.ts';

/** API Gateway's payload 2.0, as far as it is used. */
export type HttpEvent = {
  routeKey: string;
  rawPath: string;
  rawQueryString?: string;
  headers: Record<string, string | undefined>;
  pathParameters?: Record<string, string | undefined>;
  body?: string;
  isBase64Encoded?: boolean;
  requestContext: { requestId: string; http: { method: string; path: string; sourceIp?: string } };
};
export type HttpResult = { statusCode: number; headers: Record<string, string>; body?: string; isBase64Encoded?: boolean };

/** What a handler answers when the body alone does not say it all. */
export class Reply<T> {
  readonly body: T;
  readonly status: number | undefined;
  readonly headers: Record<string, string>;

  constructor(body: T, { status, headers = {} }: { status?: number; headers?: Record<string, string> } = {}) {
    this.body = body;
    this.status = status;
    this.headers = headers;
  }
}
export const reply = <T>(body: T, rest: { status?: number; headers?: Record<string, string> } = {}) => new Reply(body, rest);

const always = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** The ETag of a versioned body is its version; of any other, its hash. */
export const etagOf = (body: unknown, text: string): string => {
  const version = (body as { version?: unknown } | null)?.version;
  return typeof version === 'number' ? `"${version}"` : `W/"${hashOf(text, 16)}"`;
};

/** A success as JSON with its ETag; 304 where the caller already has it. */
export function success({
  status,
  body,
  headers,
  event,
}: {
  status: number;
  body: unknown;
  headers: Record<string, string>;
  event: HttpEvent;
}): HttpResult {
  const common: Record<string, string> = { ...always, 'x-request-id': event.requestContext.requestId, ...headers };
  if (body === undefined) return { statusCode: status, headers: common };
  const text = JSON.stringify(body);
  const etag = common.etag ?? etagOf(body, text);
  const held = event.headers['if-none-match'];
  if (event.requestContext.http.method === 'GET' && held && held.replace(/^W\//, '') === etag.replace(/^W\//, ''))
    return { statusCode: 304, headers: { ...common, etag } };
  return { statusCode: status, headers: { 'content-type': 'application/json', etag, ...common }, body: text };
}

/** A failure as problem+json (RFC 9457). Anything but a CrmError is `internal`, with nothing of itself in the answer. */
export function problemOf(
  error: unknown,
  requestId: string,
  path: string,
): { status: number; headers: Record<string, string>; document: Record<string, unknown> } {
  const known = error instanceof CrmError ? error : new CrmError('internal');
  const { status, title } = problems[known.code];
  const { headers = {}, detail, errors, ...members } = known.details;
  return {
    status,
    headers,
    document: {
      type: `/docs/problems/${known.code}`,
      title,
      status,
      ...(detail && { detail }),
      instance: path.slice(0, 500),
      code: known.code,
      requestId,
      retryable: status === 429 || status === 503 || known.code === 'conflict' || known.code === 'idempotency_in_progress',
      ...(errors && { errors }),
      ...members,
    },
  };
}

export function failure(error: unknown, event: HttpEvent): HttpResult {
  const { requestId, http } = event.requestContext;
  const { status, headers, document } = problemOf(error, requestId, http?.path ?? event.rawPath ?? '/');
  return {
    statusCode: status,
    headers: {
      ...always,
      'content-type': 'application/problem+json',
      'x-request-id': requestId,
      ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
      ...headers,
    },
    body: JSON.stringify(document),
  };
}

/** A zod issue as a field error below a pointer's root; values are never echoed. */
export const fieldErrors = (issues: readonly ZodIssue[], root = ''): FieldError[] =>
  issues.flatMap((issue): FieldError[] => {
    const pointer = root + issue.path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 60)}`).join('');
    if (issue.code === 'unrecognized_keys')
      return (issue.keys ?? [])
        .slice(0, 20)
        .map((key) => ({ pointer: `${pointer}/${key.slice(0, 60)}`, code: 'unknown_field', detail: 'there is no such field' }));
    if (issue.code === 'invalid_union' && issue.errors?.length) {
      const nearest = [...issue.errors].sort((a, b) => a.length - b.length)[0] ?? [];
      const inner = fieldErrors(nearest, pointer);
      if (inner.length) return inner;
    }
    return [{ pointer, code: issue.params?.code ?? issue.code, detail: issue.message.slice(0, 200) }];
  });

export type ZodIssue = {
  code: string;
  path: PropertyKey[];
  message: string;
  keys?: string[];
  errors?: ZodIssue[][];
  params?: { code?: string };
};
