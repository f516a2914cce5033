import { expect, test, unique } from './suki.ts';

type Row = { id: string; number: number };

test('a complaint becomes a case that counts down, is noted on, dragged and moved by key', async ({ suki }) => {
  const { api } = suki;
  const customer = await api.customer();
  const subject = unique('Leak');
  const page = await suki.as('grace');
  await page.goto(`/cases?view=board&owner=none`);
  await page.getByRole('button', { name: 'New case' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').first().fill(customer.name);
  await dialog.getByRole('option', { name: customer.name }).click();
  await dialog.getByLabel('What it is about').fill(subject);
  await dialog.getByLabel('Priority').selectOption('urgent');
  await dialog.getByRole('button', { name: 'Open the case' }).click();
  await expect(page.getByRole('heading', { name: subject })).toBeVisible();
  await expect(page.getByText(/left$|late$/).first()).toBeVisible();
  await page.getByLabel('Text').fill('A worn seal, I think.');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('A worn seal, I think.')).toBeVisible();

  await page.goto('/cases?view=board&owner=none&priority=urgent');
  const card = page.locator('article', { hasText: subject });
  await card.dragTo(page.locator('[data-column=open]'));
  await expect(page.locator('[data-column=open] article', { hasText: subject })).toBeVisible();
  await page.locator('[data-column=open] article', { hasText: subject }).getByRole('link').focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.locator('[data-column=waiting] article', { hasText: subject })).toBeVisible();

  await page.locator('[data-column=waiting] article', { hasText: subject }).getByRole('button').click();
  await page.getByRole('menuitem', { name: 'Resolved' }).click();
  await page.getByRole('dialog').getByLabel('Resolution').fill('A new cartridge.');
  await page.getByRole('dialog').getByRole('button', { name: 'Resolve', exact: true }).click();
  await expect(page.locator('[data-column=resolved] article', { hasText: subject })).toBeVisible();
  await page.goto(`/customers/${customer.id}`);
  await expect(page.getByRole('link', { name: subject }).first()).toBeVisible();
});

test('the demo has sixty cases, and two of them run out within three hours', async ({ suki }) => {
  const { data } = await suki.api.get<{ data: (Row & { dueAt: string | null; priority: string })[] }>(
    '/v1/cases?priority=urgent&limit=200',
  );
  expect(data.length).toBeGreaterThan(0);
  const states = await Promise.all(
    ['open', 'resolved', 'closed'].map((state) => suki.api.get<{ data: Row[] }>(`/v1/cases?state=${state}&limit=200`)),
  );
  const numbers = states.flatMap((answer) => answer.data.map(({ number }) => number));
  expect(numbers.filter((number) => number <= 60)).toHaveLength(60);
});

test('a tier has targets of its own, and a number of the report opens its cases', async ({ suki }) => {
  const page = await suki.as('grace');
  await page.goto('/settings/service-levels');
  const tier = unique('Ginto');
  await page.getByLabel('Field with the tier').selectOption({ index: 1 });
  await page.getByLabel('Tier', { exact: true }).fill(tier);
  await page.getByRole('button', { name: 'Add its targets' }).click();
  await page
    .getByRole('group', { name: `Urgent · ${tier}` })
    .getByLabel('First answer')
    .fill('15');
  await page.getByRole('button', { name: 'Save' }).click();
  type Levels = { tierField: string | null; targets: { priority: string; tier: string | null; firstResponseMinutes: number }[] };
  const own = async () => (await suki.api.get<Levels>('/v1/service-levels')).targets.filter((target) => target.tier === tier);
  await expect.poll(own).toHaveLength(4);
  expect((await own()).find(({ priority }) => priority === 'urgent')?.firstResponseMinutes).toBe(15);
  await page.getByRole('button', { name: `Take out the targets of ${tier}` }).click();
  await page.getByLabel('Field with the tier').selectOption('');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(own).toHaveLength(0);

  await page.goto('/cases?view=report');
  const row = page.getByRole('row', { name: /^Urgent/ }).first();
  const open = row.getByRole('link', { name: /open$/ }).first();
  const count = Number((await open.textContent())?.split(' ')[0]);
  await open.click();
  await expect(page).toHaveURL(/firstResponse=open/);
  await expect(page.getByRole('list', { name: 'Cases' }).getByRole('listitem')).toHaveCount(count);
  await page.getByRole('button', { name: 'Only a part is shown: show all' }).click();
  await expect(page).not.toHaveURL(/firstResponse/);
});
