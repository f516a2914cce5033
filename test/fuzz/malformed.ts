import { examples } from '../../bin/openapi-examples.ts';
import type { Route } from '../../functions/kernel/route.ts';
import type { Chance } from '../_util/battery.ts';

/** A request as a careless or hostile client may send it. */
export interface Request {
  method: string;
  target: string;
  headers: Record<string, string>;
  body?: string | Buffer;
}

/** A value that must never come back in an answer. */
export const canary = 'kanarienvogel';

/** Ids and cursors of the workspace under attack and of another; `ids` by the collection that they belong to. */
export interface Known {
  ids: Record<string, string[]>;
  params: Record<string, string[]>;
  cursors: string[];
}

const deep = (levels: number, open: string, close: string) => open.repeat(levels) + close.repeat(levels);
const prototypes = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];
const long = `${canary} `.repeat(25_000);

/** Leaves that no field takes, or that one only looks as if it took. */
const hostileValues: unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  1e308,
  2 ** 53,
  1e29,
  1e-300,
  '',
  ' ',
  `${canary}\u0000`,
  '\u0000',
  '\ud800',
  `\udfff${canary}`,
  '\u202e\u200f\ufeff',
  '<img src=x onerror=alert(1)>',
  "'; DROP TABLE customers; --",
  '$' + '{jndi:ldap://x}',
  '../../../etc/passwd',
  `${canary}#${canary}`,
  canary.repeat(40),
  long,
  [],
  [[]],
  [null],
  [canary, canary],
  {},
  { canary },
  { $ne: null },
  { length: 1e9 },
  Array.from({ length: 2_000 }, () => canary),
  { toJSON: canary },
  '2026-02-30T25:61:00Z',
  '1969-12-31T23:59:59Z',
  '0000-01-01T00:00:00+14:00',
  '9999-12-31T23:59:59-14:00',
  '0001-01-01',
  '9999-12-31',
  'cus_00000000000000000000000000',
  'mem_ZZZZZZZZZZZZZZZZZZZZZZZZZZ',
  'int_7ZZZZZZZZZZZZZZZZZZZZZZZZZ',
  '９９９',
  'İ̇'.repeat(50),
];

const hostileSegments = [
  '%',
  '%zz',
  '%00',
  '%c0%ae%c0%ae',
  '%ff%fe',
  '%2f',
  '..',
  '%2e%2e',
  '.',
  '~',
  '*',
  '{id}',
  '%F0%9F%98%80',
  canary,
  'cus_%0a',
  'cus_00000000000000000000000000',
  'CUS_00000000000000000000000000',
  'cus_0000000000000000000000000I',
  'int_ZZZZZZZZZZZZZZZZZZZZZZZZZZ',
  '__proto__',
  'constructor',
  'a'.repeat(3_000),
  ';id=1',
  'x#y',
  '%23',
];
const hostileQueries = [
  'limit=0',
  'limit=201',
  'limit=1e3',
  'limit=0x10',
  'limit=-1',
  'limit=NaN',
  'limit=',
  'limit=5&limit=6',
  `cursor=${canary}`,
  'cursor=',
  `cursor=${'A'.repeat(2_001)}`,
  'cursor=aaaa.bbbb',
  'sort=drop',
  'scope=everything',
  'archived=maybe',
  'include=secrets',
  'count=exact',
  '__proto__=1',
  '__proto__[admin]=1',
  'constructor[prototype][x]=1',
  'lifecycle[regex]=.*',
  'lifecycle[]=active',
  `lifecycle=${canary}`,
  'createdAt[gte]=yesterday',
  'createdAt[between]=2026-01-01',
  'tags[in]=',
  `custom.__proto__=${canary}`,
  'name[contains]=%ff',
  `name=${'x'.repeat(201)}`,
  '%',
  '%=%',
  '&&&==',
  `${'a=b&'.repeat(60)}`,
  `${'x'.repeat(5_000)}=1`,
  'tenant=otherone',
  'onDuplicate=merge',
  'channel=pigeon',
  `unknown=${canary}`,
];
const hostileHeaders: Record<string, string>[] = [
  { 'if-match': '*' },
  { 'if-match': '3' },
  { 'if-match': `"${canary}"` },
  { 'if-match': '"99999"' },
  { 'if-match': '"1", "2"' },
  { 'if-match': '""' },
  { 'if-none-match': '\u0000' },
  { 'idempotency-key': '' },
  { 'idempotency-key': 'a b' },
  { 'idempotency-key': 'k'.repeat(256) },
  { 'idempotency-key': 'schlüssel' },
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-type': 'application/jsonp' },
  { 'content-type': '' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-encoding': 'gzip' },
  { authorization: 'Bearer' },
  { authorization: `Basic ${canary}` },
  { authorization: `Bearer ${canary}` },
  { authorization: `Bearer ${'x'.repeat(20_000)}` },
  { 'x-origin-secret': 'wrong' },
  { 'x-http-method-override': 'DELETE' },
  { 'x-forwarded-for': canary },
  { cookie: 'a=b; a=c;;=' },
  { __proto__x: '1', constructor: 'x' },
];

/** Every path to a member of a JSON value, the value itself included. */
function places(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, member]) => places(member, [...path, Array.isArray(value) ? Number(key) : key]))];
}

