import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { createDocument, type ZodOpenApiObject, type ZodOpenApiOperationObject, type ZodOpenApiResponseObject } from 'zod-openapi';
import { type ProblemCode, problems } from '../functions/kernel/errors.ts';
import { type Route, takesKey } from '../functions/kernel/route.ts';
import { services } from '../lib/services.ts';
import { examples } from './openapi-examples.ts';

const root = resolve(import.meta.dirname, '..');
export const openApiFile = join(root, 'docs/openapi.json');

const prose = `The HTTP interface of Suki. Everything that the web client does goes through it, and nothing else does.

**Who asks.** Send \`Authorization: Bearer <token>\` with an access token of a person or an API key (\`suki_…\`). A key acts as its member, narrowed by its scopes.

**Lists** answer \`data\` and \`page\`; hand \`page.nextCursor\` back as \`cursor\` until it is null. A page may be short. \`fields\` names what of each row is wanted; what is left out is missing even where the schema requires it.

**Filters** stand in the query, \`lifecycle=active&createdAt[gte]=2026-01-01\`, or as a tree in \`POST …/search\`.

**Changing.** A \`PATCH\` is a JSON merge patch and needs \`If-Match\` with the ETag that was read; it passes while nobody changed the same fields. \`DELETE\` archives.

**Sending twice.** With an \`Idempotency-Key\` a \`POST\` that is sent again answers as the first did, for 24 hours.

**Failures** are \`application/problem+json\` with a \`code\`; each code has a page under \`/docs/problems/\`.

**Costs.** \`x-cost\` is what an operation consumes of the table: read units (\`rru\`) and write units (\`wru\`).`;

const tagDescriptions: Record<string, string> = {
  customers: 'People and companies that the workspace does or seeks business with.',
  interactions: 'What happened with a customer: calls, mails, visits and the rest.',
  overview: 'A customer at one glance.',
  admin: 'The workspace, its members, teams and keys, and what was done in it.',
  imports: 'Files of records that become customers.',
  exports: 'Lists as files.',
  jobs: 'Work that takes longer than a request.',
  team: 'What the members did, and what waits for them, from counters.',
  today: 'What a member has to do, in the order in which it should be done, each with the reason.',
  followUps: 'What a member is to do by a time; done, it becomes an interaction.',
  reports: 'What campaigns came to.',
  cases: 'Matters to be answered and closed under a service level.',
  serviceLevels: 'In what working time cases are answered and resolved.',
  campaigns: 'Goal, budget, audience, content and schedule over any channel.',
  notifications: 'What a member is told, in the product and by daily mail.',
  rules: 'What is done by itself: when something happens or a moment comes.',
  fallback: 'Whether the service answers.',
};
const tagOf = (service: string) => (service === 'fallback' ? 'health' : service);

const FieldError = z
  .strictObject({
    pointer: z.string().meta({ description: 'JSON pointer into the body, or /query/…, /params/…, /headers/…' }),
    code: z.string().meta({ description: 'The rule that was broken' }),
    detail: z.string(),
  })
  .meta({ id: 'FieldError' });

/** Every failure of the API. Members beyond these depend on the code. */
export const Problem = z
  .looseObject({
    type: z.string().meta({ description: 'Address of the page that explains the code' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    instance: z.string().meta({ description: 'The path that was asked for' }),
    code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
    requestId: z.string(),
    retryable: z.boolean().meta({ description: 'Whether the same request may succeed when it is sent again' }),
    errors: z.array(FieldError).optional(),
  })
  .meta({ id: 'Problem' });

const etag = { ETag: { description: 'The version of the record, for If-Match and If-None-Match', schema: { type: 'string' } } } as const;
const requestId = {
  'X-Request-Id': { description: 'Names the request in logs, history and problems', schema: { type: 'string' } },
} as const;
const retryAfter = { 'Retry-After': { description: 'Seconds to wait before trying again', schema: { type: 'integer' } } } as const;

/** What any operation of this kind may answer besides the codes in its table: credentials, form, load. */
export function problemsOf(route: Route): ProblemCode[] {
  const codes = new Set<ProblemCode>([...route.problems, 'unavailable', 'internal', 'throttled', 'body_too_large']);
  if (route.permission !== 'public') codes.add('unauthenticated');
  if (route.permission.includes(':')) codes.add('forbidden');
  if (route.params || route.query || route.body) codes.add('invalid_input');
  if (route.body) for (const code of ['invalid_json', 'unsupported_media_type'] as const) codes.add(code);
  if (route.ifMatch) for (const code of ['stale', 'if_match_needed', 'conflict'] as const) codes.add(code);
  if (takesKey(route)) for (const code of ['idempotency_mismatch', 'idempotency_in_progress', 'invalid_input'] as const) codes.add(code);
  return [...codes].sort();
}

const statusOf = (code: ProblemCode) => problems[code].status;

const failure = (status: number, codes: readonly ProblemCode[]): ZodOpenApiResponseObject => ({
  description: codes.map((code) => `[${code}](/docs/problems/${code}): ${problems[code].title}.`).join(' '),
  headers: { ...requestId, ...([409, 429, 503].includes(status) && retryAfter) },
  content: { 'application/problem+json': { schema: Problem } },
});

/** Failures that every operation may answer alike are said once, as components; the object's identity makes the reference. */
const shared = new Map<string, ZodOpenApiResponseObject>();
function failuresOf(route: Route): Record<string, ZodOpenApiResponseObject> {
  const byStatus = Map.groupBy(problemsOf(route), statusOf);
  return Object.fromEntries([...byStatus].map(([status, codes]) => [String(status), sharedFailure(status, codes)]));
}

function sharedFailure(status: number, codes: ProblemCode[]): ZodOpenApiResponseObject {
  const name = codes.map((code) => code.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())).join('Or');
  if (!shared.has(name)) shared.set(name, { ...failure(status, codes), id: name });
  return shared.get(name)!;
}

const words: Record<number, string> = {
  200: 'Done',
  201: 'Created',
  202: 'Begun; ask the job how far it is',
  204: 'Done, nothing to say',
  303: 'See the page that Location names',
};

function successOf(route: Route, status: number): ZodOpenApiResponseObject {
  const { body, contentType = 'application/json' } = route.ok;
  const location = { Location: { description: 'Where the new record is', schema: { type: 'string' } } } as const;
  const replayed = {
    'Idempotency-Replayed': {
      description: '`true` where this is the answer to an earlier request with the same key',
      schema: { type: 'string' },
    },
  } as const;
  return {
    description: words[status] ?? 'Done',
    headers: { ...requestId, ...(body && etag), ...(status === 201 && location), ...(takesKey(route) && replayed) },
    ...(body && { content: { [contentType]: { schema: body } } }),
  };
}

const IfMatch = z
  .string()
  .regex(/^(W\/)?"\d{1,9}"$/)
  .meta({ description: 'The ETag that was read, such as `"3"`. The weak form is accepted.', example: '"3"' });
const IdempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/)
  .optional()
  .meta({
    description: 'A name of your own for this request: sent again within 24 hours, it is answered as before and done once.',
  });

