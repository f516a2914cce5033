import { test as plain } from '@playwright/test';
import { startProduct } from './product.ts';
import { apiOf, expect, signIn, test, unique, watch } from './suki.ts';

test('a person signs in, opens a customer from the list, and the 360 tells her story', async ({ page }) => {
  const wrong: string[] = [];
  watch(page, wrong);
  await page.goto('/customers');
  await expect(page).toHaveURL(/\/sign-in\?back=/);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: /Grace Villanueva/ }).click();
  await expect(page, 'the door leads back to where she wanted to go').toHaveURL(/\/customers$/);
  await page.getByRole('searchbox').fill('Fournier');
  await page.keyboard.press('Enter');
  await page
    .getByRole('link', { name: /Fournier/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Fournier');
  const timeline = page.getByRole('article');
  await expect(timeline.first()).toBeVisible();
  expect(await timeline.count()).toBeGreaterThan(4);
  await page.getByRole('navigation', { name: 'Show one channel' }).getByRole('link', { name: /^Fax/ }).click();
  await expect(page).toHaveURL(/channel=fax/);
  for (const article of await timeline.all()) await expect(article).toHaveAccessibleName(/^Fax/);
  expect(wrong).toEqual([]);
});

test('somebody who signs out has to sign in again', async ({ page }) => {
  await signIn(page, 'jun', '/customers');
  await page
    .locator('aside')
    .getByRole('button', { name: /Ikaw|You/ })
    .click();
  await page.getByRole('menuitem').last().click();
  await expect(page, 'the way out leads by the provider to the door').toHaveURL(/\/sign-in$/);
  await page.goto('/customers');
  await expect(page).toHaveURL(/\/sign-in\?back=/);
});

plain('what was logged is on the timeline, after a reload, and after kill -9 of the whole product', async ({ browser }, info) => {
  info.skip(Boolean(process.env.E2E_SKIP), process.env.E2E_SKIP);
  const product = await startProduct({ empty: true });
  try {
    const { name } = await apiOf(product.local).customer({ name: unique('Aling Nena') });
    const context = await browser.newContext({ baseURL: product.local.baseUrl, locale: 'en-GB' });
    const page = await context.newPage();
    await signIn(page, 'grace', '/customers');
    await page.getByRole('link', { name }).click();
    await expect(page.getByText('Nothing has happened yet')).toBeVisible();
    await page.keyboard.press('l');
    const sheet = page.getByRole('dialog', { name: 'Log an interaction' });
    await sheet.getByLabel('What happened').fill('She wants the big filter, on Tuesday.');
    await page.keyboard.press('Control+Enter');
    await expect(sheet).toBeHidden();
    const entry = page.getByRole('article').filter({ hasText: 'She wants the big filter, on Tuesday.' });
    await expect(entry).toHaveAccessibleName(/^Call/);
    await page.reload();
    await expect(entry).toBeVisible();
    await product.killHard();
    await product.startAgain();
    await page.reload();
    await expect(entry, 'an answered save outlives the process').toBeVisible();
    await expect(page.getByRole('article')).toHaveCount(1);
    await context.close();
  } finally {
    await product.stop();
  }
});