function replaced(value: unknown, path: (string | number)[], by: (held: unknown) => unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return by(value);
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[first] = replaced(copy[first], rest, by);
  return copy;
}

const raws = [
  '{',
  '[1,',
  '{"a":1,}',
  "{'a':1}",
  'undefined',
  'NaN',
  '\ufeff{}',
  '\u0000',
  '{"kind":"person","kind":"company"',
  '"text"',
  '1e999',
  'null',
  '[]',
  deep(40, '[', ']'),
  deep(100_000, '[', ']'),
  deep(5_000, '{"a":', '1}').slice(0, 30_000),
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
];

/** What is done to a body. */
function brokenBody(chance: Chance, body: unknown): string | Buffer {
  const at = chance.pick(places(body));
  switch (chance.below(8)) {
    case 0:
      return chance.pick(raws);
    case 1:
      return Buffer.from([0xff, 0xfe, 0x7b, 0x22, 0xc0, 0xaf, ...Buffer.from('":1}')]);
    case 2:
      return JSON.stringify({ ...(body as object), pad: 'x'.repeat(300_000) });
    case 3:
      return JSON.stringify(
        replaced(body, at, (held) =>
          typeof held === 'object' && held
            ? { ...held, [chance.pick([...prototypes, 'tenant', 'version', 'id', 'role', canary, 'x'.repeat(500)])]: canary }
            : { held },
        ),
      );
    case 4:
      return JSON.stringify(replaced(body, at, (held) => [held]));
    case 5:
      // A prototype key that survives JSON, at any place.
      return JSON.stringify(replaced(body, at, () => 'PLACE')).replace('"PLACE"', '{"__proto__":{"role":"admin"},"constructor":1}');
    default:
      return JSON.stringify(replaced(body, at, () => chance.pick(hostileValues)));
  }
}

const badPaths = [
  '/v1//customers',
  '//',
  '/v1/customers/',
  '/V1/customers',
  '/v1/customers/..%2f..%2f',
  '/v1/%',
  `/v1/${'a/'.repeat(200)}`,
  '/v1/customers/by',
  '/v1/__proto__',
  '/v1/constructor',
  '/healthz/x',
  '/p/api/nothing',
  '/v1',
];

/** A request to a route with something wrong with it; now and then the wrong thing is harmless. */
export function malformed(chance: Chance, { name, route }: { name: string; route: Route }, known: Known): Request {
  const method = chance.oneIn(40)
    ? chance.pick(['POST', 'PUT', 'PATCH', 'DELETE', 'GET', 'OPTIONS', 'TRACE', 'PROPFIND', 'get'])
    : route.method;
  const kinds = [...(route.body ? ['body', 'body', 'body'] : []), ...(route.params ? ['path'] : []), 'query', 'header', 'odd'];
  const wrong = chance.pick(kinds);
  const path = pathOf(chance, route, { known, wrong: wrong === 'path' });
  const base = examples[name] ?? {};
  const body = route.body
    ? wrong === 'body'
      ? brokenBody(chance, base)
      : JSON.stringify(base)
    : wrong === 'odd' && route.method !== 'GET'
      ? brokenBody(chance, { a: 1 })
      : undefined;
  const query = wrong === 'query' ? `?${chance.oneIn(4) ? `cursor=${chance.pick(known.cursors)}` : chance.pick(hostileQueries)}` : '';
  const headers = {
    ...(body !== undefined && { 'content-type': route.method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' }),
    ...(route.ifMatch && !chance.oneIn(6) && { 'if-match': '"1"' }),
    ...(wrong === 'header' && chance.pick(hostileHeaders)),
  };
  const target = wrong === 'odd' && chance.oneIn(2) ? chance.pick(badPaths) : path + query;
  return { method, target, headers, ...(body !== undefined && { body }) };
}

function pathOf(chance: Chance, route: Route, { known, wrong }: { known: Known; wrong: boolean }): string {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  const collection = route.path.split('/')[2] ?? '';
  const spoilt = wrong ? chance.pick(names) : undefined;
  return route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === spoilt ? chance.pick(hostileSegments) : chance.pick((name === 'id' ? known.ids[collection] : known.params[name]) ?? [canary]),
  );
}
