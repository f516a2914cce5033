import { readFileSync } from 'node:fs';
import { asAdmin } from './own-link.ts';
import { expect, test, unique } from './suki.ts';
import { answer, everyKind, invited, published } from './survey-world.ts';

test('what a survey came to is told by segment and tag, goes into a file, and leads to a case that tells of its answer', async ({
  suki,
}) => {
  const survey = await published(everyKind());
  const [tag, word] = [unique('ginto'), unique('tumagas')];
  const segment = await suki.api.post<{ id: string; name: string }>('/v1/segments', {
    name: tag,
    where: { field: 'tags', op: 'eq', value: tag },
  });
  for (const value of [9, 10, 10, 9, 2]) {
    const { path } = await invited(suki, survey.id, { tags: [tag] });
    await answer(path, { q1: value, ...(value < 7 && { q2: word }), q3: 'o1' });
  }
  await answer((await invited(suki, survey.id)).path, { q1: 0 });

  const page = await suki.as('grace');
  await page.goto(`/surveys/${survey.id}?tab=results`);
  await page.getByLabel('Divide by').selectOption('segment');
  await page.getByLabel('Add a segment').selectOption(segment.id);
  const row = page.getByRole('row').filter({ hasText: tag });
  await expect(row).toContainText('+60');
  await expect(row).toContainText('only 5 answers');
  await row.getByRole('link', { name: '5' }).click();
  const cards = page.getByRole('article');
  await expect(cards).toHaveCount(5);

  await page.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export as a file' });
  await dialog.getByRole('button', { name: 'Make the file' }).click();
  const link = dialog.getByRole('link', { name: 'Download' });
  await expect(link).toBeVisible({ timeout: 60_000 });
  const coming = page.waitForEvent('download');
  await link.click();
  const lines = readFileSync(await (await coming).path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(6);
  expect(lines[0]).toContain('Would you recommend us?,What went wrong?,How do you reach us?');
  expect(lines.filter((line) => line.includes(`${word},By phone`))).toHaveLength(1);

  await cards.filter({ hasText: word }).getByRole('button', { name: 'Add a tag' }).click();
  await page.getByLabel('Add a tag').fill(tag);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: `Answers with the tag ${tag}` }).click();
  await expect(cards).toHaveCount(1);
  await expect(cards).toContainText(word);

  await cards.filter({ hasText: word }).getByRole('button', { name: 'Open a case' }).click();
  const opening = page.getByRole('dialog', { name: 'New case' });
  await expect(opening.getByLabel('What it is about')).toHaveValue(word);
  await opening.getByRole('button', { name: 'Open the case' }).click();
  await expect(page.getByRole('heading', { name: word })).toBeVisible();
  await expect(page.getByRole('region', { name: 'What was said' })).toContainText(word);
  await page.getByRole('link', { name: 'A survey' }).click();
  await expect(cards).toHaveCount(1);
  await expect(cards).toContainText(word);
  await cards.getByRole('link', { name: 'To the case' }).click();
  await expect(page.getByRole('heading', { name: word })).toBeVisible();
});

test('an entry of the timeline becomes a case, and leads to it from then on', async ({ suki }) => {
  const customer = await suki.api.customer();
  const subject = unique('Hindi dumating');
  await suki.api.post(`/v1/customers/${customer.id}/interactions`, { channel: 'call', direction: 'in', reason: 'enquiry', subject });
  const page = await suki.as('grace');
  // What stands above the timeline comes late: nothing that is open below it moves away by that.
  await page.route(/\/v1\/(cases|follow-ups)\?.*customerId=/, (route) => setTimeout(() => void route.continue().catch(() => {}), 700));
  await page.goto(`/customers/${customer.id}`);
  const entry = page.getByRole('article').filter({ hasText: subject });
  await entry.getByRole('button', { name: 'What to do with the interaction' }).click();
  const item = page.getByRole('menuitem', { name: 'Open a case' });
  const place = await item.boundingBox();
  await page.waitForTimeout(1_500);
  expect((await item.boundingBox())?.y).toBe(place?.y);
  await item.click();
  await page.getByRole('dialog', { name: 'New case' }).getByRole('button', { name: 'Open the case' }).click();
  await expect(page.getByRole('heading', { name: subject })).toBeVisible();
  await page.goto(`/customers/${customer.id}`);
  await entry.getByRole('button', { name: 'What to do with the interaction' }).click();
  await page.getByRole('menuitem', { name: 'To the case' }).click();
  await expect(page.getByRole('heading', { name: subject })).toBeVisible();
});

test('a theme is put on a case and on an answer, and closing it drafts a message to exactly those two', async ({ suki }) => {
  const name = unique('Tumatagas');
  const page = await suki.as('grace');
  await page.goto('/cases?view=themes');
  await page.getByLabel('New theme').fill(name);
  await page.getByRole('button', { name: 'Add the theme' }).click();
  const card = page.getByRole('article').filter({ hasText: name });
  await expect(card).toBeVisible();
  const { data } = await suki.api.get<{ data: { id: string; name: string }[] }>('/v1/themes');
  const themeId = data.find((theme) => theme.name === name)?.id ?? '';
  const first = await suki.api.customer();
  await suki.api.post('/v1/cases', { customerId: first.id, type: 'complaint', subject: unique('Leak'), themeId });

  const survey = await published(everyKind());
  const { path, customerId } = await invited(suki, survey.id);
  await answer(path, { q1: 3, q2: 'It leaks' });
  await page.goto(`/surveys/${survey.id}?tab=responses`);
  await page.getByRole('article').getByLabel('Theme').selectOption(themeId);
  await expect.poll(async () => (await suki.api.get<{ customers: number }>(`/v1/themes/${themeId}`)).customers).toBe(2);

  await page.goto('/cases?view=themes');
  await card.getByRole('button', { name: 'Rename the theme' }).click();
  await page.getByLabel('Name of the theme').fill(`${name} sila`);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(card.getByRole('link', { name: `${name} sila` })).toBeVisible();
  await expect(card).toContainText(survey.name);
  await card.getByLabel('State').selectOption('done');
  await card.getByRole('link', { name: 'The message to those who raised it' }).click();
  await expect(page).toHaveURL(/\/campaigns\/cmp_/);
  const campaignId = /cmp_\w+/.exec(page.url())?.[0];
  type Drafted = { state: string; audience: { include: { listId: string }[] } };
  const drafted = await asAdmin<Drafted>('GET', `/v1/campaigns/${campaignId}`);
  expect(drafted.state).toBe('draft');
  const [part] = drafted.audience.include;
  const members = await suki.api.get<{ data: { id: string }[] }>(`/v1/lists/${part?.listId}/members`);
  expect(members.data.map(({ id }) => id).sort()).toEqual([first.id, customerId].sort());
});

test('a survey names the campaigns that ask it; one by text message counts its parts', async ({ suki }) => {
  const survey = await published(everyKind());
  const page = await suki.as('grace');
  await page.goto(`/surveys/${survey.id}?tab=send`);
  await page.getByRole('button', { name: 'By SMS' }).click();
  await expect(page).toHaveURL(/\/campaigns\/cmp_/);
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('dialog')).toContainText('/p/s/');
  await expect(page.getByRole('dialog')).toContainText(/Goes as/);
  await page.goto(`/surveys/${survey.id}?tab=send`);
  const asking = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Campaigns that ask it' }) })
    .last();
  await expect(asking.getByRole('link', { name: survey.name })).toBeVisible();
  await expect(asking).toContainText('0 answers');
});
