import { expect, type Page, test, unique } from './suki.ts';

const day = (days: number) => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
const typed = (date: string) => `${Number(date.slice(8))}/${Number(date.slice(5, 7))}/${date.slice(0, 4)}`;
const sheet = (page: Page) => page.getByRole('dialog', { name: 'New follow-up' });

test('a next step is planned from a customer’s page, stands there, and is logged with its outcome when it is done', async ({ suki }) => {
  const { id, name } = await suki.api.customer();
  const page = await suki.as('grace');
  await page.goto(`/customers/${id}`);
  await expect(page.getByText('Nothing is planned.')).toBeVisible();
  await page.getByRole('button', { name: 'Plan a next step' }).click();
  await expect(sheet(page).getByText(name), 'it is about the customer on the screen').toBeVisible();
  await sheet(page).getByLabel('What is to be done').fill('Call about the big filter');
  await sheet(page)
    .getByLabel('Day')
    .fill(typed(day(3)));
  await sheet(page).getByLabel('Time').fill('15h30');
  await sheet(page).getByLabel('How').selectOption('call');
  await sheet(page).getByLabel('Comes again').selectOption('month');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/^Planned for/)).toBeVisible();
  const line = page.locator('[data-row]').filter({ hasText: 'Call about the big filter' });
  await expect(line).toContainText('15:30');
  await expect(line).toContainText('Comes again');
  await line.getByRole('button', { name: /What to do with/ }).click();
  await page.getByRole('menuitem', { name: 'Done, with outcome…' }).click();
  const how = page.getByRole('dialog', { name: 'How did it go?' });
  await how.getByText('Promised', { exact: true }).click();
  await how.getByLabel('What happened').fill('She takes two of them.');
  await how.getByRole('button', { name: 'Done' }).click();
  const entry = page.getByRole('article').filter({ hasText: 'She takes two of them.' });
  await expect(entry, 'done, it is an interaction').toHaveAccessibleName(/^Call/);
  await expect(line, 'and the next of its series is there').toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(entry, 'undone, it is none').toHaveCount(0);
  await expect(line).toContainText('15:30');
});

test('the list goes by keys: done, put off and taken back by one each', async ({ suki }) => {
  const title = unique('Magtanong');
  await suki.api.post('/v1/follow-ups', { title, due: { on: '2020-01-01', at: '08:00' } });
  const page = await suki.as('grace');
  await page.goto('/follow-ups');
  const line = page.locator('[data-row]').filter({ hasText: title });
  await expect(line).toContainText('Overdue');
  const choose = async () => {
    for (let tries = 0; tries < 60 && !(await line.getAttribute('class'))?.includes('bg-brand-soft'); tries++)
      await page.keyboard.press('j');
  };
  await choose();
  await page.keyboard.press('s');
  await expect(line).toContainText('Put off until tomorrow');
  await page.keyboard.press('u');
  await expect(line).not.toContainText('Put off until');
  await page.keyboard.press('k');
  await choose();
  await page.keyboard.press('d');
  await expect(line).toHaveCount(0);
  await page.keyboard.press('u');
  await expect(line).toBeVisible();
});

test('the calendar shows days and moves by arrow keys; Enter plans on the day', async ({ suki }) => {
  const title = unique('Dalaw');
  const page = await suki.as('grace');
  await page.goto('/follow-ups?view=month');
  const grid = page.getByRole('grid', { name: 'Calendar' });
  const today = grid.locator(`[data-day="${day(0)}"]`);
  await today.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  const later = page.locator(`[data-day="${day(8)}"]`);
  await expect(later).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(sheet(page).getByLabel('Day')).toHaveValue(typed(day(8)));
  await sheet(page).getByLabel('What is to be done').fill(title);
  await sheet(page).getByRole('button', { name: 'Plan it' }).click();
  await expect(later.getByRole('button', { name: title })).toBeVisible();
  await page.getByText('Week', { exact: true }).click();
  await expect(page.locator(`[data-day="${day(8)}"]`).getByRole('button', { name: title })).toBeVisible();
  await page.getByText('Agenda', { exact: true }).click();
  await expect(page.locator('[data-row]').filter({ hasText: title })).toBeVisible();
});

test('what one plans, the other sees within seconds, and two who change it are told', async ({ suki }) => {
  const { id } = await suki.api.customer();
  const page = await suki.as('grace');
  await page.goto(`/customers/${id}`);
  await expect(page.getByText('Nothing is planned.')).toBeVisible();
  const title = unique('Sabay');
  const planned = await suki.api.post<{ id: string }>('/v1/follow-ups', { title, customerId: id, due: { on: day(1) } });
  const line = page.locator('[data-row]').filter({ hasText: title });
  await expect(line).toBeVisible();
  await line.getByRole('button', { name: title, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Follow-up' });
  await expect(dialog.getByLabel('What is to be done')).toHaveValue(title);
  await suki.api.post(`/v1/follow-ups/${planned.id}/done`, {});
  await dialog.getByLabel('What is to be done').fill(`${title} again`);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('not possible in this state');
});

test('who may not plan sees what is planned and no way to change it', async ({ suki }) => {
  const { id } = await suki.api.customer();
  const title = unique('Basahin');
  await suki.api.post('/v1/follow-ups', { title, customerId: id, due: { on: day(1) } });
  const page = await suki.as('thomas');
  await page.goto(`/customers/${id}`);
  const line = page.locator('[data-row]').filter({ hasText: title });
  await expect(line).toBeVisible();
  await expect(line.getByRole('button')).toHaveText([title]);
  await expect(page.getByRole('button', { name: 'Plan a next step' })).toHaveCount(0);
});

test('a follow-up tells who changed what in it', async ({ suki }) => {
  const title = unique('Tubig');
  const { id, version } = await suki.api.post<{ id: string; version: number }>('/v1/follow-ups', { title, due: { on: '2030-01-31' } });
  await suki.api.patch(`/v1/follow-ups/${id}`, version, { priority: 'high' });
  const page = await suki.as('grace');
  await page.goto('/follow-ups');
  await page.getByRole('button', { name: title, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Notes').fill('Not saved yet');
  await dialog.getByText('Changes', { exact: true }).click();
  await expect(dialog.getByText('Follow-up changed')).toBeVisible();
  await expect(dialog.getByRole('definition').getByText('High')).toBeVisible();
  await expect(dialog.getByText('Follow-up created')).toBeVisible();
  await dialog.getByText('Details', { exact: true }).click();
  await expect(dialog.getByLabel('Notes')).toHaveValue('Not saved yet');
});
