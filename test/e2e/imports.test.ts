import { readFileSync } from 'node:fs';
import { expect, type Page, test, unique } from './suki.ts';

const file = (name: string, content: string | Buffer, mimeType = 'text/csv') => ({
  name,
  mimeType,
  buffer: Buffer.from(content as string),
});

async function upload(page: Page, given: ReturnType<typeof file>): Promise<void> {
  await page.goto('/imports');
  await page.locator('input[type=file]').setInputFiles(given);
}

test('a messy file is read, repaired with a yes, tried, imported, reported and taken back', async ({ suki }) => {
  const page = await suki.as('grace');
  await page.goto('/imports');
  await page.getByRole('button', { name: 'Try a messy sample' }).click();
  await expect(page).toHaveURL(/\/imports\/job_/);
  await expect(page.getByLabel('Encoding')).toHaveValue('windows-1252');
  await expect(page.getByLabel('Between columns')).toHaveValue(';');
  await expect(page.getByLabel('Years are Buddhist (2569)')).toBeChecked();
  await expect(page.getByText('Zoé Guérin')).toBeVisible();
  // A source of its own, so that what another test imported does not count as the same customers.
  await page.getByLabel('Source of the keys').fill(`lyon-${unique('').trim()}`);
  await page.getByRole('button', { name: 'Check without writing' }).click();

  const repair = page.getByRole('region').filter({ hasText: 'Read as' }).first();
  await expect(page.getByText('3 rows have a comma too many')).toBeVisible();
  await expect(repair).toContainText('9;bis rue Haute');
  await page.getByRole('button', { name: 'Yes, repair' }).click();
  await expect(page.getByText('3 rows with a comma too many will be repaired')).toBeVisible();
  await page.reload();
  await expect(page.getByText('3 rows with a comma too many will be repaired'), 'the yes survives a reload').toBeVisible();

  await page.getByRole('button', { name: /^Import \d+ records$/ }).click();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Imported' }), 'progress survives a reload').toBeVisible({ timeout: 60_000 });
  const created = page.locator('dl > div').filter({ hasText: 'Created' }).locator('dd');
  await expect(created).toHaveText('48');
  await page.getByRole('button', { name: 'Undo the import' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo the import' }).click();
  await expect(page.getByRole('heading', { name: 'Taken back' })).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('dl > div').filter({ hasText: 'Taken back' }).locator('dd')).toHaveText('48');
});

test('pasted cells become customers, and rows that cannot be are a file to mend', async ({ suki }) => {
  const word = unique('Pasted');
  const page = await suki.as('grace');
  await page.goto('/imports');
  await page.getByText('Paste cells from a spreadsheet').click();
  await page
    .getByLabel('Cells')
    .fill(`Name\tE-mail\tCity\n${word}\t${word.replace(' ', '.')}@cells.example\tDavao\nNobody\tno address at all\tCebu\n`);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByLabel('Column “City” is')).toHaveValue('city');
  await page.getByRole('button', { name: 'Check without writing' }).click();
  await expect(page.getByRole('heading', { name: '1 row would fail' })).toBeVisible();
  await page.getByRole('button', { name: 'Import 1 record' }).click();
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible({ timeout: 60_000 });
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Rows that failed (CSV)' }).click();
  expect(readFileSync(await (await download).path(), 'utf8')).toMatch(/^3,E-mail,invalid_format/m);
  await page.getByRole('link', { name: 'See the customers' }).click();
  await expect(page.getByRole('link', { name: word })).toBeVisible();
});

test('cells beyond what a request takes come whole', async ({ suki }) => {
  const page = await suki.as('grace');
  await page.goto('/imports');
  await page.getByText('Paste cells from a spreadsheet').click();
  const row = `เชียงใหม่ ${'ก'.repeat(100)}`;
  await page.getByLabel('Cells').fill(`Name\tCity\n${`${row}\tChiang Mai\n`.repeat(1_000)}`);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('1,000 rows, 2 columns.')).toBeVisible({ timeout: 30_000 });
});

test('a file that is no table is refused with a sentence that says so', async ({ suki }) => {
  const page = await suki.as('grace');
  const png = Buffer.from(
    '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c6360000002000100ffff03000006000557bfabd40000000049454e44ae426082',
    'hex',
  );
  await upload(page, file('holiday.csv', png));
  await expect(page.getByText(/This is no table but something else/).first()).toBeVisible({ timeout: 30_000 });
  await page.goto('/imports');
  await expect(page.getByRole('link', { name: /holiday\.csv/ }).first()).toContainText('stopped');
});

test('who may not import is told so, and an empty list of imports says what will be there', async ({ suki }) => {
  const page = await suki.as('thomas');
  await page.goto('/imports');
  await expect(page.getByRole('heading', { name: 'Not for your role' })).toBeVisible();
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Imports' })).toHaveCount(0);
});
