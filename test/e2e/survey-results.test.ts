import { asAdmin } from './own-link.ts';
import { expect, type Suki, test, unique } from './suki.ts';
import { answer, ask, everyKind, invited, published } from './survey-world.ts';

const likely = () =>
  published({
    ...everyKind(),
    sections: [
      {
        key: 's1',
        texts: {},
        showIf: null,
        questions: [
          ask('q1', 'nps', { en: 'How likely?' }, { required: true }),
          ask('q2', 'text', { en: 'Why?' }),
          ask(
            'q3',
            'single',
            { en: 'Where?' },
            {
              options: [
                { key: 'o1', texts: { en: { title: 'Shop' } } },
                { key: 'o2', texts: { en: { title: 'Phone' } } },
              ],
            },
          ),
        ],
      },
    ],
  });

/** Six answers: three promoters, one passive, two detractors, which is an NPS of 17. */
async function six(suki: Suki, surveyId: string, word: string): Promise<void> {
  for (const [at, value] of [9, 10, 10, 7, 2, 6].entries()) {
    const { path } = await invited(suki, surveyId);
    await answer(path, { q1: value, ...(at === 4 && { q2: `${word} <img src=x onerror=alert(1)>` }), q3: at < 4 ? 'o1' : 'o2' });
  }
}

test('a survey is published, answered in part, left, resumed and handed in, and the report tells it', async ({ suki, browser }) => {
  const survey = await likely();
  const word = unique('tumagas');
  await six(suki, survey.id, word);
  const { path, customerId } = await invited(suki, survey.id, { name: unique('Huli') });
  const context = await browser.newContext({ baseURL: process.env.E2E_BASE_URL ?? '', locale: 'en-GB' });
  const form = await context.newPage();
  await form.goto(path);
  await form.getByRole('radio', { name: '3', exact: true }).check();
  await expect(form.getByRole('status')).toContainText('Saved');
  await context.close();

  const page = await suki.as('grace');
  await page.goto(`/surveys/${survey.id}?tab=results`);
  await expect(page.getByText('+17', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('only 6 answers').first()).toBeVisible();
  await expect(page.getByText('6 of 7', { exact: true })).toBeVisible();

  const again = await (await browser.newContext({ baseURL: process.env.E2E_BASE_URL ?? '', locale: 'en-GB' })).newPage();
  await again.goto(path);
  await expect(again.getByRole('radio', { name: '3', exact: true })).toBeChecked();
  await again.getByLabel('Why?').fill('Nobody came.');
  await again.getByRole('button', { name: 'Send' }).click();
  await expect(again.getByRole('heading', { level: 1 })).toHaveText('Thanks a lot');

  // Three promoters and three detractors of seven.
  await page.reload();
  await expect(page.getByText('7 of 7', { exact: true })).toBeVisible();
  await page.getByText('Detractors').locator('xpath=following-sibling::dd').getByRole('link', { name: '3' }).click();
  const rows = page.getByRole('article');
  await expect(rows).toHaveCount(3);
  await expect(rows.filter({ hasText: 'Nobody came.' })).toBeVisible();

  await page.getByLabel('In their words').fill(word);
  await page.getByRole('button', { name: 'Search', exact: true }).last().click();
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('<img src=x onerror=alert(1)>');
  expect(await page.locator('#main img').count()).toBe(0);
  await rows.getByRole('button', { name: 'Add a tag' }).click();
  await rows.getByLabel('Add a tag').fill('leak');
  await rows.getByRole('button', { name: 'Save' }).click();
  await expect(rows.getByRole('button', { name: 'Remove the tag leak' })).toBeVisible();
  await rows.getByRole('button', { name: 'Take out of the report' }).click();
  await expect(rows).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows).toHaveCount(1);

  await page.goto(`/customers/${customerId}?tab=surveys`);
  await expect(page.getByRole('article').filter({ hasText: 'Nobody came.' })).toContainText('NPS 3');
});

test('of too few answers nothing is told, and the page says why', async ({ suki }) => {
  const survey = await likely();
  for (const value of [9, 10]) await answer((await invited(suki, survey.id)).path, { q1: value, q3: 'o1' });
  const page = await suki.as('grace');
  await page.goto(`/surveys/${survey.id}?tab=results`);
  await expect(page.getByText('too few').first()).toBeVisible();
  await expect(page.getByText('Fewer than 5 answers').first()).toBeVisible();
  await expect(page.getByText('+100')).toHaveCount(0);
});

test('an agent asks on the phone from the customer’s own page', async ({ suki }) => {
  const survey = await likely();
  const customer = await suki.api.customer({ name: unique('Telepono') });
  const page = await suki.as('grace');
  await page.goto(`/customers/${customer.id}?tab=surveys`);
  await expect(page.getByRole('heading', { name: 'No survey answered yet' })).toBeVisible();
  await page.getByLabel('Survey', { exact: true }).selectOption({ label: survey.name });
  const [form] = await Promise.all([page.waitForEvent('popup'), page.getByRole('button', { name: 'Fill in on the phone' }).click()]);
  await form.getByRole('radio', { name: '10: Extremely likely' }).check();
  await form.getByRole('button', { name: 'Send' }).click();
  await expect(form.getByRole('heading', { level: 1 })).toHaveText('Thanks a lot');
  await page.reload();
  await expect(page.getByRole('article').filter({ hasText: 'NPS 10' })).toContainText('On the phone');
  const { data } = await asAdmin<{ data: { channel: string }[] }>('GET', `/v1/customers/${customer.id}/responses`);
  expect(data.map(({ channel }) => channel)).toEqual(['phone']);
});
