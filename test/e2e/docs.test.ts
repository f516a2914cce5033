import { type LocalJson, readJson } from './product.ts';
import { expect, test, watch } from './suki.ts';

test('the API can be tried out in its documentation, with a key, under the strict policy', async ({ browser, suki }) => {
  const { id, name } = await suki.api.customer();
  const { apiKeys } = readJson<LocalJson>(process.env.E2E_DATA ?? '', 'local.json') as LocalJson;
  const page = await browser.newPage({ baseURL: process.env.E2E_BASE_URL ?? '' });
  const wrong: string[] = [];
  watch(page, wrong);
  await page.goto('/docs');
  await page.locator('button.authorize').first().click();
  await page.locator('.auth-container input').last().fill(apiKeys.admin);
  await page.locator('.auth-container .authorize').last().click();
  await page.locator('.btn-done').first().click();
  // The page draws what is in view; the filter brings the one that is wanted.
  await page.getByPlaceholder('Filter by tag or path').fill('customers');
  const operation = page.locator('#operations-customers-getCustomer');
  await operation.locator('.opblock-summary-control').click();
  await operation.getByPlaceholder('id').fill(id);
  const [response] = await Promise.all([
    page.waitForResponse((one) => one.url().endsWith(`/v1/customers/${id}`)),
    operation.getByRole('button', { name: 'Execute' }).click(),
  ]);
  expect(response.status()).toBe(200);
  await expect(operation.locator('.live-responses-table')).toContainText(name);
  await page.goto('/docs/problems/stale');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The record has changed since you read it');
  await page.getByRole('link', { name: 'Guide' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Guide to the API');
  expect(wrong).toEqual([]);
  await page.close();
});
