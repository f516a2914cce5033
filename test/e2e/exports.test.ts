import { readFileSync } from 'node:fs';
import { campaignRun, newTag } from './campaign-run.ts';
import { expect, type Page, test, unique } from './suki.ts';

/** Makes the file of the dialog that a button opens; gives its lines. */
async function madeFile(page: Page, button: string): Promise<string[]> {
  await page.getByRole('button', { name: button }).click();
  const dialog = page.getByRole('dialog', { name: 'Export as a file' });
  await dialog.getByRole('button', { name: 'Make the file' }).click();
  const link = dialog.getByRole('link', { name: 'Download' });
  await expect(link).toBeVisible({ timeout: 60_000 });
  const coming = page.waitForEvent('download');
  await link.click();
  const text = readFileSync(await (await coming).path()).toString('utf8');
  return text
    .replace(/^\uFEFF/, '')
    .trim()
    .split('\r\n');
}

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

test('a segment and a list are files of whoever is in them', async ({ suki }) => {
  const tag = newTag();
  const [first, second] = [await suki.api.customer({ tags: [tag] }), await suki.api.customer({ tags: [tag] })];
  const segment = await suki.api.post<{ id: string }>('/v1/segments', {
    name: unique('Tag'),
    where: { field: 'tags', op: 'eq', value: tag },
  });
  const list = await suki.api.post<{ id: string }>('/v1/lists', { name: unique('One') });
  await suki.api.post(`/v1/lists/${list.id}/members`, { customerIds: [second.id] });
  // Marketing exports who is in a segment, and no other customers.
  const page = await suki.as('bilal');
  await page.goto(`/segments/${segment.id}`);
  const inSegment = await madeFile(page, 'Export');
  expect(inSegment).toHaveLength(3);
  expect(inSegment.join()).toContain(first.name);
  await page.goto(`/lists/${list.id}`);
  const onList = await madeFile(page, 'Export');
  expect(onList).toHaveLength(2);
  expect(onList.join()).toContain(second.name);
});

test('the letters of a run are a file with address and text, its recipients one by state', async ({ suki }) => {
  test.slow();
  const tag = newTag();
  const letter = await suki.api.customer({
    tags: [tag],
    addresses: [{ lines: ['12 Mabini St'], city: 'Cebu', postalCode: '6000', country: 'PH' }],
  });
  const silent = await suki.api.customer({ tags: [tag] });
  const run = await campaignRun(suki.api, { tag, many: 1, channel: 'letter', text: 'Dear {{customer.name}}' });
  const page = await suki.as('grace');
  await page.goto(`/campaigns/${run.id}/runs/${run.occurrence}`);
  const letters = await madeFile(page, 'Letters as a file');
  expect(letters).toHaveLength(2);
  expect(letters[1]).toContain('12 Mabini St,6000,Cebu');
  expect(letters[1]).toContain(`Dear ${letter.name}`);
  await page.goto(`/campaigns/${run.id}/runs/${run.occurrence}?state=skipped`);
  await expect(page.getByRole('link', { name: silent.name })).toBeVisible();
  const skipped = await madeFile(page, 'Export');
  expect(skipped).toHaveLength(2);
  expect(skipped[1]).toContain(`${silent.name},,skipped,no_address`);
});
