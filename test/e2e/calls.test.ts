import { callCampaign } from './campaign-run.ts';
import { expect, test, unique } from './suki.ts';

/** Calls of a campaign by phone, one after the other, by keys. */
test('a member works through her calls by digits, with a note, a second try and the way back', async ({ suki }) => {
  test.slow();
  const campaign = await callCampaign(suki.api, { who: 'Jun Bautista', many: 3 });
  const page = await suki.as('jun');
  await page.goto(`/calls?campaign=${campaign.id}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Calls' })).toBeVisible();
  await expect(page.getByText('0 of 3 today')).toBeVisible();
  const card = page.getByRole('article');
  const name = async () => (await card.getByRole('heading', { level: 2 }).textContent()) ?? '';
  const first = await name();
  await expect(card.getByText(`Ask ${first} about the coffee.`)).toBeVisible();
  await expect(card.getByRole('link', { name: /\+63 917/ })).toHaveAttribute('href', /^tel:\+63917/);

  // What is written stays a note: the digits are typed, not pressed.
  await card.getByLabel('What was said').fill('Wants 2 boxes');
  await card.getByLabel('What was said').press('3');
  await expect(card.getByLabel('What was said')).toHaveValue('Wants 2 boxes3');
  await card.getByLabel('What was said').press('Escape');
  await page.keyboard.press('2');
  await expect(page.getByText('1 of 3 today')).toBeVisible();
  const second = await name();
  expect(second).not.toBe(first);

  await page.keyboard.press('4');
  await expect(page.getByText(/^Called again/)).toBeVisible();
  await expect(page.getByText('2 of 3 today')).toBeVisible();
  const third = await name();
  await page.keyboard.press('u');
  await expect(card.getByRole('heading', { level: 2, name: second })).toBeVisible();
  // Not now: behind the others.
  await page.keyboard.press('5');
  await expect(card.getByRole('heading', { level: 2, name: third })).toBeVisible();
  await card.getByRole('button', { name: 'Answered' }).click();
  await expect(card.getByRole('heading', { level: 2, name: second })).toBeVisible();
  await page.keyboard.press('4');
  await expect(page.getByRole('heading', { name: 'No call to make' })).toBeVisible();

  const id = campaign.customers[first] ?? '';
  await page.goto(`/customers/${id}`);
  await expect(page.getByText('Wants 2 boxes3')).toBeVisible();
});

test('the pace of a day is kept, and can be left behind', async ({ suki }) => {
  test.slow();
  const campaign = await callCampaign(suki.api, { who: 'Claire Morel', many: 2, perMemberAndDay: 1 });
  const page = await suki.as('claire');
  await page.goto(`/calls?campaign=${campaign.id}`);
  await expect(page.getByText('0 of 1 today')).toBeVisible();
  await page.keyboard.press('1');
  await expect(page.getByRole('heading', { name: 'That is your pace for today' })).toBeVisible();
  await page.getByRole('button', { name: 'Go on all the same' }).click();
  await expect(page.getByRole('article')).toBeVisible();
});

test('the call list of a campaign is set where the campaign is written', async ({ suki }) => {
  const { id } = await suki.api.post<{ id: string }>('/v1/campaigns', { name: unique('Coffee'), channel: 'call' });
  const page = await suki.as('grace');
  await page.goto(`/campaigns/${id}?tab=plan`);
  const section = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Call list', exact: true }) });
  await section.getByLabel('Jun Bautista').check();
  await section.getByLabel('Calls a day, each').fill('25');
  await section.getByLabel('How often to try').fill('2');
  await section.getByLabel('Try again after, in hours').fill('48');
  const saved = page.waitForResponse((response) => response.request().method() === 'PATCH');
  await section.getByRole('button', { name: 'Save' }).click();
  expect((await saved).status()).toBe(200);
  const campaign = await suki.api.get<{ callList: object }>(`/v1/campaigns/${id}`);
  expect(campaign.callList).toMatchObject({ perMemberAndDay: 25, tries: 2, againAfterHours: 48 });
});
