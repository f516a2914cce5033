import { expect, test, unique } from './suki.ts';

test('a customer is created, corrected and found again; a second with the same address is not made', async ({ suki }) => {
  const name = unique('Rosalinda');
  const address = `${name.replace(' ', '.').toLowerCase()}@mail.example`;
  const page = await suki.as('grace');
  await page.goto('/customers');
  const create = page.getByRole('dialog', { name: 'New customer' });
  const fill = async (who: string) => {
    await page.getByRole('button', { name: 'New customer' }).click();
    await create.getByLabel('Name', { exact: true }).fill(who);
    await create.getByLabel('E-mail').fill(address);
    await create.getByRole('button', { name: 'Create', exact: true }).click();
  };
  await fill(name);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await page.getByRole('button', { name: 'Edit: Job title' }).click();
  await page.getByRole('textbox', { name: 'Job title' }).fill('Head of purchasing');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('definition').filter({ hasText: 'Head of purchasing' })).toBeVisible();
  await page.getByRole('link', { name: 'Changes' }).click();
  await expect(page.getByText('Head of purchasing').last()).toBeVisible();
  await page.goto('/customers');
  await fill('Somebody else');
  await expect(create.getByRole('alert')).toContainText('This customer is there already');
  await create.getByRole('link', { name: 'Open the record' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
});

test('a complaint is marked until somebody answers it', async ({ suki }) => {
  const { id } = await suki.api.customer();
  await suki.api.post(`/v1/customers/${id}/interactions`, { channel: 'email', direction: 'in', reason: 'complaint', subject: 'No water' });
  const page = await suki.as('natthapol');
  await page.goto(`/customers/${id}`);
  await expect(page.getByText(/^Unanswered/)).toBeVisible();
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await page.getByPlaceholder('What was said and agreed').fill('A fitter comes tomorrow.');
  await page.getByRole('button', { name: 'Log it' }).click();
  await expect(page.getByText('A fitter comes tomorrow.')).toBeVisible();
  await expect(page.getByText(/^Unanswered/)).toBeHidden();
});

test('what another hand logs appears without a reload', async ({ suki }) => {
  const { id } = await suki.api.customer();
  const page = await suki.as('grace');
  await page.goto(`/customers/${id}`);
  await expect(page.getByText('Nothing has happened yet')).toBeVisible();
  await suki.api.post(`/v1/customers/${id}/interactions`, { channel: 'note', body: 'From the other window' });
  await expect(page.getByText('From the other window')).toBeVisible({ timeout: 20_000 });
});

test('a consent is recorded with its source, and the step of a life cycle can be taken back', async ({ suki }) => {
  const { id } = await suki.api.customer({ lifecycle: 'active' });
  const page = await suki.as('grace');
  await page.goto(`/customers/${id}`);
  await page.getByRole('button', { name: 'Record a consent' }).click();
  await page.getByLabel('Where from').fill('by phone');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/· by phone/)).toBeVisible();
  await page.getByRole('button', { name: 'Life cycle: Active' }).click();
  await page.getByRole('menuitem', { name: 'Mark as lapsed' }).click();
  await expect(page.getByRole('button', { name: 'Life cycle: Lapsed' })).toBeVisible();
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Life cycle: Active' })).toBeVisible();
});

test('a file put on an interaction comes back as it was', async ({ suki }) => {
  const { id } = await suki.api.customer();
  const page = await suki.as('grace');
  await page.goto(`/customers/${id}`);
  await page.getByRole('button', { name: /^What happened\?/ }).click();
  await page.getByLabel('What happened', { exact: true }).fill('The contract is signed.');
  await page.locator('main input[type=file]').setInputFiles({ name: 'สัญญา.txt', mimeType: 'text/plain', buffer: Buffer.from('ตกลง') });
  await page.getByRole('button', { name: 'Log it' }).click();
  const coming = page.waitForEvent('download');
  await page
    .getByRole('article')
    .getByRole('button', { name: /สัญญา\.txt/ })
    .click();
  expect((await coming).suggestedFilename()).toBe('สัญญา.txt');
});
