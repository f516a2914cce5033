import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider, { type Configuration, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import type { SignInPeople, SignInPerson } from './demo/people.ts';
import { escapeHtml, font, pageHeaders, pagePolicy, readForm, redirect, sendPage } from './identity/html.ts';
import { identityKeys } from './identity/keys.ts';
import { errorPage, expiredPage, languageOf, leavingPage, signInPage } from './identity/page.ts';
import { createStore } from './identity/store.ts';
import { signInCss } from './identity/style.ts';

export interface IdentityOptions {
  /** Ends in the path it is mounted at: `http://127.0.0.1:4000/oidc`. */
  issuer: string;
  people: SignInPeople;
  /** Keys and sessions are kept here, readable by their owner alone. */
  dataDir: string;
  clientId: string;
  redirectUris: string[];
  /** The active workspace of a person, asked anew for each token. */
  tenantOf(sub: string, renewed?: boolean): Promise<string | undefined>;
}

export type IdentityHandler = (req: IncomingMessage, res: ServerResponse) => void;

const api = 'urn:suki:api';
const scope = 'openid profile email';
const hour = 3600;
const day = 24 * hour;
/** Names the person that a link of the desk asks for; read once by the next sign-in. */
const wishCookie = 'suki_as';

const cookie = (req: IncomingMessage, name: string) =>
  (req.headers.cookie ?? '')
    .split(/;\s*/)
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

const idClaims = (person: SignInPerson) => ({
  sub: person.sub,
  token_use: 'id',
  'cognito:username': person.sub,
  name: person.name,
  email: person.email,
  email_verified: true,
  locale: person.locale,
});

/** Gives the access token Cognito's shape: no audience, `token_use`, `username`, and the active workspace. */
async function shapeAsCognito(
  tenantOf: IdentityOptions['tenantOf'],
  jwt: { header?: object; payload: Record<string, unknown> },
  renewed: boolean,
) {
  const { sub, aud } = jwt.payload;
  Object.assign(jwt.payload, { token_use: 'access', username: sub, scope, tenant: await tenantOf(String(sub), renewed) });
  // The library insists on an audience, Cognito writes none: hidden from serialisation, it satisfies both.
  Object.defineProperty(jwt.payload, 'aud', { value: aud, enumerable: false, writable: true });
  jwt.header = { typ: 'JWT' };
}

/** Everybody may use the one client with its three scopes, so nobody is ever asked to consent. */
async function grantAll(ctx: KoaContextWithOIDC) {
  const { provider, client, session, result } = ctx.oidc;
  const grantId = result?.consent?.grantId ?? session?.grantIdFor(client!.clientId);
  const kept = grantId ? await provider.Grant.find(grantId) : undefined;
  if (kept && kept.accountId === session?.accountId) return kept;
  const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
  grant.addOIDCScope(scope);
  grant.addResourceScope(api, scope);
  await grant.save();
  return grant;
}

/** Whether somebody may go on with what she got at `since` (seconds): not when disabled, not when signed out everywhere later. */
const mayStay = (person: SignInPerson, since = Number.POSITIVE_INFINITY) =>
  person.enabled !== false && (person.signedOutAt === undefined || (since + 1) * 1000 > person.signedOutAt);

function policy(people: SignInPeople) {
  const prompts = interactionPolicy.base();
  prompts.get('login')!.checks.add(
    new interactionPolicy.Check('session_over', 'the session was ended', async (ctx) => {
      const { session, result } = ctx.oidc;
      if (!session?.accountId || result?.login) return false;
      const person = await people.find(session.accountId);
      return !person || !mayStay(person, session.loginTs);
    }),
  );
  prompts.get('login')!.checks.add(
    new interactionPolicy.Check('somebody_wished_for', 'another person is asked for', (ctx) => {
      const wished = cookie(ctx.req, wishCookie);
      return wished !== undefined && wished !== ctx.oidc.session?.accountId && !ctx.oidc.result?.login;
    }),
  );
  return prompts;
}

const languageFor = (ctx: KoaContextWithOIDC) => languageOf(ctx.oidc?.params?.ui_locales as string | undefined, ctx.get('accept-language'));

/** The web client: public, code with PKCE, refresh tokens. */
function webClient({ clientId, redirectUris }: IdentityOptions): NonNullable<Configuration['clients']>[number] {
  const origins = [...new Set(redirectUris.map((uri) => new URL(uri).origin))];
  return {
    client_id: clientId,
    client_name: 'Suki',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: redirectUris,
    post_logout_redirect_uris: [...new Set([...origins, ...origins.map((origin) => `${origin}/`), ...redirectUris])],
  };
}

/** Access tokens are JWTs for the one API; leaving takes no second click. */
const features = ({ clientId }: IdentityOptions): Configuration['features'] => ({
  devInteractions: { enabled: false },
  revocation: { enabled: true },
  resourceIndicators: {
    enabled: true,
    defaultResource: async () => api,
    useGrantedResource: async () => true,
    getResourceServerInfo: async () => ({
      scope,
      audience: clientId,
      accessTokenTTL: hour,
      accessTokenFormat: 'jwt',
      jwt: { sign: { alg: 'RS256' } },
    }),
  },
  rpInitiatedLogout: {
    enabled: true,
    logoutSource: async (ctx, form) => {
      const [, action = '', xsrf = ''] = /action="([^"]*)".*value="([^"]*)"/.exec(form) ?? [];
      ctx.body = leavingPage(languageFor(ctx), action, xsrf);
    },
    postLogoutSuccessSource: async (ctx) => ctx.redirect('/'),
  },
});

/** Seconds. Sessions and refresh tokens outlive a working day, access tokens an hour, as in the cloud. */
const ttl = {
  AccessToken: hour,
  IdToken: hour,
  AuthorizationCode: 60,
  Interaction: hour,
  Session: 14 * day,
  Grant: 30 * day,
  RefreshToken: 30 * day,
};

function configuration(options: IdentityOptions): Configuration {
  const { people, tenantOf, issuer, dataDir } = options;
  const { jwks, cookieKeys } = identityKeys(dataDir);
  return {
    adapter: createStore(dataDir),
    jwks,
    cookies: { keys: cookieKeys, names: { session: 'suki_session', interaction: 'suki_interaction', resume: 'suki_resume' } },
    clients: [webClient(options)],
    // Where Cognito has its keys, and where authenticate.ts looks for them.
    routes: { jwks: '/.well-known/jwks.json' },
    scopes: ['openid', 'profile', 'email'],
    claims: { openid: ['sub', 'token_use', 'cognito:username'], profile: ['name', 'locale'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: async () => true,
    expiresWithSession: async () => false,
    loadExistingGrant: grantAll,
    findAccount: async (_ctx, sub, token) => {
      const person = await people.find(sub);
      if (!person || !mayStay(person, token?.iat)) return undefined;
      return { accountId: sub, claims: async () => idClaims(person) };
    },
    interactions: { policy: policy(people), url: (_ctx, interaction) => `${new URL(issuer).pathname}/sign-in/${interaction.uid}` },
    ttl,
    formats: {
      customizers: {
        jwt: async (ctx, _token, jwt) =>
          shapeAsCognito(tenantOf, jwt as { payload: Record<string, unknown> }, ctx.oidc?.params?.grant_type === 'refresh_token'),
      },
    },
    features: features(options),
    renderError: async (ctx, out) => {
      ctx.type = 'html';
      ctx.body = errorPage(languageFor(ctx), out.error, out.error_description ?? '');
    },
  };
}

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** Another person at the same browser: the session becomes hers, and windows of the one before keep their own tokens. */
async function handOver(provider: Provider, interaction: Interaction, sub: string) {
  const session = interaction.session?.uid ? await provider.Session.findByUid(interaction.session.uid) : undefined;
  if (!session?.accountId || session.accountId === sub) return;
  session.accountId = sub;
  session.authorizations = {};
  await session.persist();
  interaction.session!.accountId = sub;
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
}

async function signIn(provider: Provider, people: SignInPeople, req: IncomingMessage, res: ServerResponse) {
  const url = new URL(req.url ?? '/', 'http://local');
  const fallback = languageOf(url.searchParams.get('lang') ?? undefined, req.headers['accept-language']);
  const details = await provider.interactionDetails(req, res).catch(() => undefined);
  if (!details) return sendPage(res, expiredPage(fallback), 410);
  const language = languageOf(
    url.searchParams.get('lang') ?? undefined,
    details.params.ui_locales as string,
    req.headers['accept-language'],
  );
  const hint = details.params.login_hint as string | undefined;
  const everybody = (await people.list()).filter((one) => one.enabled !== false);
  const wish = cookie(req, wishCookie);
  const sub = req.method === 'POST' ? (await readForm(req)).get('sub') : (wish ?? hint);
  const person = everybody.find((one) => sub && (one.sub === sub || one.email === sub));
  if (!person) return sendPage(res, signInPage({ language, people: everybody, action: url.pathname }));
  await handOver(provider, details, person.sub);
  if (wish) res.setHeader('set-cookie', `${wishCookie}=; Path=/oidc; Max-Age=0; HttpOnly; SameSite=Lax`);
  await provider.interactionFinished(req, res, { login: { accountId: person.sub, amr: ['demo'] } }, { mergeWithLastSubmission: false });
}

/** The desk's eight buttons: remembers who is wished for and opens the app, whose sign-in then asks nothing. */
async function signInAs(issuer: string, req: IncomingMessage, res: ServerResponse) {
  const from = req.headers.origin;
  if (
    req.method !== 'POST' ||
    (from !== undefined && from !== 'null' && from !== new URL(issuer).origin && from !== `http://${req.headers.host}`)
  )
    return sendPage(res, errorPage('en', 'refused', 'Only a click on the desk may do this.'), 403);
  const sub = (await readForm(req)).get('sub') ?? '';
  res.setHeader('set-cookie', `${wishCookie}=${encodeURIComponent(sub)}; Path=/oidc; Max-Age=300; HttpOnly; SameSite=Lax`);
  redirect(res, '/sign-in#start');
}

async function asset(name: string, res: ServerResponse) {
  const texts: Record<string, [string, string]> = {
    'sign-in.css': ['text/css; charset=utf-8', signInCss],
    'leave.js': ['text/javascript; charset=utf-8', "document.getElementById('leave').submit();"],
  };
  const [type, body] = Object.hasOwn(texts, name) ? texts[name]! : ['font/woff2', await font(name)];
  if (body === undefined) return sendPage(res, `<p>${escapeHtml(name)}</p>`, 404);
  res.writeHead(200, { ...pageHeaders, 'content-type': type, 'cache-control': type === 'font/woff2' ? 'max-age=86400' : 'no-cache' });
  res.end(body);
}

/**
 * The sign-in of the local product: a certified OpenID provider (code with PKCE, rotated refresh tokens, RS256) whose tokens
 * have Cognito's shape, before a page of people who sign in by one click. The gateway mounts it at `/oidc` of its own origin;
 * the handler takes every request below that path.
 */
export async function createIdentity(options: IdentityOptions): Promise<IdentityHandler> {
  const provider = new Provider(options.issuer, configuration(options));
  provider.use(async (ctx, next) => {
    ctx.set('content-security-policy', pagePolicy);
    ctx.set('referrer-policy', 'no-referrer');
    ctx.set('x-content-type-options', 'nosniff');
    await next();
    const signingIn = String(ctx.response.get('location')).includes('/sign-in/');
    if (cookie(ctx.req, wishCookie) && ctx.oidc?.route === 'authorization' && !signingIn)
      ctx.cookies.set(wishCookie, '', { path: '/oidc', maxAge: 0, signed: false });
  });
  const mount = new URL(options.issuer).pathname;
  const callback = provider.callback();

  const route = async (req: IncomingMessage, res: ServerResponse) => {
    const path = (req.url ?? '').split('?')[0]!.slice(mount.length);
    if (path.startsWith('/sign-in/')) return signIn(provider, options.people, req, res);
    if (path === '/as') return signInAs(options.issuer, req, res);
    if (path.startsWith('/assets/')) return asset(path.slice('/assets/'.length), res);
    const mounted = req as IncomingMessage & { originalUrl?: string };
    mounted.originalUrl = req.url!;
    mounted.url = req.url!.slice(mount.length) || '/';
    return callback(mounted, res);
  };
  return (req, res) => {
    route(req, res).catch(() => {
      if (!res.headersSent) sendPage(res, errorPage('en', 'server_error', 'The sign-in page failed; try again.'), 500);
      else res.destroy();
    });
  };
}
