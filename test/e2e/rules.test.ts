import { expect, test, unique } from './suki.ts';

test('a rule is written as a sentence, tried, turned on, acts once, and says what it did', async ({ suki }) => {
  const tag = unique('gold');
  const name = unique('Welcome');
  const page = await suki.as('grace');
  await page.goto('/rules/new');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('The rule acts').selectOption('customer.created');
  await page.getByLabel('What is done').selectOption('tag');
  await page.getByLabel('Add tags').fill(tag);
  await expect(page.getByText('When a customer is new', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Whom would it touch?' }).click();
  await expect(page.getByText('Fit the filter')).toBeVisible();
  await page.getByRole('button', { name: 'Make the rule' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await page.getByRole('switch').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Turn on' }).click();
  await expect(page.getByRole('switch')).toHaveAttribute('aria-checked', 'true');

  const customer = await suki.api.customer();
  const log = page.getByRole('listitem').filter({ hasText: customer.name });
  await expect(log).toContainText('Done', { timeout: 30_000 });
  await log.getByRole('link').click();
  await expect(page.getByText(tag).first()).toBeVisible();

  await page.goto('/rules');
  const card = page.getByRole('article').filter({ hasText: name });
  await card.getByRole('switch').click();
  await expect(card.getByRole('switch')).toHaveAttribute('aria-checked', 'false');
});

test('a rule is changed and archived, and the archiving is undone', async ({ suki }) => {
  const rule = await suki.api.post<{ id: string }>('/v1/rules', {
    name: unique('Silence'),
    when: { kind: 'silence', days: 90 },
    does: [{ kind: 'followUp', title: 'Call', for: { to: 'owner' } }],
  });
  const page = await suki.as('grace');
  await page.goto(`/rules/${rule.id}`);
  await expect(page.getByText('When nothing was heard for 90 days')).toBeVisible();
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByLabel('Days', { exact: true }).fill('45');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('When nothing was heard for 45 days')).toBeVisible();
  await page.getByRole('button', { name: 'Archive' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Archive' })).toBeVisible();
});

test('who may not make rules reads them', async ({ suki }) => {
  await suki.api.post('/v1/rules', {
    name: unique('Read only'),
    when: { kind: 'customer.created' },
    does: [{ kind: 'notify', text: 'New', for: { to: 'owner' } }],
  });
  const page = await suki.as('thomas');
  await page.goto('/rules');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rules');
  await expect(page.getByRole('article').first()).toBeVisible();
  await expect(page.getByRole('switch')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'New rule' })).toHaveCount(0);
});
