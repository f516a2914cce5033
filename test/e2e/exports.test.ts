import { readFileSync } from 'node:fs';
import { expect, test } from './suki.ts';

test('a filtered list becomes a file that a spreadsheet opens: only its rows, with a byte order mark, scripts intact', async ({ suki }) => {
  const page = await suki.as('grace');
  await page.goto('/customers?country=TH&kind=company');
  await page.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export as a file' });
  await expect(dialog).toContainText('All customers that match the filter');
  await dialog.getByRole('button', { name: 'Make the file' }).click();
  const link = dialog.getByRole('link', { name: 'Download' });
  await expect(link).toBeVisible({ timeout: 60_000 });
  const coming = page.waitForEvent('download');
  await link.click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
  const bytes = readFileSync(await file.path());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const text = bytes.toString('utf8');
  const lines = text.trim().split('\r\n');
  const { data } = await suki.api.get<{ data: { name: string }[] }>('/v1/customers?country=TH&kind=company&limit=200');
  expect(lines.length - 1).toBe(data.length);
  expect(text).toMatch(/[\u0e01-\u0e5b]/);
  expect(text).not.toContain('Fournier');
});

test('who may not export has no button for it', async ({ suki }) => {
  const page = await suki.as('natthapol');
  await page.goto('/customers');
  await expect(page.locator('a[data-row]').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Export' })).toHaveCount(0);
});
