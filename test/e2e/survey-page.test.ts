import type { Page } from '@playwright/test';
import { violations, wcag } from './axe.ts';
import { asAdmin } from './own-link.ts';
import { expect, test } from './suki.ts';
import { ask, everyKind, invited, published } from './survey-world.ts';
import { open, wrong } from './visitor.ts';

const saved = (page: Page) => expect(page.getByRole('status')).toContainText('Saved');
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const topic = async () => (await asAdmin<{ consentTopics: string[] }>('GET', '/v1/workspace')).consentTopics[0] ?? 'news';

test.describe('the page of a survey', () => {
  test.afterEach(() => expect(wrong.splice(0)).toEqual([]));

  test('saves answers as one goes, and goes on where it was left when the browser was closed', async ({ browser, suki }) => {
    const survey = await published(everyKind(await topic()));
    const { path } = await invited(suki, survey.id);
    const first = await open(browser, path);
    await expect(first.getByRole('heading', { level: 1 })).toContainText('asks for your opinion');
    await first.getByRole('radio', { name: '3', exact: true }).check();
    await first.getByLabel('What went wrong?').fill('It leaked.');
    await saved(first);
    await first.context().close();

    const second = await open(browser, path);
    await expect(second.getByRole('radio', { name: '3', exact: true })).toBeChecked();
    await expect(second.getByLabel('What went wrong?')).toHaveValue('It leaked.');
    await second.getByRole('radio', { name: 'By mail' }).check();
    await second.getByRole('button', { name: 'Next' }).click();
    await second.getByRole('radio', { name: 'Satisfied', exact: true }).check();
    await second.getByRole('group', { name: 'It was easy.' }).getByRole('radio', { name: '6' }).check();
    await second.getByRole('radio', { name: '4 of 5' }).check();
    await second.getByRole('checkbox', { name: 'Cartridge' }).check();
    await second.getByLabel('How many litres a day?').fill('12.5');
    await second.getByLabel('When did you buy it?').fill('2026-02-03');
    await second.getByRole('checkbox', { name: 'Yes, I agree' }).check();
    await second.getByRole('button', { name: 'Send' }).click();
    await expect(second.getByRole('heading', { level: 1 })).toHaveText('Thanks a lot');
    await expect(second.getByText('We read every answer.')).toBeVisible();

    const third = await open(browser, path);
    await expect(third.getByRole('heading', { level: 1 })).toHaveText('This link does not work');
  });

  test('shows a question only where an earlier answer asks for it, and asks for what is needed', async ({ browser, suki }) => {
    const { path } = await invited(suki, (await published(everyKind(await topic()))).id);
    const page = await open(browser, path);
    await expect(page.getByLabel('What went wrong?')).toBeHidden();
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByRole('alert')).toHaveText('Please look at the marked questions.');
    await expect(page.getByText('Please answer this question.')).toBeVisible();
    await expect(page.getByRole('radio', { name: '0: Not at all likely' })).toBeFocused();
    await page.getByRole('radio', { name: '6', exact: true }).check();
    await expect(page.getByLabel('What went wrong?')).toBeVisible();
    await page.getByLabel('What went wrong?').fill('x');
    await page.getByRole('radio', { name: '9', exact: true }).check();
    await expect(page.getByLabel('What went wrong?')).toBeHidden();
    await saved(page);
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByRole('heading', { level: 2 })).toBeFocused();
    await expect(page.getByText('Part 2 of 2')).toBeVisible();
    await page.getByRole('button', { name: 'Back' }).click();
    await expect(page.getByRole('radio', { name: '9', exact: true })).toBeChecked();
  });

  test('is answered by the keyboard alone', async ({ browser, suki }) => {
    const survey = await published({
      ...everyKind(),
      sections: [{ key: 's1', texts: {}, showIf: null, questions: [ask('q1', 'nps', { en: 'How likely?' }, { required: true })] }],
    });
    const { path } = await invited(suki, survey.id);
    const page = await open(browser, path);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await expect(page.getByRole('radio', { name: '0: Not at all likely' })).toBeChecked();
    for (let step = 0; step < 10; step += 1) await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('radio', { name: '10: Extremely likely' })).toBeChecked();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thanks a lot');
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  });

  test('takes the newer answers where two windows have answered', async ({ browser, suki }) => {
    const { path } = await invited(suki, (await published(everyKind(await topic()))).id);
    const one = await open(browser, path);
    const other = await open(browser, path);
    await one.getByRole('radio', { name: '9', exact: true }).check();
    await saved(one);
    await other.getByRole('radio', { name: 'By phone' }).check();
    await expect(other.getByRole('status')).toContainText('You have gone on elsewhere');
    await expect(other.getByRole('radio', { name: '9', exact: true })).toBeChecked();
  });

  test('speaks Urdu from right to left on a narrow phone, and turns to Thai without losing an answer', async ({ browser, suki }) => {
    const survey = await published(everyKind(await topic()));
    const { path } = await invited(suki, survey.id, { preferences: { language: 'ur' } });
    const page = await open(browser, path, phone);
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    await expect(page.getByRole('group', { name: 'کیا آپ ہماری سفارش کریں گے؟' })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.getByRole('radio', { name: '8', exact: true }).check();
    await page.getByLabel('زبان').selectOption('th');
    await expect(page.locator('html')).toHaveAttribute('lang', 'th');
    await expect(page.getByRole('group', { name: 'คุณจะแนะนำเราไหม' })).toBeVisible();
    await expect(page.getByRole('radio', { name: '8', exact: true })).toBeChecked();
  });

  test('says the same of a link that is wrong and of one that was used', async ({ browser, suki }) => {
    const survey = await published(everyKind(await topic()));
    const { path } = await invited(suki, survey.id);
    const texts = new Set<string>();
    for (const each of ['/p/s/nothing', `${path}x`, path.slice(0, -1) + (path.endsWith('a') ? 'b' : 'a')]) {
      const page = await open(browser, each);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link does not work');
      texts.add(await page.locator('body').innerText());
    }
    expect(texts.size).toBe(1);
  });

  test('leaves nothing in the browser and asks nobody else: no cookie, no storage, no third party', async ({ browser, suki }) => {
    const { path } = await invited(suki, (await published(everyKind(await topic()))).id);
    const context = await browser.newContext({ baseURL: process.env.E2E_BASE_URL ?? '' });
    const page = await context.newPage();
    const origins = new Set<string>();
    page.on('request', (request) => origins.add(new URL(request.url()).origin));
    await page.goto(path);
    await page.getByRole('radio', { name: '7', exact: true }).check();
    await saved(page);
    expect(await context.cookies()).toEqual([]);
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
    expect([...origins]).toEqual([new URL(page.url()).origin]);
  });

  test('shows scripts in questions, options and names as text, and runs none', async ({ browser, suki }) => {
    const bad = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    const definition = everyKind(await topic());
    const survey = await published({
      ...definition,
      sections: [
        {
          key: 's1',
          texts: { en: { title: bad } },
          showIf: null,
          questions: [
            ask(
              'q1',
              'single',
              { en: `{{customer.name}} ${bad}` },
              { required: true, options: [{ key: 'o1', texts: { en: { title: bad } } }] },
            ),
            ask('q2', 'text', { en: 'Anything else?' }),
          ],
        },
      ],
      thanks: { texts: { en: { title: bad, body: bad } }, redirectUrl: null },
    });
    const { path } = await invited(suki, survey.id, { name: `Proba ${bad}` });
    const page = await open(browser, path);
    await expect(page.getByRole('heading', { level: 2 })).toHaveText(bad);
    await page.getByRole('radio').check();
    await page.getByLabel('Anything else?').fill(bad);
    await saved(page);
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(bad);
    expect(await page.locator('img, iframe, object, [onerror], main script').count()).toBe(0);
  });

  test('says that the survey is closed, whenever it is closed', async ({ browser, suki }) => {
    const survey = await published(everyKind(await topic()));
    const { path } = await invited(suki, survey.id);
    const page = await open(browser, path);
    await asAdmin('POST', `/v1/surveys/${survey.id}/close`);
    await page.getByRole('radio', { name: '7', exact: true }).check();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('This survey is closed');
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`can be read by everybody, in the ${colorScheme}`, async ({ browser, suki }) => {
      const { path } = await invited(suki, (await published(everyKind(await topic()))).id);
      const page = await open(browser, path, { colorScheme });
      expect(await violations(page, wcag)).toEqual([]);
      await page.getByRole('button', { name: 'Next' }).click();
      expect(await violations(page, wcag), 'with a fault').toEqual([]);
      await page.getByRole('radio', { name: '2', exact: true }).check();
      await page.getByRole('button', { name: 'Next' }).click();
      await expect(page.getByText('Part 2 of 2')).toBeVisible();
      expect(await violations(page, wcag), 'the second part').toEqual([]);
      await page.getByRole('button', { name: 'Send' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thanks a lot');
      expect(await violations(page, wcag), 'the thanks').toEqual([]);
    });
});
