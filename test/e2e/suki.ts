import { randomUUID } from 'node:crypto';
import { type Browser, type BrowserContext, test as base, type Page } from '@playwright/test';
import { subOf } from '../../local/demo/people.ts';
import { type DemoJson, type LocalJson, readJson } from './product.ts';

export { expect, type Page } from '@playwright/test';

/** The demo's people by the names that the story gives them. */
export type Who = 'grace' | 'claire' | 'jun' | 'sana' | 'natthapol' | 'bilal' | 'thomas' | 'pimchanok';
export type Language = 'en' | 'fr' | 'fil' | 'ur' | 'th';

export interface Seat {
  /** English unless told, whatever the person speaks. */
  language?: Language;
  /** A phone 390 pixels wide, with touch; or another width. */
  phone?: boolean | number;
  dark?: boolean;
}

type Role = keyof LocalJson['apiKeys'];
type Json = Record<string, unknown>;

/** Suki over HTTP, with the key of a role. */
export interface Api {
  get<T = Json>(path: string, role?: Role): Promise<T>;
  post<T = Json>(path: string, body?: Json, role?: Role): Promise<T>;
  /** Changes what was read at a version. */
  patch<T = Json>(path: string, version: number, body: Json): Promise<T>;
  /** Makes a customer of Grace's workspace whom no other test touches. */
  customer(body?: Json): Promise<Json & { id: string; name: string; version: number }>;
}

export interface Suki {
  /** A page signed in as that person, in a browser context of its own. */
  as(who: Who, seat?: Seat): Promise<Page>;
  api: Api;
  /** The ids of the story's customers. */
  told: Record<string, string>;
}

/** A word that no other test and no demo text contains. */
export const unique = (word = 'Proba') => `${word} ${randomUUID().replace(/\d|-/g, '').slice(0, 9)}`;

const baseUrl = () => process.env.E2E_BASE_URL ?? '';

export function apiOf(local: LocalJson): Api {
  async function ask<T>(
    method: string,
    path: string,
    { body, role = 'admin', version }: { body?: Json | undefined; role?: Role | undefined; version?: number },
  ): Promise<T> {
    const headers = {
      authorization: `Bearer ${local.apiKeys[role]}`,
      'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
      'idempotency-key': randomUUID(),
      ...(version !== undefined && { 'if-match': `"${version}"` }),
    };
    const response = await fetch(`${local.baseUrl}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }
  const post = <T>(path: string, body: Json = {}, role?: Role) => ask<T>('POST', path, { body, role });
  return {
    get: (path, role) => ask('GET', path, { role }),
    post,
    patch: (path, version, body) => ask('PATCH', path, { body, version }),
    customer: (body = {}) => post('/v1/customers', { kind: 'person', name: unique(), ...body }),
  };
}

/** Goes through the sign-in by hand: the client's door, then the provider's page of people. */
export async function signIn(page: Page, who: Who, path = '/'): Promise<void> {
  await page.goto(`/sign-in?back=${encodeURIComponent(path)}`);
  await page.locator('main button.bg-brand, main button').filter({ hasText: /./ }).last().click();
  await page.locator(`button[name=sub][value="${subOf(who)}"]`).click();
  await page.waitForURL((url) => url.pathname === path.split('?')[0]);
}

const sessions = new Map<Who, Promise<Record<string, string>>>();

/** The session of a person, signed in once per worker: what the client keeps in the tab. */
function sessionOf(browser: Browser, who: Who): Promise<Record<string, string>> {
  const known = sessions.get(who);
  if (known) return known;
  const made = (async () => {
    const context = await browser.newContext({ baseURL: baseUrl(), locale: 'en-GB' });
    try {
      const page = await context.newPage();
      await signIn(page, who);
      await page.locator('#main').waitFor();
      return await page.evaluate(() => ({ ...sessionStorage }) as Record<string, string>);
    } finally {
      await context.close();
    }
  })();
  sessions.set(who, made);
  made.catch(() => sessions.delete(who));
  return made;
}

const phoneOf = (phone: Seat['phone']) => ({
  viewport: { width: typeof phone === 'number' ? phone : 390, height: 800 },
  hasTouch: true,
  isMobile: true,
});

/** Notes what must never happen on any page: an error nobody caught, a box that a script opened, a refusal by the policy. */
export function watch(page: Page, wrong: string[]): void {
  page.on('pageerror', (error) => wrong.push(`uncaught: ${error.message}`));
  page.on('dialog', (dialog) => {
    wrong.push(`a ${dialog.type()} opened: ${dialog.message()}`);
    void dialog.dismiss().catch(() => {});
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && /content security policy|refused to/i.test(message.text())) wrong.push(message.text());
  });
}

async function open(browser: Browser, who: Who, seat: Seat): Promise<BrowserContext> {
  const session = await sessionOf(browser, who);
  const context = await browser.newContext({
    baseURL: baseUrl(),
    locale: 'en-GB',
    timezoneId: 'Asia/Manila',
    reducedMotion: 'reduce',
    colorScheme: seat.dark ? 'dark' : 'light',
    viewport: { width: 1280, height: 860 },
    permissions: ['clipboard-read', 'clipboard-write'],
    ...(seat.phone && phoneOf(seat.phone)),
  });
  await context.addInitScript(
    ({ session, language }) => {
      if (location.pathname.startsWith('/oidc')) return;
      if (!sessionStorage.getItem('e2e')) for (const [key, value] of Object.entries(session)) sessionStorage.setItem(key, value);
      sessionStorage.setItem('e2e', 'yes');
      if (!localStorage.getItem('suki.language')) localStorage.setItem('suki.language', language);
    },
    { session, language: seat.language ?? 'en' },
  );
  return context;
}

export const test = base.extend<{ suki: Suki; browserNeeded: undefined }>({
  browserNeeded: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner wants a pattern
    async ({}, use, info) => {
      info.skip(Boolean(process.env.E2E_SKIP), process.env.E2E_SKIP);
      await use(undefined);
    },
    { auto: true },
  ],
  suki: async ({ browser }, use, info) => {
    const dataDir = process.env.E2E_DATA ?? '';
    const local = readJson<LocalJson>(dataDir, 'local.json');
    if (!local) throw new Error('The product does not run.');
    const contexts: BrowserContext[] = [];
    const wrong: string[] = [];
    const as = async (who: Who, seat: Seat = {}) => {
      const context = await open(browser, who, seat);
      contexts.push(context);
      const page = await context.newPage();
      watch(page, wrong);
      return page;
    };
    await use({ as, api: apiOf(local), told: readJson<DemoJson>(dataDir, 'demo.json')?.told ?? {} });
    if (info.status !== info.expectedStatus)
      for (const [at, page] of contexts.flatMap((context) => context.pages()).entries())
        await info.attach(`page ${at + 1}`, { body: await page.screenshot().catch(() => Buffer.alloc(0)), contentType: 'image/png' });
    await Promise.all(contexts.map((context) => context.close()));
    if (wrong.length) throw new Error(`On the pages of this test:\n${wrong.join('\n')}`);
  },
});
