import { UserManager, WebStorageStateStore } from 'oidc-client-ts';

/** `/config.json`, written by the stack and by the local product. */
export type Config = {
  authority: string;
  clientId: string;
  languages: string[];
  /** Asked of the provider; the default suits Cognito. */
  scope?: string;
  /** True only in the local product: demo people, desk, nothing leaves the machine. */
  local?: boolean;
};

/** The page that the provider is told to send people to when they have left; each provider knows its own. */
const afterSignOut = ({ local }: Config) => `${location.origin}/${local ? '' : 'sign-in'}`;

let config: Config | undefined;
let manager: UserManager | undefined;

export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json', { cache: 'no-cache' });
  if (!response.ok) throw new Error(`config.json answered ${response.status}`);
  config = (await response.json()) as Config;
  manager = new UserManager({
    authority: config.authority,
    client_id: config.clientId,
    redirect_uri: `${location.origin}/auth/callback`,
    post_logout_redirect_uri: afterSignOut(config),
    response_type: 'code',
    scope: config.scope ?? 'openid email profile',
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    automaticSilentRenew: true,
    monitorSession: false,
  });
  return config;
}

export const configuration = (): Config => {
  if (!config) throw new Error('The configuration is not loaded yet');
  return config;
};

const users = (): UserManager => {
  if (!manager) throw new Error('The configuration is not loaded yet');
  return manager;
};

/** The access token, renewed by the refresh token when it has run out; undefined when nobody is signed in. */
export async function accessToken(): Promise<string | undefined> {
  const user = await users().getUser();
  if (!user) return undefined;
  if (!user.expired) return user.access_token;
  return user.refresh_token ? renew() : undefined;
}

let renewing: Promise<string | undefined> | undefined;

/** A new access token by the refresh token, asked once however many callers wait. It carries the active workspace of now. */
export function renew(): Promise<string | undefined> {
  renewing ??= users()
    .signinSilent()
    .then((user) => user?.access_token)
    .catch(() => undefined)
    .finally(() => {
      renewing = undefined;
    });
  return renewing;
}

export const signedIn = async (): Promise<boolean> => (await accessToken()) !== undefined;

/** Goes to the provider; `back` is the path to return to. */
export const signIn = (back: string, extra: Record<string, string> = {}) =>
  users().signinRedirect({ state: { back }, extraQueryParams: { ...extra }, ui_locales: document.documentElement.lang });

/** Finishes the redirect from the provider: where the person wanted to go, who it is, and the language the provider knows. */
export async function finishSignIn(): Promise<{ back: string; person: string; locale: string | undefined }> {
  const { state, profile } = await users().signinRedirectCallback();
  const back = (state as { back?: string } | undefined)?.back ?? '/';
  sessionStorage.setItem('suki.person', profile.sub);
  return { back: back.startsWith('/') && !back.startsWith('//') ? back : '/', person: profile.sub, locale: profile.locale };
}

export async function signOut(): Promise<void> {
  const { clientId } = configuration();
  // Cognito wants its own two names besides the standard ones.
  const extraQueryParams = { client_id: clientId, logout_uri: afterSignOut(configuration()) };
  try {
    await users().signoutRedirect({ extraQueryParams });
  } catch {
    await users().removeUser();
    location.assign('/sign-in');
  }
}

/** Forgets the session without a trip to the provider: it is over already. */
export const forget = () => users().removeUser();
