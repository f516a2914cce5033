import { createHash, randomBytes } from 'node:crypto';

export interface Tokens {
  access_token: string;
  refresh_token: string;
}

/** Signs a person in at the running product as the web client does: code with PKCE, one click, the code for tokens. */
export async function signInByClick(baseUrl: string, sub: string): Promise<Tokens> {
  const cookies = new Map<string, string>();
  async function go(target: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(target, baseUrl), { ...init, redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return response;
  }
  const verifier = randomBytes(32).toString('base64url');
  const redirect_uri = `${baseUrl}/auth/callback`;
  const code_challenge = createHash('sha256').update(verifier).digest('base64url');
  const scope = 'openid profile email';
  const query = new URLSearchParams({
    client_id: 'suki-web',
    redirect_uri,
    response_type: 'code',
    scope,
    code_challenge,
    code_challenge_method: 'S256',
  });
  const page = (await go(`/oidc/auth?${query}`)).headers.get('location') ?? '';
  let answer = await go(page, { method: 'POST', body: new URLSearchParams({ sub }) });
  for (let hops = 0; hops < 5 && !answer.headers.get('location')?.startsWith(redirect_uri); hops++)
    answer = await go(answer.headers.get('location') ?? '/');
  const code = new URL(answer.headers.get('location') ?? '/', baseUrl).searchParams.get('code') ?? '';
  return tokensFor(baseUrl, { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri });
}

export async function tokensFor(baseUrl: string, fields: Record<string, string>): Promise<Tokens> {
  const body = new URLSearchParams({ client_id: 'suki-web', ...fields });
  const response = await fetch(`${baseUrl}/oidc/token`, { method: 'POST', body });
  if (!response.ok) throw new Error(`The provider gave no token: ${await response.text()}`);
  return (await response.json()) as Tokens;
}
