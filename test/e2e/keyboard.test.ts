import { expect, test } from './suki.ts';

const finds: [typed: string, found: RegExp, key: string][] = [
  ['0917 000 4821', /Manalo/, 'Control+k'],
  ['นภา', /นภา/, 'Meta+k'],
  ['گلزار', /گلزار/, 'Control+k'],
  ['manalo liza', /Liza Manalo/, 'Control+k'],
];

test('the palette finds the right record by a few letters of any script', async ({ suki }) => {
  const page = await suki.as('grace');
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  for (const [typed, found, key] of finds) {
    await page.keyboard.press(key);
    const palette = page.getByRole('dialog', { name: 'Search and actions' });
    await palette.getByRole('combobox').fill(typed);
    await expect(palette.getByRole('group', { name: 'Customers' }).getByRole('option').first()).toContainText(found);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(found);
  }
});

test('“cartri” finds somebody or offers to make her; what can be done is found by other products’ words', async ({ suki }) => {
  const page = await suki.as('grace');
  await page.goto('/');
  await page
    .getByRole('button', { name: /^Search/ })
    .first()
    .click();
  const palette = page.getByRole('dialog', { name: 'Search and actions' });
  await palette.getByRole('combobox').fill('cartri');
  await expect(palette.getByRole('option').first()).toContainText(/cartri/i);
  await palette.getByRole('combobox').fill('api token');
  await palette.getByRole('option', { name: /API keys/ }).click();
  await expect(page).toHaveURL(/settings\/keys/);
  // Every screen of the navigation, and of the settings, by its own word or another's.
  for (const [typed, screen, path] of [
    ['ticket', 'Cases', /\/cases$/],
    ['campaign', 'Campaigns', /\/campaigns$/],
    ['nps', 'Surveys', /\/surveys$/],
    ['automation', 'Rules', /\/rules$/],
    ['sla', 'Settings · Service levels', /\/settings\/service-levels$/],
  ] as const) {
    await page.keyboard.press('Control+k');
    await palette.getByRole('combobox').fill(typed);
    await palette.getByRole('option', { name: screen }).click();
    await expect(page).toHaveURL(path);
  }
});

test('all of it goes by keyboard: walk the list, choose, open, edit, help, create, go', async ({ suki }) => {
  const { name, id } = await suki.api.customer();
  const page = await suki.as('grace');
  await page.goto('/customers');
  const rows = page.locator('a[data-row]');
  await expect(rows.nth(3)).toBeVisible();
  await page.keyboard.press('j');
  await expect(rows.nth(0)).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(rows.nth(2)).toBeFocused();
  await page.keyboard.press('k');
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press('x');
  await expect(page.getByRole('toolbar')).toContainText('1 chosen');
  await page.keyboard.press('x');
  await expect(page.getByRole('toolbar')).toHaveCount(0);
  const second = (await rows.nth(1).textContent()) ?? '';
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(second);

  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  await expect(help).toContainText('New customer');
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();

  await page.goto(`/customers/${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await page.keyboard.press('e');
  const field = page.getByRole('form', { name: 'Name' }).getByRole('textbox');
  await expect(field).toBeFocused();
  await field.fill(`${name} Cruz`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${name} Cruz`);
  await expect(field).toBeHidden();

  await page.keyboard.press('c');
  await expect(page.getByRole('dialog', { name: 'New customer' }).getByLabel('Name')).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(page).toHaveURL(/\/customers$/);
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(page).toHaveURL(/\/imports$/);
});

test('a call is noted with two keys and its text, on the customer that is on the screen', async ({ suki }) => {
  const { id, name } = await suki.api.customer();
  const page = await suki.as('natthapol');
  await page.goto(`/customers/${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await page.keyboard.press('l');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('f');
  await page.keyboard.type('A fax came.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('article').filter({ hasText: 'A fax came.' })).toHaveAccessibleName(/^Fax/);
});

test('letters do nothing while somebody writes, and shortcuts can be turned off', async ({ suki }) => {
  const page = await suki.as('grace');
  await page.goto('/customers');
  await page.getByRole('searchbox').focus();
  await page.keyboard.type('c?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('searchbox').fill('');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard' }).getByLabel('Keyboard shortcuts are on').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('c');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Search and actions' })).toBeVisible();
});

test('n plans a follow-up everywhere, and opens a case where cases are', async ({ suki }) => {
  const page = await suki.as('grace');
  for (const [path, title] of [
    ['/campaigns', 'New follow-up'],
    ['/cases', 'New case'],
  ] as const) {
    await page.goto(path);
    await page.locator('#main li').first().waitFor();
    await page.keyboard.press('n');
    await expect(page.getByRole('dialog', { name: title })).toBeVisible();
  }
});
