import { statSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoPeople } from '../../local/demo/people.ts';
import { isAlive, newDataDir, type RunningProduct, spawnProduct, startProductProcess } from '../_util/product.ts';
import { signInByClick, tokensFor } from '../_util/sign-in.ts';
import { describeWorld } from '../_util/world.ts';

const { dataDir, remove } = newDataDir();
let product: RunningProduct;

async function api(key: string, method: string, path: string, body?: unknown) {
  const response = await fetch(`${product.baseUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> & { id: string } };
}

/** A request that fetch would not send: any target, any headers. */
function raw(target: string, headers: Record<string, string> = {}, method = 'GET'): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(product.baseUrl);
    const req = request({ hostname, port, path: target, method, headers, agent: false }, (res) => {
      let body = '';
      res.on('data', (chunk) => (body += chunk));
      res.on('end', () => resolve({ status: res.statusCode ?? 0, body }));
    });
    req.on('error', reject).end();
  });
}

const newCustomer = (name: string) => api(product.local.apiKeys.admin ?? '', 'POST', '/v1/customers', { kind: 'person', name });
const seen = async (id: string) => (await api(product.local.apiKeys.admin ?? '', 'GET', `/v1/customers/${id}`)).status;
const lag = async () =>
  Object.values((await (await fetch(`${product.baseUrl}/local/lag`)).json()) as Record<string, number>).reduce((a, b) => a + b, 0);

describeWorld('the local product', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    product = await startProductProcess(dataDir);
  }, 90_000);
  afterAll(async () => {
    product.child.kill('SIGKILL');
    await product.ended;
    remove();
  });

  it('is ready with a key for every role and one of the other workspace, for its owner’s eyes only', async () => {
    expect((await fetch(`${product.baseUrl}/healthz`)).status).toBe(200);
    expect(Object.keys(product.local.apiKeys).sort()).toEqual(['admin', 'analyst', 'manager', 'marketing', 'partner', 'sales', 'service']);
    expect(product.local.other.apiKeys.admin).toMatch(/^suki_sarisari_/);
    expect(statSync(join(dataDir, 'local.json')).mode & 0o777).toBe(0o600);
    expect((await api(product.local.apiKeys.admin ?? '', 'GET', '/v1/customers')).status).toBe(200);
  });

  it('answers no page of another site, whatever name that site gives to this machine', async () => {
    const { host } = new URL(product.baseUrl);
    const refused = await Promise.all([
      raw('/v1/customers', { host: 'evil.example' }),
      raw('/v1/customers', { host, origin: 'http://evil.example' }),
      raw('/v1/customers', { host, origin: 'null' }),
      raw('/local/clock', { host, origin: 'http://localhost:1' }, 'POST'),
      raw('/local/mail', { host: 'rebound.example' }),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect(JSON.parse(refused[0]?.body ?? '')).toMatchObject({ code: 'forbidden' });
  });

  it('answers absurd paths and headers with a problem, and lives on', async () => {
    const targets = [
      '//',
      '//evil.example/v1',
      '/v1/%',
      '/v1/customers/%E0%A4%A',
      '/v1/customers/%00',
      '/v1//customers',
      `/v1/${'x/'.repeat(3000)}`,
      '/p/api/',
      '/v1/?a=%',
    ];
    const statuses = await Promise.all(targets.map(async (target) => (await raw(target)).status));
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
    const large = await raw('/v1/customers', { 'x-long': 'x'.repeat(12_000) });
    const huge = await raw('/v1/customers', { authorization: `Bearer ${'x'.repeat(100_000)}` });
    expect([large, huge].map(({ status, body }) => [status < 500, typeof JSON.parse(body).code])).toEqual([
      [true, 'string'],
      [true, 'string'],
    ]);
    expect((await fetch(`${product.baseUrl}/healthz`)).status).toBe(200);
  });

  it('answers what is no HTTP at all', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(product.baseUrl).port), '127.0.0.1', () => socket.end('\u0016\u0003 nonsense\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => (text += chunk)).on('close', () => resolve(text));
    });
    expect(answer).toContain('"code":"invalid_request"');
  });

  it('listens on the loopback only', async () => {
    const port = Number(new URL(product.baseUrl).port);
    const refused = await new Promise<string>((resolve) => {
      const socket = connect(port, '::1', () => resolve('connected')).on('error', (error: NodeJS.ErrnoException) =>
        resolve(error.code ?? ''),
      );
      socket.unref();
    });
    expect(refused).not.toBe('connected');
  });

  it('tells the client where to sign in, and serves its screens under a strict policy', async () => {
    expect(await (await fetch(`${product.baseUrl}/config.json`)).json()).toMatchObject({
      authority: `${product.baseUrl}/oidc`,
      local: true,
    });
    const page = await fetch(`${product.baseUrl}/customers/anything`);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    expect((await fetch(`${product.baseUrl}/assets/none.js`)).status).toBe(404);
    expect((await fetch(`${product.baseUrl}/oidc/.well-known/openid-configuration`)).status).toBe(200);
  });

  it('signs a person in by one click, and renews, with tokens that open her workspace', async () => {
    const [grace] = demoPeople;
    const tokens = await signInByClick(product.baseUrl, grace?.sub ?? '');
    const me = await api(tokens.access_token, 'GET', '/v1/me');
    expect([me.status, me.body.workspace]).toEqual([200, expect.objectContaining({ id: 'batis001' })]);
    const renewed = await tokensFor(product.baseUrl, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
    expect((await api(renewed.access_token, 'GET', '/v1/customers')).status).toBe(200);
  });

  it('refuses a second start on the same data, in production, and on a port that is taken', async () => {
    const port = new URL(product.baseUrl).port;
    const other = newDataDir();
    const attempts = [
      spawnProduct(dataDir),
      spawnProduct(other.dataDir, { NODE_ENV: 'production' }),
      spawnProduct(other.dataDir, { SUKI_PORT: port }),
    ];
    expect(await Promise.all(attempts.map(({ ended }) => ended))).toEqual([1, 1, 1]);
    expect(attempts.map(({ output }) => output().trim())).toEqual([
      expect.stringContaining('already runs'),
      expect.stringContaining('NODE_ENV=production'),
      expect.stringContaining(`Port ${port} is taken`),
    ]);
    other.remove();
    expect((await fetch(`${product.baseUrl}/healthz`)).status).toBe(200);
  });

  it('catches up by itself when its consumers are killed', async () => {
    const before = product.pids().consumers;
    process.kill(before, 'SIGKILL');
    for (let n = 0; n < 5; n++) expect((await newCustomer(`While killed ${n}`)).status).toBe(201);
    await expect.poll(lag, { timeout: 20_000 }).toBe(0);
    expect(product.pids().consumers).not.toBe(before);
  });

  it('lives on when its database engine is killed', async () => {
    const { body } = await newCustomer('Before the engine died');
    const before = product.pids().engine;
    process.kill(before, 'SIGKILL');
    await expect.poll(() => seen(body.id), { timeout: 20_000 }).toBe(200);
    await expect.poll(() => product.pids().engine, { timeout: 20_000 }).not.toBe(before);
    await expect.poll(lag, { timeout: 20_000 }).toBe(0);
  });

  it('moves the clock for every process and keeps it over a restart after kill -9, with all that was acknowledged', async () => {
    const moved = await fetch(`${product.baseUrl}/local/clock`, { method: 'POST', body: '{"advance":"P30D"}' });
    expect(((await moved.json()) as { offsetMs: number }).offsetMs).toBe(30 * 86_400_000);
    expect((await fetch(`${product.baseUrl}/local/clock`, { method: 'POST', body: '{"advance":"soon"}' })).status).toBe(422);
    const { body } = await newCustomer('Written just before');
    const { apiKeys } = product.local;
    const { engine, consumers } = product.pids();
    product.child.kill('SIGKILL');
    await product.ended;
    await expect.poll(() => [engine, consumers].filter(isAlive), { timeout: 10_000 }).toEqual([]);
    product = await startProductProcess(dataDir);
    expect(product.local.apiKeys).toEqual(apiKeys);
    expect(await seen(body.id)).toBe(200);
    expect(String((await api(apiKeys.admin ?? '', 'GET', `/v1/customers/${body.id}`)).body.createdAt).slice(0, 7)).toBe(
      new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 7),
    );
    await expect.poll(lag, { timeout: 20_000 }).toBe(0);
  });

  it('stops cleanly when asked, and leaves nothing running', async () => {
    const { engine, consumers } = product.pids();
    product.child.kill('SIGTERM');
    expect(await product.ended).toBe(0);
    expect([engine, consumers].filter(isAlive)).toEqual([]);
  });
});
