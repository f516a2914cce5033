import { isDeepStrictEqual } from 'node:util';
import { problems } from '../../functions/kernel/errors.ts';
import type { Route } from '../../functions/kernel/route.ts';
import { services } from '../../lib/services.ts';

/** Every operation by its route key, with its name. */
export const operations = new Map<string, { name: string; route: Route; service: string }>(
  Object.entries(services).flatMap(([service, { routes }]) =>
    Object.entries(routes).map(([name, route]) => [`${route.method} ${route.path}`, { name, route: route as Route, service }] as const),
  ),
);

type Answer = { status: number; headers: Record<string, string>; body: unknown };

/** What an answer breaks of the contract of its route, in words; undefined where it keeps it. A success must be exactly what its schema makes of it. */
export function breach(routeKey: string, { status, headers, body }: Answer): string | undefined {
  if (status >= 400) return problemBreach(status, headers, body);
  const operation = operations.get(routeKey);
  if (!operation || status === 304) return undefined;
  const { name, route } = operation;
  if (status !== route.ok.status && status !== route.ok.also) return `${name} answered ${status}`;
  // A replay gives what is there now, or nothing where that has no address.
  if (!route.ok.body || route.ok.contentType || headers['idempotency-replayed']) return undefined;
  const read = route.ok.body.safeParse(body);
  if (!read.success) return `${name}: ${JSON.stringify(read.error.issues)}`;
  return isDeepStrictEqual(read.data, body)
    ? undefined
    : `${name}: a field is missing that the schema fills in: ${JSON.stringify(body).slice(0, 500)}`;
}

function problemBreach(status: number, headers: Record<string, string>, body: unknown): string | undefined {
  const problem = body as Record<string, unknown>;
  if (headers['content-type'] !== 'application/problem+json') return `${status} as ${headers['content-type']}`;
  const code = String(problem.code);
  if (!Object.hasOwn(problems, code)) return `unknown code ${code}`;
  const known = problems[code as keyof typeof problems];
  if (known.status !== status || problem.status !== status || problem.title !== known.title) return `${code} with ${status}`;
  if (problem.type !== `/docs/problems/${code}` || typeof problem.requestId !== 'string' || typeof problem.instance !== 'string')
    return `${code} is incomplete`;
  return undefined;
}