const headersOf = (route: Route) =>
  z.object({ ...(route.ifMatch && { 'If-Match': IfMatch }), ...(takesKey(route) && { 'Idempotency-Key': IdempotencyKey }) });

/** A query that takes more names than it lists takes filters: shown as one parameter that is spread over the query. */
const filterParameter = {
  in: 'query',
  name: 'filter',
  description:
    'Any number of conditions, all of which must hold: `lifecycle=active`, `createdAt[gte]=2026-01-01`, `tags[in]=vip,wholesale`.',
  style: 'form',
  explode: true,
  schema: { type: 'object', additionalProperties: { type: 'string' } },
  example: {},
} as const;
const takesFilters = (route: Route) =>
  (route.query as { _zod: { def: { catchall?: { _zod: { def: { type: string } } } } } } | undefined)?._zod.def.catchall?._zod.def.type ===
  'unknown';

function bodyOf(name: string, route: Route): ZodOpenApiOperationObject['requestBody'] {
  if (!route.body) return undefined;
  const media = { schema: route.body, ...(name in examples && { example: examples[name] }) };
  const types = route.form
    ? ['application/x-www-form-urlencoded', 'multipart/form-data']
    : route.method === 'PATCH'
      ? ['application/merge-patch+json', 'application/json']
      : ['application/json'];
  return { required: !route.body.safeParse(undefined).success, content: Object.fromEntries(types.map((type) => [type, media])) };
}

function operationOf(name: string, route: Route, service: string): ZodOpenApiOperationObject {
  const headers = headersOf(route);
  const requestBody = bodyOf(name, route);
  const { rru, wru, note } = route.cost;
  return {
    operationId: name,
    summary: route.summary,
    description: `${needs(route)} Costs ${rru} read and ${wru} write units${note ? ` (${note})` : ''}.`,
    tags: [tagOf(service)],
    ...(route.permission === 'public' && { security: [] }),
    'x-permission': route.permission,
    'x-cost': route.cost,
    'x-problems': problemsOf(route),
    requestParams: {
      ...(route.params && { path: route.params }),
      ...(route.query && { query: route.query }),
      ...(Object.keys(headers.shape).length > 0 && { header: headers }),
    },
    ...(takesFilters(route) && { parameters: [filterParameter] }),
    ...(requestBody && { requestBody }),
    responses: {
      [route.ok.status]: successOf(route, route.ok.status),
      ...(route.ok.also && { [route.ok.also]: successOf(route, route.ok.also) }),
      ...(route.method === 'GET' &&
        route.ok.body && { 304: { description: 'You have it already (If-None-Match)', headers: { ...requestId, ...etag } } }),
      ...failuresOf(route),
    },
  } as ZodOpenApiOperationObject;
}

const needs = ({ permission }: Route) =>
  permission === 'public' ? 'Open to anybody.' : permission === 'signed-in' ? 'Open to every member.' : `Needs \`${permission}\`.`;

/** The whole interface as OpenAPI 3.1, made from the route tables. */
export function openApiDocument() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [service, { routes }] of Object.entries(services))
    for (const [name, route] of Object.entries(routes)) {
      paths[route.path] ??= {};
      paths[route.path]![route.method.toLowerCase()] = operationOf(name, route, service);
    }
  const document: ZodOpenApiObject = {
    openapi: '3.1.1',
    info: {
      title: 'Suki',
      version,
      summary: 'The serverless CRM',
      description: prose,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The origin that this document came from' }],
    tags: Object.keys(services).map((service) => ({
      name: tagOf(service),
      description: tagDescriptions[service] ?? `Operations of ${service}.`,
    })),
    security: [{ accessToken: [] }, { apiKey: [] }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: {
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: "A person's access token, from the workspace's identity provider.",
        },
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'suki_<workspace>_<id>_<secret>',
          description: 'An API key, made in the settings and shown once.',
        },
      },
    },
  };
  return createDocument(document);
}

/** The document as the file has it. */
export const openApiText = () => `${JSON.stringify(openApiDocument(), null, 1)}\n`;

if (import.meta.main) {
  mkdirSync(dirname(openApiFile), { recursive: true });
  writeFileSync(openApiFile, openApiText());
  console.log(`docs/openapi.json: ${Object.values(services).flatMap(({ routes }) => Object.keys(routes)).length} operations`);
}
