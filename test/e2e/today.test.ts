import { expect, type Page, test, unique } from './suki.ts';

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const row = (page: Page, text: string) => page.locator('section [data-row]').filter({ hasText: text });

test('Today says what waits and why; done, put off and taken back are one key each, and nothing moves meanwhile', async ({ suki }) => {
  const me = await suki.api.get<{ member: { id: string } }>('/v1/me');
  const asking = await suki.api.customer({ ownerId: me.member.id });
  await suki.api.post(`/v1/customers/${asking.id}/interactions`, {
    channel: 'email',
    direction: 'in',
    reason: 'enquiry',
    subject: unique('Tumutulo'),
    occurredAt: ago(50),
  });
  const calling = await suki.api.customer({ ownerId: me.member.id });
  const call = unique('Tawag');
  await suki.api.post('/v1/follow-ups', { title: call, customerId: calling.id, channel: 'call', due: { on: '2026-01-05', at: '15:00' } });
  const page = await suki.as('grace');
  await page.goto('/');
  const question = row(page, asking.name);
  await expect(question).toContainText('and still waits for an answer');
  await expect(row(page, call)).toContainText(`You promised ${calling.name} a call`);
  const order = () => page.locator('section [data-row]').evaluateAll((rows) => rows.map((each) => each.getAttribute('data-row')));
  const before = await order();
  const choose = async (target: ReturnType<typeof row>) => {
    // A row that has the focus already says nothing when it is given again.
    await target.locator('a, button').first().blur();
    await target.locator('a, button').first().focus();
    await expect(target).toHaveAttribute('aria-current', 'true');
  };
  await choose(question);
  await page.keyboard.press('d');
  await expect(page.getByText(`${asking.name} counts as answered`)).toBeVisible();
  await choose(row(page, call));
  await page.keyboard.press('s');
  await expect(page.getByText(/^Put off until tomorrow/).first()).toBeVisible();
  await expect(row(page, call).getByRole('button', { name: /^Undo/ })).toBeVisible();
  expect(await order(), 'the list holds still').toEqual(before);
  await page.keyboard.press('u');
  await expect(page.getByText('It is back')).toBeVisible();
  await expect(row(page, call).getByRole('button', { name: /^Undo/ })).toHaveCount(0);
  await page.keyboard.press('u');
  await expect(page.getByText('Taken back')).toBeVisible();
  await expect(question).toContainText('and still waits for an answer');
  // What was put off waits again only when the list has heard of it.
  await expect(row(page, call).getByRole('button', { name: /^Done/ })).toBeVisible();
  await choose(row(page, call));
  await page.keyboard.press('d');
  await expect(row(page, call).getByRole('button', { name: /^Undo/ })).toBeVisible();
  await page.keyboard.press('r');
  await expect(row(page, call)).toHaveCount(0);
});

test('what is pinned stays on top until it is done, with the way back', async ({ suki }) => {
  const me = await suki.api.get<{ member: { id: string } }>('/v1/me');
  const customer = await suki.api.customer({ ownerId: me.member.id });
  const title = unique('Tawag');
  const on = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  await suki.api.post('/v1/follow-ups', { title, customerId: customer.id, priority: 'low', due: { on } });
  const page = await suki.as('grace');
  await page.goto('/');
  const mine = row(page, title);
  const place = async () =>
    page.locator('section [data-row]').evaluateAll((rows, text) => rows.findIndex((each) => each.textContent?.includes(text)), title);
  await expect(mine).toBeVisible();
  // What was pinned before stands before it.
  const top = await page.locator('section [data-row]').filter({ hasText: 'pinned' }).count();
  const before = await place();
  expect(before).toBeGreaterThan(top);
  await mine.locator('a, button').first().focus();
  await page.keyboard.press('p');
  await expect(page.getByText('It stays on top until it is done')).toBeVisible();
  await expect.poll(place).toBe(top);
  await page.reload();
  await expect(mine).toContainText('pinned');
  expect(await place()).toBe(top);
  await mine.getByRole('button', { name: /^Unpin/ }).click();
  await expect.poll(place).toBe(before);
  await page.keyboard.press('u');
  await expect.poll(place).toBe(top);
  await mine.getByRole('button', { name: /^Done/ }).click();
  await expect(mine.getByRole('button', { name: /^Undo/ })).toBeVisible();
  expect(await place(), 'the list holds still').toBe(top);
  await page.getByRole('button', { name: 'Bring the list up to date' }).click();
  await expect(mine).toHaveCount(0);
});

test('what comes in while Today is open is counted, and stands there when it is brought up to date', async ({ suki }) => {
  const me = await suki.api.get<{ member: { id: string } }>('/v1/me');
  await suki.api.post('/v1/follow-ups', { title: unique('Una'), due: { on: '2026-01-05' } });
  const page = await suki.as('grace');
  await page.goto('/');
  await expect(page.locator('section [data-row]').first()).toBeVisible();
  const { id, name } = await suki.api.customer({ ownerId: me.member.id });
  await suki.api.post(`/v1/customers/${id}/interactions`, { channel: 'email', direction: 'in', occurredAt: ago(1) });
  const fresh = page.getByRole('button', { name: /new · bring the list up to date/ });
  await expect(fresh).toBeVisible();
  await expect(row(page, name)).toHaveCount(0);
  await fresh.click();
  await expect(row(page, name)).toContainText('Reply waiting');
});

test('Team shows what members did and counts who was not seen', async ({ suki }) => {
  const page = await suki.as('grace');
  await page.goto('/team');
  const me = page.getByRole('row').filter({ hasText: 'Grace Villanueva' });
  await expect(me).toContainText('last week by now');
  await expect(me, 'it is counted by itself where nobody has').toContainText(/of \d+ customers/, { timeout: 60_000 });
  await expect(page.getByText(/Unseen customers counted/)).toBeVisible();
});
