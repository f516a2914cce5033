import { expect, test, unique } from './suki.ts';
import { ask, everyKind, published } from './survey-world.ts';

test('a survey is made from a template, changed, looked at, published and closed', async ({ suki }) => {
  const name = unique('Relasyon');
  const page = await suki.as('grace');
  await page.goto('/surveys');
  await page.getByRole('button', { name: 'New survey' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New survey' });
  await dialog.getByRole('radio', { name: /^After a visit/ }).check();
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Make it' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);

  await page.getByRole('button', { name: /How satisfied are you with our visit/ }).click();
  await page.getByLabel('Question', { exact: true }).first().fill('How was our visit?');
  await expect(page.getByRole('group', { name: /How was our visit/ })).toBeVisible();
  await page
    .getByRole('group', { name: /How was our visit/ })
    .getByRole('radio', { name: 'Dissatisfied', exact: true })
    .check();
  await expect(page.getByLabel('What could we do better?')).toBeVisible();

  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('Version 1, published')).toBeVisible();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Close: take no more answers' }).click();
  await expect(page.getByText('Closed', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Takes answers', { exact: true })).toBeVisible();
});

test('questions are added, moved by keys, taken out and brought back', async ({ suki }) => {
  const survey = await published(everyKind());
  const page = await suki.as('grace');
  await page.goto(`/surveys/${survey.id}?tab=build`);
  const questions = page.getByRole('article');
  await expect(questions).toHaveCount(10);

  await questions
    .nth(0)
    .getByRole('button', { name: /Would you recommend/ })
    .focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(questions.nth(1)).toContainText('Would you recommend us?');
  await expect(questions.nth(1).getByRole('button', { name: /Would you recommend/ })).toBeFocused();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(questions.nth(0)).toContainText('Would you recommend us?');

  await questions.nth(0).getByRole('button', { name: 'Take out: Question 1' }).click();
  await expect(questions).toHaveCount(9);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(questions).toHaveCount(10);
  await expect(questions.nth(1)).toContainText('if …');

  await page.getByRole('button', { name: 'Add a question' }).first().click();
  await page.getByRole('menuitem', { name: 'Own words' }).click();
  await expect(questions).toHaveCount(11);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'The text is missing' }).first()).toBeVisible();
  await page.getByRole('article', { name: 'Question 4' }).getByLabel('Question', { exact: true }).fill('Anything else?');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Version 1 is out; these changes are not yet.')).toBeVisible();
  await page.reload();
  await expect(questions.nth(3)).toContainText('Anything else?');
});

