import { readFileSync } from 'node:fs';
import { expect, test, unique } from './suki.ts';

test('a pasted column fills a list, and every line that leads to nobody is told and can be kept as a file', async ({ suki }) => {
  const word = unique('col').replace(' ', '-');
  const [ana, ben] = await Promise.all([
    suki.api.customer({ name: unique('Ana'), emails: [{ address: `${word}-a@example.com` }] }),
    suki.api.customer({ name: unique('Ben'), emails: [{ address: `${word}-b@example.com` }] }),
  ]);
  const page = await suki.as('grace');
  await page.goto('/lists');
  await page.getByRole('main').getByRole('button', { name: 'New list' }).first().click();
  const name = unique('Fair');
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await page.getByRole('button', { name: 'Paste a column' }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByLabel('Lines')
    .fill(`Name;E-mail\nAna;${word}-a@example.com\nBen;${word}-b@example.com\nNobody;=nobody-${word}@example.com\n`);
  await dialog.getByLabel('Column').selectOption({ label: 'E-mail' });
  await dialog.getByRole('button', { name: 'Put 4 lines on the list' }).click();
  await expect(dialog.getByText('2 customers put on the list')).toBeVisible();
  await expect(dialog.getByText('2 lines led to nobody')).toBeVisible();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download them' }).click();
  const file = readFileSync((await (await download).path()) ?? '', 'utf8');
  expect(file).toContain(`"'=nobody-${word}@example.com"`);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByRole('link', { name: ana.name })).toBeVisible();
  await page.getByLabel(`Choose ${ben.name}`).check();
  await page.getByRole('button', { name: 'Take 1 off' }).click();
  await expect(page.getByRole('link', { name: ben.name })).toHaveCount(0);
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('link', { name: ben.name })).toBeVisible();
});

test('chosen rows go on a list, and from a customer’s page one more does', async ({ suki }) => {
  const tag = unique('lst').replace(' ', '-');
  const [dan, eva] = await Promise.all(['Dan', 'Eva'].map((name) => suki.api.customer({ name: unique(name), tags: [tag] })));
  const list = await suki.api.post<{ id: string; name: string }>('/v1/lists', { name: unique('Visit') });
  const page = await suki.as('grace');
  await page.goto(`/customers?tag=${tag}`);
  await page.getByLabel(`Choose ${dan?.name}`).check();
  await page.getByRole('toolbar').getByRole('button', { name: 'Put on a list' }).click();
  const panel = page.getByRole('dialog', { name: 'Put on a list' });
  await panel.getByLabel('List').selectOption({ label: list.name });
  await panel.getByRole('button', { name: 'Put there' }).click();
  await expect(page.getByText(`1 customer is on “${list.name}”`)).toBeVisible();
  await page.goto(`/customers/${eva?.id}`);
  const groups = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Segments and lists' }) });
  await groups.getByRole('button', { name: 'Put on a list' }).click();
  await panel.getByLabel('List').selectOption({ label: list.name });
  await panel.getByRole('button', { name: 'Put there' }).click();
  await groups.getByRole('link', { name: new RegExp(list.name) }).click();
  await expect(page.getByRole('link', { name: dan?.name ?? '' })).toBeVisible();
  await expect(page.getByText('2 customers', { exact: true })).toBeVisible();
});
