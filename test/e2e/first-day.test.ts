import { expect, test } from './suki.ts';

test('the first day of a role is ticked by doing, wherever it is done, and ends by itself', async ({ suki }) => {
  const page = await suki.as('thomas');
  const done = (count: number) => expect(page.getByText(`${count} of 5 done`)).toBeVisible();
  await page.goto('/');
  await done(0);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await page.keyboard.press('Escape');
  await done(1);
  await page.getByRole('button', { name: /Find somebody by a few letters/ }).click();
  await page.getByRole('combobox').fill('Fournier');
  await page
    .getByRole('option', { name: /Fournier/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Fournier');
  await page.goto('/');
  await done(3);
  await page.getByRole('button', { name: /Filter the list/ }).click();
  await page.getByRole('button', { name: /Remove the filter/ }).click();
  await page.goto('/');
  await done(4);
  await page.getByRole('button', { name: /Export a list/ }).click();
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('button', { name: 'Make the file' }).click();
  await expect(page.getByRole('link', { name: 'Download' })).toBeVisible({ timeout: 60_000 });
  await page.goto('/');
  await done(5);
  await page.getByRole('button', { name: 'Finish the first day' }).click();
  await expect(page.getByRole('heading', { name: 'You are set up' })).toBeVisible();
  await page.getByRole('button', { name: 'Show the first day again' }).click();
  await done(0);
});

test('the day of one person is not that of another at the same desk', async ({ suki }) => {
  const page = await suki.as('jun');
  await page.goto('/');
  await expect(page.getByText('0 of 7 done')).toBeVisible();
  await expect(page.getByText('What matters for the role Sales.', { exact: false })).toBeVisible();
});
