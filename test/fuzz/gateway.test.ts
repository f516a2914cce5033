import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClientFiles } from '../../local/client-files.ts';
import { sourceFunctions } from '../../local/functions.ts';
import { createGateway } from '../../local/gateway.ts';
import { closed, listen } from '../../local/loopback.ts';
import { chanceOf, full, seed, told } from '../_util/battery.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;
let server: ReturnType<typeof createGateway>;
let port: number;

/** Sends bytes as they are and gives back all that is answered until the other side is silent or gone. */
function raw(bytes: string | Buffer, { waitMs = 1_500 } = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const done = () => {
      socket.destroy();
      resolve(text);
    };
    const timer = setTimeout(done, waitMs);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (isWhole(text)) {
        clearTimeout(timer);
        done();
      }
    });
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(text);
    });
    socket.on('error', () => {});
    socket.write(bytes);
  });
}

function isWhole(text: string): boolean {
  const [head = '', body] = text.split(/\r\n\r\n(.*)/s);
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  return body !== undefined && length !== undefined && body.length >= Number(length);
}

const host = () => `Host: 127.0.0.1:${port}`;
const get = (path: string, ...headers: string[]) =>
  `GET ${path} HTTP/1.1\r\n${[host(), 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`;
const post = (path: string, body: string, ...headers: string[]) =>
  `POST ${path} HTTP/1.1\r\n${[host(), 'Connection: close', `Authorization: Bearer ${ws.keys.admin}`, ...headers].join('\r\n')}\r\n\r\n${body}`;

