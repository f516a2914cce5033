import { expect, type Page, test } from './suki.ts';

async function rename(page: Page, name: string): Promise<void> {
  const form = page.getByRole('form', { name: 'Name' });
  await form.getByRole('textbox').fill(name);
  await form.getByRole('button', { name: 'Save' }).click();
}

test('two people change the same field: the second chooses between mine, theirs and what it was', async ({ suki }) => {
  const { id, name } = await suki.api.customer();
  const [grace, claire] = [await suki.as('grace'), await suki.as('claire')];
  for (const page of [grace, claire]) await page.goto(`/customers/${id}?edit=name`);
  await expect(claire.getByRole('form', { name: 'Name' })).toBeVisible();
  await rename(grace, `${name} of Grace`);
  await expect(grace.getByRole('heading', { level: 1 })).toHaveText(`${name} of Grace`);
  await rename(claire, `${name} of Claire`);
  const dialog = claire.getByRole('dialog', { name: 'Somebody else changed this too' });
  await expect(dialog).toContainText(`It was: ${name}`);
  await expect(dialog.getByLabel('Saved meanwhile')).toBeVisible();
  await expect(dialog.getByLabel('Yours')).toBeChecked();
  await dialog.getByRole('button', { name: 'Save this choice' }).click();
  await expect(claire.getByRole('heading', { level: 1 })).toHaveText(`${name} of Claire`);
  expect((await suki.api.get(`/v1/customers/${id}`)).name).toBe(`${name} of Claire`);
});

test('who drops the own change keeps what the other saved', async ({ suki }) => {
  const { id, name } = await suki.api.customer();
  const [grace, claire] = [await suki.as('grace'), await suki.as('claire')];
  for (const page of [grace, claire]) await page.goto(`/customers/${id}?edit=name`);
  await expect(claire.getByRole('form', { name: 'Name' })).toBeVisible();
  await rename(grace, `${name} of Grace`);
  await expect(grace.getByRole('heading', { level: 1 })).toHaveText(`${name} of Grace`);
  await rename(claire, `${name} of Claire`);
  await claire.getByRole('button', { name: 'Drop my change' }).click();
  await expect(claire.getByRole('heading', { level: 1 })).toHaveText(`${name} of Grace`);
  expect((await suki.api.get(`/v1/customers/${id}`)).name).toBe(`${name} of Grace`);
});

test('two people change different fields: both changes hold and nobody is asked', async ({ suki }) => {
  const { id, name } = await suki.api.customer();
  const [grace, claire] = [await suki.as('grace'), await suki.as('claire')];
  await grace.goto(`/customers/${id}?edit=name`);
  await claire.goto(`/customers/${id}?edit=tags`);
  const tags = claire.getByRole('form', { name: 'Tags' });
  await tags.getByRole('textbox').fill('visited');
  await rename(grace, `${name} of Grace`);
  await expect(grace.getByRole('heading', { level: 1 })).toHaveText(`${name} of Grace`);
  await tags.getByRole('button', { name: 'Save' }).click();
  await expect(claire.getByText('Saved', { exact: true })).toBeVisible();
  const saved = await suki.api.get(`/v1/customers/${id}`);
  expect([saved.name, saved.tags]).toEqual([`${name} of Grace`, ['visited']]);
});
