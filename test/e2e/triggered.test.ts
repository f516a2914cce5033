import { expect, test, unique } from './suki.ts';

test('a campaign that runs when something happens is set, and a rule lets a new customer enter it', async ({ suki }) => {
  const name = unique('Welcome');
  const content = {
    senderId: null,
    topic: 'transactional',
    fallbackLanguage: 'en',
    variants: [{ key: 'A', texts: { en: { subject: 'Welcome', body: 'Dear {{customer.name}}' } } }],
  };
  const campaign = await suki.api.post<{ id: string }>('/v1/campaigns', {
    name,
    goal: { metric: { kind: 'clicked' }, target: 1, deadline: '2099-01-01T00:00:00Z' },
    budget: { planned: { amount: '100', currency: 'PHP' } },
    audience: { include: [{ where: { field: 'tags', op: 'eq', value: name } }] },
    content,
    quietHours: { from: '00:00', to: '00:00' },
  });
  const page = await suki.as('grace');
  await page.goto(`/campaigns/${campaign.id}`);
  const schedule = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Schedule', exact: true }) });
  await schedule.getByText('When something happens').click();
  await expect(schedule.getByLabel('What happens')).toHaveValue('');
  const saved = page.waitForResponse((response) => response.request().method() === 'PATCH');
  await schedule.getByRole('button', { name: 'Save' }).click();
  expect((await saved).status()).toBe(200);
  await suki.api.post(`/v1/campaigns/${campaign.id}/start`);

  const rule = unique('Enters');
  await page.goto('/rules/new');
  await page.getByLabel('Name', { exact: true }).fill(rule);
  await page.getByLabel('The rule acts').selectOption('customer.created');
  await page.getByLabel('What is done').selectOption('campaign');
  await page.getByLabel('Which campaign').selectOption({ label: name });
  await expect(page.getByText(`The customer enters the campaign ${name}`)).toBeVisible();
  await page.getByRole('button', { name: 'Make the rule' }).click();
  await page.getByRole('switch').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Turn on' }).click();
  await expect(page.getByRole('switch')).toHaveAttribute('aria-checked', 'true');

  const emails = [{ address: `${unique('enters').replace(' ', '.')}@people.example` }];
  const customer = await suki.api.customer({ tags: [name], emails });
  const log = page.getByRole('listitem').filter({ hasText: customer.name });
  await expect(log).toContainText('entry into a campaign', { timeout: 60_000 });
  await page.getByRole('switch').click();
});
