import { expect, test, unique } from './suki.ts';

/** A campaign from its name to its start, as marketing writes it; and what stops it on the way. */
test('a campaign is written, tried dry, shown on a phone’s width, and started', async ({ suki }) => {
  test.slow();
  const page = await suki.as('grace');
  const name = unique('Cartridges due');
  await page.goto('/campaigns');
  await page.getByRole('button', { name: 'New campaign' }).first().click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Make it' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeDisabled();

  const section = (title: string) => page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
  const save = async (title: string, status = 200) => {
    const answered = page.waitForResponse((response) => response.request().method() === 'PATCH');
    const read = page.waitForResponse(
      (response) => response.request().method() === 'GET' && /\/v1\/campaigns\/cmp_\w+$/.test(response.url()),
    );
    await section(title).getByRole('button', { name: 'Save' }).click();
    expect((await answered).status()).toBe(status);
    if (status === 200) await read;
    else void read.catch(() => undefined);
  };
  const goal = section('Goal and budget');
  await goal.getByLabel('How many').fill('20');
  await goal.getByLabel('Until').fill('2030-01-31');
  await goal.getByLabel(/^Budget/).fill('5000');
  await save('Goal and budget');

  const audience = section('Audience');
  await audience.getByLabel('Who gets it').selectOption('all');
  await audience.getByLabel('Held out, in percent').fill('20');
  // The estimate takes its room when it comes, and the button below moves with it.
  await expect(audience.getByText('Some of them')).toBeVisible();
  await save('Audience');

  const content = section('Content');
  await content.getByLabel('Subject').fill('For {{customer.name}}');
  await content.getByLabel('Text', { exact: true }).fill('Dear {{customer.nmae}}');
  await save('Content', 422);
  await expect(content.getByRole('alert')).toContainText('Line 1, column 6: There is no such variable.');
  await content.getByRole('button', { name: 'Preview and test' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('Line 1, column 6: There is no such variable.');
  await page.keyboard.press('Escape');
  // A second variant that was a mistake is taken out again.
  await content.getByRole('button', { name: 'Add a variant' }).click();
  await content.getByLabel('Share among variants').fill('3');
  await content.getByRole('button', { name: 'Remove variant B' }).click();
  await expect(content.getByLabel('Share among variants')).toHaveCount(0);
  await content.getByLabel('Text', { exact: true }).fill('# Clean water\n\nDear {{customer.name}}\n\n[Order](https://batis.example/order)');
  await save('Content');
  await content.getByRole('button', { name: 'Preview and test' }).click();
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('heading', { name: 'Clean water' })).toBeVisible();
  await page.getByRole('dialog').getByTitle('On a phone').click();
  await expect(frame.getByRole('link', { name: 'Order' })).toBeVisible();
  await page.keyboard.press('Escape');

  const schedule = section('Schedule');
  await schedule.getByLabel('Date').fill('2030-01-15');
  await save('Schedule');

  await page.getByRole('button', { name: 'Try it dry' }).click();
  const dry = section('Dry run');
  await expect(dry.getByText('In the audience')).toBeVisible();
  await expect(dry.getByText('Held out')).toBeVisible();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  // Once it is started, its runs are what one comes for.
  await expect(page.getByText('No run yet')).toBeVisible();
  await page.getByRole('link', { name: 'Report' }).click();
  await expect(page.getByText('Not counted yet.')).toBeVisible();
  await page.getByRole('link', { name: 'Plan' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Nothing is sent until it goes on.')).toBeVisible();
});

test('an audience has a filter of its own, edited where it stands, with how many it comes to and whom nothing reaches', async ({
  suki,
}) => {
  const [ana, ben] = [
    await suki.api.customer({ emails: [{ address: `${unique('ana').replace(' ', '.')}@example.com` }], addresses: [{ country: 'PH' }] }),
    await suki.api.customer({ addresses: [{ country: 'PH' }] }),
  ];
  const away = await suki.api.customer({ addresses: [{ country: 'TH' }] });
  const name = unique('Three');
  const list = await suki.api.post<{ id: string }>('/v1/lists', { name });
  await suki.api.post(`/v1/lists/${list.id}/members`, { customerIds: [ana.id, ben.id, away.id] });
  const { id } = await suki.api.post<{ id: string }>('/v1/campaigns', { name: unique('Cartridges') });
  const page = await suki.as('grace');
  await page.goto(`/campaigns/${id}?tab=plan`);
  const audience = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Audience', exact: true }) });
  await audience.getByLabel('Who gets it').selectOption({ label: `List: ${name}` });
  const reach = audience.getByRole('region', { name: 'Whom it reaches' });
  await expect(reach.getByText('3', { exact: true })).toBeVisible();
  await audience.getByLabel('And who does not').selectOption('filter');
  const own = audience.getByRole('region', { name: 'A filter of its own' });
  // A condition without its value is said, and not saved.
  await audience.getByRole('button', { name: 'Save' }).click();
  await expect(audience.getByRole('alert')).toHaveText('A condition still lacks its value.');
  await own.getByLabel('Value: Country').selectOption('TH');
  await expect(reach.getByText('2', { exact: true })).toBeVisible();
  await expect(reach.getByRole('link', { name: ben.name })).toBeVisible();
  await expect(reach.getByRole('link', { name: away.name })).toHaveCount(0);
  await expect(reach.getByText('1 without an e-mail')).toBeVisible();
  // It goes by e-mail: who has no phone is no matter here.
  await expect(reach.getByText(/without a phone/)).toHaveCount(0);
  const saved = page.waitForResponse((response) => response.request().method() === 'PATCH');
  await audience.getByRole('button', { name: 'Save' }).click();
  expect((await saved).status()).toBe(200);
  const campaign = await suki.api.get<{ audience: object }>(`/v1/campaigns/${id}`);
  expect(campaign.audience).toMatchObject({
    include: [{ listId: list.id }],
    exclude: [{ where: { field: 'country', op: 'eq', value: 'TH' } }],
  });
  await page.reload();
  await expect(own).toContainText('Country is Thailand');
});

test('a role without campaigns’ write reads them and changes nothing', async ({ suki }) => {
  const page = await suki.as('thomas');
  await page.goto('/campaigns');
  await expect(page.getByRole('heading', { level: 1, name: 'Campaigns' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'New campaign' })).toHaveCount(0);
});
