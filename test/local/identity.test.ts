import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPeople, languages, type SignInPerson } from '../../local/demo/people.ts';
import { createIdentity } from '../../local/identity.ts';

const clientId = 'suki-web';
const [grace, claire, , sana] = demoPeople as [
  (typeof demoPeople)[number],
  (typeof demoPeople)[number],
  unknown,
  (typeof demoPeople)[number],
];

/** A browser of sorts: keeps cookies by path, follows nothing by itself. */
class Browser {
  private readonly jar = new Map<string, { value: string; path: string }>();
  readonly origin: string;
  constructor(origin: string) {
    this.origin = origin;
  }
  async go(target: string, init: RequestInit = {}) {
    const url = new URL(target, this.origin);
    const cookies = [...this.jar].filter(([, one]) => url.pathname.startsWith(one.path)).map(([name, one]) => `${name}=${one.value}`);
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie: cookies.join('; ') } });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      const path = attributes.find((one) => one.toLowerCase().startsWith('path='))?.slice(5) ?? '/';
      if (value === '' || attributes.some((one) => /1970/.test(one))) this.jar.delete(name);
      else this.jar.set(name, { value, path });
    }
    return answer;
  }
  post = (target: string, fields: Record<string, string>) => this.go(target, { method: 'POST', body: new URLSearchParams(fields) });
}

const location = (answer: Response) => answer.headers.get('location') ?? '';

