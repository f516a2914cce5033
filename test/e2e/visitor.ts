import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { watch } from './suki.ts';

/** What went wrong on the pages of visitors; a test that ends looks that nothing did. */
export const wrong: string[] = [];

/** Somebody who opens the page of a link, without sign-in, in a browser of her own. */
export async function open(browser: Browser, path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    baseURL: process.env.E2E_BASE_URL ?? '',
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  watch(page, wrong);
  await page.goto(path);
  await page.locator('main h1').waitFor();
  return page;
}