test('what leads in a circle is refused when it is saved, with its way by the names of the parts', async ({ suki }) => {
  const part = (key: string, title: string, question: string) => ({
    ...{ key, texts: { en: { title } }, showIf: null, questions: [ask(question, 'csat', { en: `How was ${title}?` })] },
  });
  const survey = await published({ ...everyKind(), sections: [part('s1', 'the visit', 'q1'), part('s2', 'the goods', 'q2')], jumps: [] });
  const page = await suki.as('grace');
  await page.goto(`/surveys/${survey.id}?tab=build`);
  await page.getByRole('button', { name: /How was the visit/ }).click();
  const first = page.getByRole('article').filter({ hasText: 'How was the visit' });
  await first.getByRole('button', { name: 'Jump after this answer' }).click();
  await expect(first.getByLabel('Then go to')).toHaveValue('s2');
  await page.getByRole('button', { name: 'Move up: Part 2' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const way = 'Part 1 “the goods” → Part 2 “the visit” → Part 1 “the goods”';
  await expect(page.getByRole('alert').filter({ hasText: `This way leads in a circle: ${way}` })).toBeVisible();
});

test('a customer is asked on the phone: the form opens beside the client', async ({ suki }) => {
  const survey = await published({
    ...everyKind(),
    sections: [{ key: 's1', texts: {}, showIf: null, questions: [ask('q1', 'nps', { en: 'How likely?' }, { required: true })] }],
  });
  const customer = await suki.api.customer({ name: unique('Telepono') });
  const page = await suki.as('grace');
  await page.goto(`/surveys/${survey.id}?tab=send`);
  await page.getByRole('combobox', { name: 'Customer' }).fill(customer.name);
  await page.getByRole('option', { name: customer.name }).click();
  const [form] = await Promise.all([page.waitForEvent('popup'), page.getByRole('button', { name: 'Fill in on the phone' }).click()]);
  await form.getByRole('radio', { name: '9', exact: true }).check();
  await form.getByRole('button', { name: 'Send' }).click();
  await expect(form.getByRole('heading', { level: 1 })).toHaveText('Thanks a lot');
});

test('who may not write surveys reads them, and who may not read them is told so', async ({ suki }) => {
  const survey = await published(everyKind());
  const reader = await suki.as('thomas');
  await reader.goto(`/surveys/${survey.id}?tab=build`);
  await expect(reader.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(reader.getByRole('button', { name: 'Publish' })).toHaveCount(0);
});

test('anybody answers by an open link, comes back to her own answer by the address, and stays unknown', async ({ suki, browser }) => {
  const survey = await published(everyKind());
  const page = await suki.as('grace');
  await page.goto(`/surveys/${survey.id}?tab=send`);
  await page.getByLabel('New link').fill('Counter, Lyon');
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = page.getByRole('article').filter({ hasText: 'Counter, Lyon' });
  await expect(link.getByRole('img', { name: 'QR code of Counter, Lyon' })).toBeVisible();
  expect(await link.getByRole('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  const { pathname } = new URL(await link.locator('code').innerText());

  const context = await browser.newContext({ baseURL: process.env.E2E_BASE_URL ?? '', locale: 'th-TH' });
  const form = await context.newPage();
  await form.goto(pathname);
  await expect(form.locator('html')).toHaveAttribute('lang', 'th');
  await form.getByRole('radio', { name: '5', exact: true }).first().check();
  await expect(form.getByRole('status')).toContainText('บันทึกแล้ว');
  const own = new URL(form.url()).pathname;
  expect(own).not.toBe(pathname);
  await context.close();
  const again = await (await browser.newContext({ baseURL: process.env.E2E_BASE_URL ?? '', locale: 'en-GB' })).newPage();
  await again.goto(own);
  await expect(again.getByRole('radio', { name: '5', exact: true }).first()).toBeChecked();
  await again.locator('button.primary').click();
  await again.locator('h2:focus').waitFor();
  await again.locator('button.primary').click();
  await expect(again.getByRole('heading', { level: 1 })).toHaveText('Thanks a lot');

  await page.goto(`/surveys/${survey.id}?tab=responses`);
  await expect(page.getByRole('article')).toContainText('Somebody by an open link');
  await page.goto(`/surveys/${survey.id}?tab=send`);
  await link.getByRole('button', { name: 'Close the link' }).click();
  await expect(link.getByText('Closed')).toBeVisible();
  const late = await (await browser.newContext({ baseURL: process.env.E2E_BASE_URL ?? '', locale: 'en-GB' })).newPage();
  await late.goto(pathname);
  await expect(late.getByRole('heading', { level: 1 })).toHaveText('This link does not work');
});

test('a campaign that asks a survey begins with a letter in each of its languages', async ({ suki }) => {
  const survey = await published(everyKind());
  const page = await suki.as('grace');
  await page.goto(`/surveys/${survey.id}?tab=send`);
  await page.getByRole('button', { name: 'Make a campaign of it' }).click();
  await expect(page).toHaveURL(/\/campaigns\/cmp_/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(survey.name);
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const { content } = await suki.api.get<{ content: { surveyId: string; variants: { texts: Record<string, { body: string }> }[] } }>(
    `/v1/campaigns/${id}`,
  );
  expect(content.surveyId).toBe(survey.id);
  const texts = content.variants[0]?.texts ?? {};
  expect(Object.keys(texts).sort()).toEqual(['en', 'fil', 'fr', 'th', 'ur']);
  for (const { body } of Object.values(texts)) expect(body).toContain('{{links.survey}}');
});