describe('the sign-in of the local product', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'suki-identity-'));
  const known: SignInPerson[] = [...demoPeople];
  const people = { list: () => known, find: (sub: string) => known.find((person) => person.sub === sub) };
  let server: Server;
  let origin: string;
  let active = 'batis001';

  const start = async (issuer: string) =>
    createIdentity({
      issuer,
      people,
      dataDir,
      clientId,
      redirectUris: [`${new URL(issuer).origin}/callback`],
      tenantOf: async () => active,
    });

  beforeAll(async () => {
    let handler: Awaited<ReturnType<typeof start>>;
    server = createServer((req, res) => handler(req, res));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    handler = await start(`${origin}/oidc`);
  });
  afterAll(() => {
    server.close();
    rmSync(dataDir, { recursive: true });
  });

  const authorize = async (browser: Browser, extra: Record<string, string> = {}) => {
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      client_id: clientId,
      redirect_uri: `${origin}/callback`,
      response_type: 'code',
      scope: 'openid profile email',
      state: 'here',
      nonce: 'once',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...extra,
    });
    return { verifier, answer: await browser.go(`/oidc/auth?${query}`) };
  };
  const follow = async (browser: Browser, from: Response) => {
    let answer = from;
    for (let hops = 0; hops < 6 && answer.status === 303 && !location(answer).includes('/callback'); hops++)
      answer = await browser.go(location(answer));
    return new URL(location(answer), origin);
  };
  const tokens = async (fields: Record<string, string>) => {
    const answer = await fetch(`${origin}/oidc/token`, { method: 'POST', body: new URLSearchParams({ client_id: clientId, ...fields }) });
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  };
  const signIn = async (browser: Browser, sub: string, extra: Record<string, string> = {}) => {
    const { verifier, answer } = await authorize(browser, extra);
    const back = await follow(browser, await browser.post(location(answer), { sub }));
    const code = back.searchParams.get('code') ?? '';
    return tokens({ grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: `${origin}/callback` });
  };
  const verify = async (token: string) =>
    jwtVerify(token, createRemoteJWKSet(new URL(`${origin}/oidc/.well-known/jwks.json`)), { issuer: `${origin}/oidc` });

  it('publishes where everything is under the issuer', async () => {
    const found = (await (await fetch(`${origin}/oidc/.well-known/openid-configuration`)).json()) as Record<string, string>;
    expect(found.issuer).toBe(`${origin}/oidc`);
    expect(found.authorization_endpoint).toBe(`${origin}/oidc/auth`);
    expect(found.jwks_uri).toBe(`${origin}/oidc/.well-known/jwks.json`);
  });

  it('shows eight people, each one click away, in five languages', async () => {
    for (const language of languages) {
      const browser = new Browser(origin);
      const { answer } = await authorize(browser, { ui_locales: language });
      const shown = await browser.go(location(answer));
      const html = await shown.text();
      expect(html.match(/<button class="person"/g)).toHaveLength(8);
      expect(html).toContain(`<html lang="${language}" dir="${language === 'ur' ? 'rtl' : 'ltr'}">`);
      for (const person of demoPeople) expect(html).toContain(person.about[language].replaceAll("'", '&#39;'));
      expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(html).not.toMatch(/<script>|style=|https?:\/\//);
    }
  });

  it('gives an access token in the shape that Cognito gives', async () => {
    const { body } = await signIn(new Browser(origin), grace.sub);
    const { payload } = await verify(body.access_token!);
    expect(payload).toMatchObject({
      iss: `${origin}/oidc`,
      sub: grace.sub,
      client_id: clientId,
      token_use: 'access',
      scope: 'openid profile email',
      username: grace.sub,
      tenant: 'batis001',
    });
    expect(payload.aud).toBeUndefined();
    expect(payload.exp! - payload.iat!).toBe(3600);
    expect(decodeProtectedHeader(body.access_token!).alg).toBe('RS256');
  });

  it("carries the person's language in the id token, which is marked as one", async () => {
    const { body } = await signIn(new Browser(origin), sana.sub);
    const { payload } = await verify(body.id_token!);
    expect(payload).toMatchObject({ sub: sana.sub, aud: clientId, token_use: 'id', locale: 'ur', name: 'ثنا قریشی', nonce: 'once' });
  });

  it('refuses a code without its verifier', async () => {
    const browser = new Browser(origin);
    const { answer } = await authorize(browser);
    const back = await follow(browser, await browser.post(location(answer), { sub: grace.sub }));
    const code = back.searchParams.get('code') ?? '';
    const { status, body } = await tokens({
      grant_type: 'authorization_code',
      code,
      code_verifier: 'x'.repeat(43),
      redirect_uri: `${origin}/callback`,
    });
    expect([status, body.error]).toEqual([400, 'invalid_grant']);
  });

  it('asks nothing the second time, and asks again when told to', async () => {
    const browser = new Browser(origin);
    await signIn(browser, grace.sub);
    expect((await follow(browser, (await authorize(browser)).answer)).searchParams.get('code')).toBeTruthy();
    expect(location((await authorize(browser, { prompt: 'login' })).answer)).toContain('/oidc/sign-in/');
  });

  it('switches to another person by one click, and leaves the tokens of the first alone', async () => {
    const browser = new Browser(origin);
    const first = await signIn(browser, grace.sub);
    const second = await signIn(browser, claire.sub, { prompt: 'login' });
    expect((await verify(second.body.access_token!)).payload.sub).toBe(claire.sub);
    const again = await tokens({ grant_type: 'refresh_token', refresh_token: first.body.refresh_token! });
    expect((await verify(again.body.access_token!)).payload.sub).toBe(grace.sub);
  });

  it('opens as the person whose button was pressed on the desk', async () => {
    const browser = new Browser(origin);
    await signIn(browser, grace.sub);
    expect(location(await browser.post('/oidc/as', { sub: sana.sub }))).toBe('/sign-in#start');
    const { verifier, answer } = await authorize(browser);
    const code = (await follow(browser, answer)).searchParams.get('code') ?? '';
    const { body } = await tokens({ grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: `${origin}/callback` });
    expect((await verify(body.access_token!)).payload.sub).toBe(sana.sub);
    expect(location((await authorize(browser, { prompt: 'login' })).answer)).toContain('/oidc/sign-in/');
  });

  it('lets no other site press the button of the desk', async () => {
    const answer = await fetch(`${origin}/oidc/as`, {
      method: 'POST',
      headers: { origin: 'http://elsewhere.example' },
      body: new URLSearchParams({ sub: grace.sub }),
      redirect: 'manual',
    });
    expect(answer.status).toBe(403);
  });

  it('rotates the refresh token, and takes a used one for a theft', async () => {
    const { body } = await signIn(new Browser(origin), grace.sub);
    const fields = { grant_type: 'refresh_token', refresh_token: body.refresh_token! };
    const next = await tokens(fields);
    expect(next.body.refresh_token).not.toBe(body.refresh_token);
    expect((await tokens(fields)).body.error).toBe('invalid_grant');
    expect((await tokens({ ...fields, refresh_token: next.body.refresh_token! })).body.error).toBe('invalid_grant');
  });

  it('names the new workspace after a refresh', async () => {
    const { body } = await signIn(new Browser(origin), grace.sub);
    active = 'sarisari';
    const next = await tokens({ grant_type: 'refresh_token', refresh_token: body.refresh_token! });
    active = 'batis001';
    expect((await verify(next.body.access_token!)).payload.tenant).toBe('sarisari');
  });

  it('signs out by one click and comes back to the app', async () => {
    const browser = new Browser(origin);
    const { body } = await signIn(browser, grace.sub);
    const query = new URLSearchParams({ id_token_hint: body.id_token!, post_logout_redirect_uri: `${origin}/` });
    const html = await (await browser.go(`/oidc/session/end?${query}`)).text();
    const [, action = '', xsrf = ''] = /action="([^"]*)".*name="xsrf" value="([^"]*)"/.exec(html) ?? [];
    expect(location(await browser.post(action, { xsrf, logout: 'yes' }))).toBe(`${origin}/`);
    expect(location((await authorize(browser)).answer)).toContain('/oidc/sign-in/');
  });

  it('shows those who were invited beside the eight, and nobody who was disabled', async () => {
    known.push({ sub: 'a-new-one', email: 'new@batis.example', name: 'Ana <b>Reyes</b>', locale: 'fil', enabled: true });
    known.push({ sub: 'an-old-one', email: 'old@batis.example', name: 'Old Hand', locale: 'en', enabled: false });
    const browser = new Browser(origin);
    const { answer } = await authorize(browser);
    const html = await (await browser.go(location(answer))).text();
    expect(html).toContain('Ana &lt;b&gt;Reyes&lt;/b&gt;');
    expect(html).not.toContain('Old Hand');
    expect((await signIn(browser, 'a-new-one')).status).toBe(200);
    known.splice(8);
  });

  it('ends the sessions and refresh tokens of a person who was signed out everywhere', async () => {
    const browser = new Browser(origin);
    known.push({ ...grace, sub: 'leaver', email: 'leaver@batis.example' });
    const { body } = await signIn(browser, 'leaver');
    known[8] = { ...known[8]!, signedOutAt: Date.now() + 5000 };
    expect((await tokens({ grant_type: 'refresh_token', refresh_token: body.refresh_token! })).body.error).toBe('invalid_grant');
    expect(location((await authorize(browser)).answer)).toContain('/oidc/sign-in/');
    known.splice(8);
  });

  it('says in words that a sign-in was left open too long', async () => {
    const answer = await fetch(`${origin}/oidc/sign-in/gone`, { headers: { 'accept-language': 'fr' } });
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain('Cette connexion a expiré');
  });

  it('keeps its keys over a restart, for its owner alone', async () => {
    const before = await (await fetch(`${origin}/oidc/.well-known/jwks.json`)).json();
    const restarted = await start(`${origin}/oidc`);
    const second = createServer(restarted);
    await new Promise<void>((done) => second.listen(0, '127.0.0.1', done));
    const after = await (await fetch(`http://127.0.0.1:${(second.address() as AddressInfo).port}/oidc/.well-known/jwks.json`)).json();
    second.close();
    expect(after).toEqual(before);
    for (const name of readdirSync(dataDir)) expect(statSync(join(dataDir, name)).mode & 0o077).toBe(0);
  });
});
