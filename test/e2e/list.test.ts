import { expect, type Page, test, unique } from './suki.ts';

const names = (page: Page) => page.locator('a[data-row]');

test('filters stand in the URL, as chips that can be taken off, and the back button undoes them', async ({ suki }) => {
  const page = await suki.as('grace');
  await page.goto('/customers');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'Filter' });
  await panel.getByLabel('Kind').selectOption('company');
  await panel.getByLabel('Country').selectOption('TH');
  await panel.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL(/kind=company/);
  await expect(page).toHaveURL(/country=TH/);
  const chips = page.getByRole('list', { name: 'Filters in use' });
  await expect(chips.getByRole('button')).toHaveCount(2);
  await expect(names(page).first()).toBeVisible();
  await page.reload();
  await expect(chips.getByRole('button'), 'the link keeps the filter').toHaveCount(2);
  await chips.getByRole('button', { name: /Kind: Company/ }).click();
  await expect(page).not.toHaveURL(/kind=/);
  await page.goBack();
  await expect(page).toHaveURL(/kind=company/);
  await expect(chips.getByRole('button')).toHaveCount(2);
  await page.goForward();
  await expect(chips.getByRole('button')).toHaveCount(1);
});

test('order and columns are part of the link', async ({ suki }) => {
  const made = await suki.api.customer({ name: unique('Zzz Newest') });
  const page = await suki.as('grace');
  await page.goto('/customers');
  await expect(names(page).first()).toBeVisible();
  const before = await names(page).first().textContent();
  await page.getByRole('button', { name: 'Order: By name' }).click();
  await page.getByRole('menuitemradio', { name: 'Newest first' }).click();
  await expect(page).toHaveURL(/sort=-createdAt/);
  await expect(names(page).filter({ hasText: made.name })).toBeVisible();
  expect(await names(page).first().textContent()).not.toBe(before);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('dialog', { name: 'Columns' }).getByLabel('Country').check();
  await page.getByRole('dialog', { name: 'Columns' }).getByLabel('Tags').uncheck();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Country' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Tags' })).toHaveCount(0);
  await expect(page).toHaveURL(/columns=/);
  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'Country' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Order: Newest first' })).toBeVisible();
});

test('a long list comes in pages, and nobody is shown twice', async ({ suki }) => {
  const page = await suki.as('grace');
  await page.goto('/customers');
  await expect(page.getByText('50 customers shown')).toBeVisible();
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect(page.getByText('100 customers shown')).toBeVisible();
  const ids = await names(page).evaluateAll((links) => links.map((link) => link.getAttribute('data-row')));
  expect(new Set(ids).size).toBe(ids.length);
  await page.goto('/customers?country=TH&kind=company');
  await expect(page.getByText('That is all')).toBeVisible();
});

test('chosen rows are archived together, and one click brings them back', async ({ suki }) => {
  const tag = unique('bulk').replace(' ', '-');
  const made = await Promise.all(['Ada', 'Bea', 'Cai'].map((name) => suki.api.customer({ name: unique(name), tags: [tag] })));
  const page = await suki.as('grace');
  await page.goto(`/customers?tag=${tag}`);
  await expect(names(page)).toHaveCount(3);
  await page.getByLabel('Choose all rows shown').check();
  const bar = page.getByRole('toolbar', { name: 'Chosen customers' });
  await expect(bar).toContainText('3 chosen');
  await bar.getByRole('button', { name: 'Archive' }).click();
  const said = page.getByRole('status').filter({ hasText: '3 customers archived' });
  await expect(said).toBeVisible();
  await expect(page.getByText('Nobody matches')).toBeVisible();
  await said.getByRole('button', { name: 'Undo' }).click();
  await expect(names(page)).toHaveCount(3);
  for (const { id } of made) expect((await suki.api.get(`/v1/customers/${id}`)).archivedAt).toBeNull();
});

test('chosen rows are tagged together, and the undo leaves the tags as they were', async ({ suki }) => {
  const tag = unique('bulk').replace(' ', '-');
  await Promise.all(['Dan', 'Eva'].map((name) => suki.api.customer({ name: unique(name), tags: [tag] })));
  const page = await suki.as('bilal');
  await page.goto(`/customers?tag=${tag}`);
  await page.getByLabel('Choose all rows shown').check();
  await page.getByRole('toolbar').getByRole('button', { name: 'Tag' }).click();
  await page.getByRole('dialog', { name: 'Tag' }).getByLabel('Tag').fill(`${tag}-more`);
  await page.keyboard.press('Enter');
  await expect(page.getByText(`2 customers tagged “${tag}-more”`)).toBeVisible();
  await page.goto(`/customers?tag=${tag}-more`);
  await expect(names(page)).toHaveCount(2);
});

test('a list is kept by a name, found beside “All”, and forgotten again', async ({ suki }) => {
  const page = await suki.as('grace');
  await page.goto('/customers?country=FR&kind=company');
  await page.getByRole('button', { name: 'Keep this list' }).click();
  await page.getByLabel('Name of the list').fill('Lyon shops');
  await page.keyboard.press('Enter');
  await page.goto('/customers');
  await page.getByRole('navigation', { name: 'Lists' }).getByRole('link', { name: 'Lyon shops' }).click();
  await expect(page).toHaveURL(/country=FR/);
  await expect(page).toHaveURL(/kind=company/);
  await page.getByRole('button', { name: 'Remove the list “Lyon shops”' }).click();
  await expect(page.getByRole('link', { name: 'Lyon shops' })).toHaveCount(0);
});

test('who sells sees own customers under “Mine”, and a stranger’s customer is not there', async ({ suki }) => {
  const page = await suki.as('sana');
  await page.goto('/customers');
  await page.getByRole('link', { name: 'Mine' }).click();
  await expect(page).toHaveURL(/scope=own/);
  await expect(names(page).first()).toBeVisible();
  await page.goto(`/customers/${suki.told.fournier}`);
  await expect(page.getByText('There is nothing here')).toBeVisible();
});

test('a row is looked into without leaving the list', async ({ suki }) => {
  const page = await suki.as('grace');
  await page.goto('/customers?q=Fournier');
  const row = names(page).filter({ hasText: 'Fournier' }).first();
  await row.focus();
  await page.keyboard.press('Space');
  const peek = page.getByRole('dialog').filter({ hasText: 'Fournier' });
  await expect(peek.getByRole('article').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(peek).toBeHidden();
  await expect(row, 'the focus is back where it was').toBeFocused();
});