/** Requests that are known to break naive servers, and what else is no proper HTTP. */
const broken = (): (string | Buffer)[] => [
  get('//'),
  get('//evil.example/v1/customers'),
  get('/%'),
  get('/v1/%'),
  get('/v1/customers/%zz'),
  get('/v1/customers/%00'),
  get('/v1/customers/%c0%ae%c0%ae%2f'),
  get('/v1/customers/..%2f..%2fetc%2fpasswd'),
  get('/docs/..%2f..%2fpackage.json'),
  get('/docs/../../package.json'),
  get('/assets/../../../etc/passwd'),
  get('/local/../v1/me'),
  get('/?%'),
  get('/v1/customers?%=%&=&&'),
  get('http://evil.example/v1/customers'),
  get('*'),
  get(`/v1/${'a'.repeat(9_000)}`),
  get(`/v1/${'a/'.repeat(4_000)}`),
  get('/v1/customers', `X-Long: ${'x'.repeat(11_000)}`),
  get('/v1/customers', `X-Long: ${'x'.repeat(30_000)}`),
  get('/v1/customers', 'Authorization: Bearer a', 'Authorization: Bearer b'),
  get('/v1/customers', 'Origin: https://evil.example'),
  get('/v1/customers', 'Origin: null'),
  get('/v1/customers', 'Cookie: a=b; __proto__=c'),
  get('/v1/customers', 'X-Origin-Secret: guess'),
  'GET /v1/customers HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
  'GET /v1/customers HTTP/1.1\r\nConnection: close\r\n\r\n',
  'GET /v1/customers HTTP/1.0\r\n\r\n',
  'GET /v1/customers HTTP/9.9\r\n\r\n',
  'GET /v1/customers\r\n\r\n',
  'get /v1/customers HTTP/1.1\r\n\r\n',
  'BREW /coffee HTTP/1.1\r\n\r\n',
  `OPTIONS * HTTP/1.1\r\n${host()}\r\nConnection: close\r\n\r\n`,
  `TRACE /v1/customers HTTP/1.1\r\n${host()}\r\nConnection: close\r\n\r\n`,
  `CONNECT evil.example:443 HTTP/1.1\r\n${host()}\r\n\r\n`,
  `GET /v1/customers HTTP/1.1\r\n${host()}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
  `GET /v1/customers HTTP/1.1\r\n${host()}\r\nBad Header: x\r\n\r\n`,
  `GET /v1/customers HTTP/1.1\r\n${host()}\r\nX: \u0000\r\n\r\n`,
  `GET /v1/cust\u0000omers HTTP/1.1\r\n${host()}\r\n\r\n`,
  Buffer.from(`GET /v1/\xff\xfe HTTP/1.1\r\n${host()}\r\nConnection: close\r\n\r\n`, 'latin1'),
  post('/v1/customers', '{}', 'Content-Type: application/json', 'Content-Length: -1'),
  post('/v1/customers', '{}', 'Content-Type: application/json', 'Content-Length: 2', 'Content-Length: 3'),
  post('/v1/customers', '0\r\n\r\n', 'Content-Type: application/json', 'Content-Length: 5', 'Transfer-Encoding: chunked'),
  post('/v1/customers', 'zz\r\n{}\r\n', 'Content-Type: application/json', 'Transfer-Encoding: chunked'),
  post('/v1/customers', '{}', 'Content-Type: application/json', 'Content-Length: 2', 'Expect: 200-please'),
  post('/v1/customers', 'x'.repeat(11 * 1024 * 1024), 'Content-Type: application/json', `Content-Length: ${11 * 1024 * 1024}`),
  post('/local/nothing', '', 'Content-Length: 0'),
  post('/', '', 'Content-Length: 0'),
  '\r\n\r\n\r\n',
  '\u0016\u0003\u0001\u0002\u0000\u0001',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
];

/** What is wrong with an answer, or nothing. Silence is an answer only to what is not even a request. */
function faultOf(bytes: string | Buffer, answer: string): string | undefined {
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
  if (status === 0)
    return /^[A-Z]+ \S+ HTTP\/1\.1\r\n/.test(String(bytes)) && !/Upgrade|CONNECT|Expect/.test(String(bytes).slice(0, 300))
      ? 'silence'
      : undefined;
  if (status >= 500) return `${status}`;
  if (status < 400) return undefined;
  const [head = '', rest = ''] = answer.split(/\r\n\r\n(.*)/s);
  // A spoilt length may make a second request of the rest, whose answer then follows.
  const body = rest.slice(0, Number(/content-length: (\d+)/i.exec(head)?.[1] ?? rest.length));
  if (!/content-type: application\/problem\+json/i.test(head)) return `${status} is no problem: ${head.slice(0, 200)}`;
  return typeof (JSON.parse(body) as { code?: unknown }).code === 'string' ? undefined : `${status} without a code`;
}

describeWorld('the front door on this machine', () => {
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
    const secret = world.loopback.secrets.origin;
    server = createGateway(() => ({
      origin: `http://127.0.0.1:${port}`,
      originSecret: secret,
      functions: { ...sourceFunctions(), invoke: world.invoke },
      clientFiles: createClientFiles(world.dataDir, []),
      config: {},
      local: async () => false,
    }));
    port = await listen(server, 0);
  });
  afterAll(async () => {
    await closed(server);
    await world?.stop();
  });

  it('answers whatever comes, and goes on', { timeout: 120_000 }, async () => {
    const hash = world.storeHash();
    const chance = chanceOf(seed);
    const known = broken();
    // Real requests with some bytes changed, cut or doubled.
    const sound = [
      get('/v1/me'),
      get('/healthz'),
      post('/v1/customers', '{"kind":"person"}', 'Content-Type: application/json', 'Content-Length: 17'),
      get('/docs'),
    ].map((text) => Buffer.from(text));
    const spoilt = Array.from({ length: full ? 3_000 : 200 }, () => {
      const bytes = Buffer.from(chance.pick(sound));
      for (let count = 1 + chance.below(3); count > 0; count--) bytes[chance.below(bytes.length)] = chance.below(256);
      return chance.oneIn(4) ? bytes.subarray(0, chance.below(bytes.length)) : bytes;
    });
    const faults: string[] = [];
    let answered = 0;
    const queue = [...known, ...spoilt].values();
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (const bytes of queue) {
          const answer = await raw(bytes, { waitMs: known.includes(bytes) ? 4_000 : 300 });
          if (answer) answered++;
          const fault = known.includes(bytes) || answer ? faultOf(bytes, answer) : undefined;
          if (fault) faults.push(`${fault}: ${JSON.stringify(String(bytes).slice(0, 200))}`);
        }
      }),
    );
    told('the front door', { sent: known.length + spoilt.length, answered });
    expect(faults).toEqual([]);
    expect(await raw(get('/healthz'))).toContain('"status":"ok"');
    expect(await raw(get('/v1/me', `Authorization: Bearer ${ws.keys.admin}`))).toContain(ws.members.admin.id);
    expect(world.storeHash()).toBe(hash);
  });

  it('lets no other site and no other name in', async () => {
    const authorization = `Authorization: Bearer ${ws.keys.admin}`;
    for (const request of [
      get('/v1/me', authorization, 'Origin: https://evil.example'),
      get('/v1/me', authorization, 'Origin: null'),
      get('/v1/me', authorization).replace(host(), 'Host: evil.example'),
      get('/v1/me', authorization).replace(host(), `Host: 127.0.0.1.evil.example:${port}`),
    ])
      expect(await raw(request), request).toMatch(/^HTTP\/1\.1 403/);
  });

  it('lends its secret to nobody who brings one', async () => {
    const answer = await raw(get('/v1/me', `Authorization: Bearer ${ws.keys.admin}`, 'X-Origin-Secret: mine'));
    expect(answer).toMatch(/^HTTP\/1\.1 200/);
    expect(answer).not.toContain(world.loopback.secrets.origin);
  });
});
