import { expect, type Page, test, unique } from './suki.ts';

const estimate = (page: Page) => page.locator('section').filter({ has: page.getByRole('heading', { name: 'How many' }) });

/** Exactly how many a segment comes to: told at once where the workspace is small, else when it is asked for. */
async function comesTo(page: Page, many: string): Promise<void> {
  const ask = estimate(page).getByRole('button', { name: 'Count exactly' });
  const exact = estimate(page).getByText(new RegExp(`^(${many}|${many} customers? exactly)$`));
  await expect(async () => {
    if (await ask.isVisible()) await ask.click({ timeout: 1_000 });
    await expect(exact.first()).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
}

test('a segment is built from conditions, with its number and a sample beside it, and kept', async ({ suki }) => {
  const page = await suki.as('grace');
  const tag = unique('seg').replace(' ', '-');
  const [ana] = await Promise.all([
    suki.api.customer({ name: unique('Ana'), tags: [tag], emails: [{ address: `${tag}@example.com` }], addresses: [{ country: 'PH' }] }),
    suki.api.customer({ name: unique('Ben'), tags: [tag], addresses: [{ country: 'TH' }] }),
  ]);
  await page.goto('/segments');
  await page.getByRole('main').getByRole('link', { name: 'New segment' }).first().click();
  await page.getByLabel('Field').selectOption({ label: 'Tags' });
  await page.getByLabel('Value: Tags').fill(tag);
  await expect(page.getByText(`Tagged ${tag}`)).toBeVisible();
  await comesTo(page, '2');
  await page.getByRole('button', { name: 'Condition', exact: true }).click();
  await page.getByLabel('Value: Country').selectOption('PH');
  await comesTo(page, '1');
  const name = unique('Manila');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: `Saved: ${name}` })).toBeVisible();
  await expect(
    page
      .locator('section')
      .filter({ has: page.getByRole('heading', { name: 'In it now' }) })
      .getByRole('link', { name: ana.name }),
  ).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Value: Tags')).toHaveValue(tag);
  await page.goto(`/customers/${ana.id}`);
  await expect(
    page
      .locator('section')
      .filter({ has: page.getByRole('heading', { name: 'Segments and lists' }) })
      .getByRole('link', { name: new RegExp(name) }),
  ).toBeVisible();
});

test('silence, groups and their opposite are said in words', async ({ suki }) => {
  const page = await suki.as('grace');
  await page.goto('/segments/new');
  await page.getByLabel('Field').selectOption({ label: 'Last interaction' });
  await page.getByLabel('How to compare: Last interaction').selectOption({ label: 'not in the last' });
  await expect(page.getByText('Last interaction not in the last 90 days')).toBeVisible();
  await page.getByRole('button', { name: 'Group of conditions' }).click();
  const group = page.getByRole('group', { name: 'Who meet', exact: true });
  await group.getByRole('combobox', { name: 'Who meet', exact: true }).selectOption({ label: 'none of these' });
  await group.getByLabel('Value: Country').first().selectOption('FR');
  await group.getByLabel('Value: Country').last().selectOption('TH');
  await expect(page.getByText('Last interaction not in the last 90 days and not (Country is France or Country is Thailand)')).toBeVisible();
  await expect(estimate(page).getByRole('link').first()).toBeVisible();
  await group.getByRole('button', { name: 'Remove the group' }).click();
  await expect(group).toHaveCount(0);
});

test('the filter of the customers list becomes a segment', async ({ suki }) => {
  const page = await suki.as('claire');
  await page.goto('/customers?country=FR&kind=company');
  await page.getByRole('link', { name: 'Save as segment' }).click();
  await expect(page.getByLabel('Value: Country')).toHaveValue('FR');
  await expect(page.getByLabel('Value: Kind')).toHaveValue('company');
});

test('a segment is made a list, and put away with a way back', async ({ suki }) => {
  const tag = unique('fix').replace(' ', '-');
  const { name: member } = await suki.api.customer({ name: unique('Fay'), tags: [tag] });
  const name = unique('Frozen');
  const segment = await suki.api.post<{ id: string }>('/v1/segments', { name, where: { field: 'tags', op: 'eq', value: tag } });
  const page = await suki.as('grace');
  await page.goto(`/segments/${segment.id}`);
  await page.getByRole('button', { name: 'Make a list of it' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make the list' }).click();
  await expect(page).toHaveURL(/\/lists\/lst_/);
  await expect(page.getByRole('link', { name: member })).toHaveCount(1);
  await expect(page.getByText('1 customer', { exact: true })).toBeVisible();
  await page.goto(`/segments/${segment.id}`);
  await page.getByRole('button', { name: 'Archive' }).click();
  const said = page.getByRole('status').filter({ hasText: `Archived: ${name}` });
  await said.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Make a list of it' })).toBeVisible();
});

test('who may not make segments reads them, and a partner sees none', async ({ suki }) => {
  const segment = await suki.api.post<{ id: string }>('/v1/segments', {
    name: unique('Read'),
    where: { field: 'country', op: 'eq', value: 'PH' },
  });
  const page = await suki.as('thomas');
  await page.goto(`/segments/${segment.id}`);
  await expect(page.getByLabel('Value: Country')).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0);
});
