import { expect, type Page, test, unique } from './suki.ts';

const saved = (page: Page) => expect(page.getByText('Saved', { exact: true })).toBeVisible();

test('the Buddhist calendar, once chosen, is in every date', async ({ suki }) => {
  const page = await suki.as('grace');
  const choose = async (calendar: string) => {
    await page.goto('/settings/workspace');
    await page.getByLabel('Calendar').selectOption(calendar);
    await page.getByRole('button', { name: 'Save', exact: true }).first().click();
    await saved(page);
    await page.goto('/');
  };
  // The date of the day; what is late stands below with dates of its own.
  const lead = page.locator('main header p').first();
  const year = new Date().getFullYear();
  try {
    await choose('buddhist');
    await expect(lead).toContainText(String(year + 543));
  } finally {
    await choose('gregorian');
  }
  await expect(lead).toContainText(String(year));
});

test('a colleague is invited with a role and a team, and is among those who can sign in', async ({ suki, page }) => {
  const name = unique('Nadia');
  const grace = await suki.as('grace');
  await grace.goto('/settings/members');
  await grace.getByRole('button', { name: 'Invite' }).click();
  const dialog = grace.getByRole('dialog', { name: 'Invite' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('E-mail').fill(`${name.replace(' ', '.').toLowerCase()}@batis.example`);
  await dialog.getByLabel('Role').selectOption('service');
  await dialog.getByRole('checkbox', { name: 'Lyon' }).check();
  await dialog.getByRole('button', { name: 'Invite' }).click();
  const row = grace.getByRole('listitem').filter({ hasText: name });
  await expect(row).toContainText('Service');
  await expect(row).toContainText('Lyon');
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Nadia');
});

test('what a leaving colleague looks after goes to another, and comes back after a reload', async ({ suki }) => {
  const name = unique('Leo');
  const role = { role: 'sales', email: `${name.replace(' ', '.').toLowerCase()}@batis.example` };
  const leaving = await suki.api.post<{ id: string }>('/v1/members', { name, ...role });
  const { id } = await suki.api.customer({ ownerId: leaving.id });
  const ownerOf = async () => (await suki.api.get<{ ownerId: string }>(`/v1/customers/${id}`)).ownerId;
  const page = await suki.as('grace');
  await page.goto('/settings/members');
  await page.getByRole('button', { name: `What to do with ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Hand over' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('To whom').selectOption({ label: 'Jun Bautista' });
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Hand over' }).click();
  const handOvers = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Handed over' }) });
  const last = handOvers.getByRole('listitem').first();
  await expect(last).toContainText('done · 1 record handed over');
  expect(await ownerOf()).not.toBe(leaving.id);
  await page.reload();
  await last.getByRole('button', { name: 'Undo' }).click();
  // While it is being undone it says so in the same word.
  await expect(last).toContainText('undone');
  await expect.poll(ownerOf).toBe(leaving.id);
});

test('an API key is shown once, does what it is for, and is revoked for good', async ({ suki, request }) => {
  const name = unique('Website form');
  const page = await suki.as('grace');
  await page.goto('/settings/keys');
  await page.getByRole('button', { name: 'New key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  await dialog.getByRole('checkbox', { name: 'Customers: Read' }).check();
  await dialog.getByRole('button', { name: 'New key' }).click();
  const key = (await page.getByTestId('api-key').textContent())?.trim() ?? '';
  expect(key).toMatch(/^suki_batis001_/);
  const headers = { authorization: `Bearer ${key}` };
  expect((await request.get('/v1/customers', { headers })).status()).toBe(200);
  expect((await request.get('/v1/members', { headers })).status(), 'it has the rights that were ticked and no others').toBe(403);
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await page.reload();
  const row = page.getByRole('listitem').filter({ hasText: name });
  await expect(row).toContainText('Customers: Read');
  expect(await page.content()).not.toContain(key);
  await row.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(row).toContainText('Revoked');
  // A function remembers a key for up to half a minute.
  await expect.poll(async () => (await request.get('/v1/customers', { headers })).status(), { timeout: 45_000 }).toBe(401);
});

test('the roles are told as a table, and the audit tells who did what', async ({ suki }) => {
  await suki.api.customer();
  const page = await suki.as('grace');
  await page.goto('/settings/roles');
  const table = page.getByRole('table').first();
  for (const role of ['Admin', 'Manager', 'Sales', 'Service', 'Marketing', 'Analyst', 'Partner'])
    await expect(page.locator('#main').getByRole('heading', { name: role })).toBeVisible();
  await expect(table).toContainText('Customers');
  await page.goto('/settings/audit');
  await expect(page.getByRole('listitem').first()).toBeVisible();
  await page.getByLabel('What').selectOption('customer');
  await expect(page.locator('#main ol > li').first()).toContainText('Customer');
  await page.getByLabel('What').selectOption('signIn');
  await expect(page.getByRole('listitem').filter({ hasText: 'Grace Villanueva' }).first()).toBeVisible();
});

test('who sells is told what is not for the role, and is offered nothing that would be refused', async ({ suki }) => {
  const page = await suki.as('jun');
  for (const path of ['/settings/keys', '/settings/audit']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: 'Not for your role' }), path).toBeVisible();
  }
  await page.goto('/settings/members');
  await expect(page.getByText('Grace Villanueva').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Invite' })).toHaveCount(0);
  await page.goto('/settings/workspace');
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0);
});

test('a partner sees what was shared and nothing else, and an analyst changes nothing', async ({ suki }) => {
  const partner = await suki.as('pimchanok');
  await partner.goto('/customers');
  await expect(partner.locator('main h1')).toBeVisible();
  await expect(partner.locator('a[data-row]')).toHaveCount(0);
  await expect(partner.getByRole('button', { name: 'New customer' })).toHaveCount(0);
  const analyst = await suki.as('thomas');
  await analyst.goto(`/customers/${suki.told.fournier}`);
  await expect(analyst.getByRole('article').first()).toBeVisible();
  await expect(analyst.getByRole('button', { name: /^Edit:|Log an interaction|Answer$/ })).toHaveCount(0);
});

test('who changes the workspace at the top sees none of the customers of the other one', async ({ suki, page }) => {
  const { signIn } = await import('./suki.ts');
  await signIn(page, 'grace', '/customers');
  await page.locator('aside').getByRole('button', { name: /Batis/ }).click();
  await page.getByRole('menuitemradio', { name: 'Sari-sari' }).click();
  await expect(page.locator('aside').getByRole('button', { name: /Sari-sari/ })).toBeVisible();
  await page.goto('/customers?q=Fournier');
  await expect(page.getByText('Nobody matches')).toBeVisible();
  await page.goto(`/customers/${suki.told.fournier}`);
  await expect(page.getByText('There is nothing here')).toBeVisible();
  await page
    .locator('aside')
    .getByRole('button', { name: /Sari-sari/ })
    .click();
  await page.getByRole('menuitemradio', { name: 'Batis' }).click();
  await expect(page.locator('aside').getByRole('button', { name: /Batis/ })).toBeVisible();
});
