import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { violations, wcag } from './axe.ts';
import { heldBack, publishedForm, webAddress } from './form-world.ts';
import { expect, type Suki, test, unique, watch } from './suki.ts';

const wrong: string[] = [];
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

async function open(browser: Browser, path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    baseURL: process.env.E2E_BASE_URL ?? '',
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  watch(page, wrong);
  await page.goto(path);
  await page.locator('main h1').waitFor();
  return page;
}
const sent = (page: Page) => expect(page.getByRole('heading', { level: 1 })).toHaveText(/Thank you|شکریہ|ขอบคุณ/, { timeout: 20_000 });
type Customers = { data: { id: string; name: string }[] };
const casesBy = async ({ api }: Suki, email: string) => {
  const [her] = (await api.post<Customers>('/v1/customers/lookup', { email })).data;
  return her ? (await api.get<{ data: { id: string; subject: string }[] }>(`/v1/cases?customerId=${her.id}&state=any`)).data : [];
};

test.describe('the page of a web form', () => {
  test.afterEach(() => expect(wrong.splice(0)).toEqual([]));

  test('says what lacks, is filled in by the keyboard, and opens a case', async ({ browser, suki }) => {
    const form = await publishedForm(suki.api);
    const page = await open(browser, form.path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Write to us');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(page.getByRole('alert')).toHaveText('Please look at the marked fields.');
    await expect(page.getByRole('radio', { name: 'A question' })).toBeFocused();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('radio', { name: 'A complaint' })).toBeChecked();
    const email = webAddress();
    await page.keyboard.press('Tab');
    await page.keyboard.type('Ana Trujillo');
    await page.keyboard.press('Tab');
    await page.keyboard.type('nobody');
    await page.getByLabel('Your message').fill('The cartridge leaks.\nSince Monday.');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(page.getByText('This is no e-mail address.')).toBeVisible();
    await expect(page.getByLabel('Your e-mail')).toBeFocused();
    await page.getByLabel('Your e-mail').fill(email);
    await page.keyboard.press('Enter');
    await sent(page);
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await expect(page.getByText('We have it.')).toBeVisible();
    await expect.poll(() => casesBy(suki, email)).toMatchObject([{ subject: 'The cartridge leaks.' }]);
    await page.getByRole('button', { name: 'Write something else' }).click();
    await expect(page.getByLabel('Your message')).toHaveValue('');
  });

  test('is sent once, however often the button is pressed', async ({ browser, suki }) => {
    const form = await publishedForm(suki.api, { types: ['request'], fields: { ...fields, name: 'off' } });
    const page = await open(browser, form.path);
    const email = webAddress();
    await page.getByLabel('Your e-mail').fill(email);
    await page.getByLabel('Your message').fill(unique('Twice'));
    const button = page.getByRole('button', { name: 'Send' });
    await button.dblclick();
    await sent(page);
    await expect.poll(() => casesBy(suki, email)).toHaveLength(1);
  });

  test('speaks Urdu from right to left on a narrow phone, and turns to Thai without losing a word', async ({ browser, suki }) => {
    const form = await publishedForm(suki.api);
    const page = await open(browser, form.path, { ...phone, locale: 'ur-PK' });
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('ہمیں لکھیں');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await violations(page, wcag)).toEqual([]);
    await page.getByRole('radio', { name: 'ایک شکایت' }).check();
    await page.getByLabel('آپ کا نام').fill('ثنا');
    await page.getByLabel('زبان').selectOption('th');
    await expect(page.locator('html')).toHaveAttribute('lang', 'th');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('เขียนถึงเรา');
    await expect(page.getByLabel('ชื่อของคุณ')).toHaveValue('ثنا');
    await expect(page.getByRole('radio', { name: 'มีข้อร้องเรียน' })).toBeChecked();
  });

  test('has nothing that axe objects to, light or dark, with faults or when it was sent', async ({ browser, suki }) => {
    const form = await publishedForm(suki.api);
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open(browser, form.path, { colorScheme });
      await page.getByRole('button', { name: 'Send' }).click();
      await expect(page.getByRole('alert')).not.toBeEmpty();
      expect(await violations(page, wcag)).toEqual([]);
    }
  });

  test('leaves nothing in the browser and asks nobody else, also within a page of another site', async ({ browser, suki }) => {
    const form = await publishedForm(suki.api);
    const context = await browser.newContext({ baseURL: process.env.E2E_BASE_URL ?? '' });
    const page = await context.newPage();
    const origins = new Set<string>();
    page.on('request', (request) => origins.add(new URL(request.url()).origin));
    const answer = await page.goto(form.path);
    expect(answer?.headers()['content-security-policy']).toContain('frame-ancestors *');
    expect(answer?.headers()['x-frame-options']).toBeUndefined();
    await page.locator('main h1').waitFor();
    expect(await context.cookies()).toEqual([]);
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
    expect([...origins]).toEqual([new URL(page.url()).origin]);
    const site = createServer((_, res) => res.setHeader('content-type', 'text/html').end(`<iframe src="${form.url}"></iframe>`));
    await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
    const other = await context.newPage();
    await other.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    await expect(other.frameLocator('iframe').getByRole('heading', { level: 1 })).toHaveText('Write to us');
    site.close();
    site.closeAllConnections();
  });

  test('shows scripts as text and runs none, and says so where there is no form or it is closed', async ({ browser, suki }) => {
    const bad = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    const form = await publishedForm(suki.api, { texts: { en: { title: bad, lead: bad, thanks: bad } } });
    const page = await open(browser, form.path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(bad);
    await expect(page.getByText(bad).nth(1)).toBeVisible();
    await suki.api.post(`/v1/forms/${form.id}/close`);
    await expect((await open(browser, form.path)).getByRole('heading', { level: 1 })).toHaveText('This form is closed');
    await expect((await open(browser, '/p/f/nothing')).getByRole('heading', { level: 1 })).toHaveText('There is no form here');
  });
});

const fields = { name: 'required', email: 'required', phone: 'optional', reference: 'optional', subject: 'off' };

test('a form is made, previewed, published and shared in the settings', async ({ suki }) => {
  const page = await suki.as('grace');
  await page.goto('/settings/forms');
  await page.getByRole('button', { name: 'Add a form' }).click();
  await expect(page.getByText('Nobody can open it before it is published.')).toBeVisible();
  const name = unique('Counter');
  await page.getByLabel('Name', { exact: true }).first().fill(name);
  await page.getByLabel('Heading', { exact: true }).fill('Tell us');
  await page.getByRole('group', { name: 'Subject' }).getByText('Required').click();
  await expect(page.getByText('Tell us', { exact: true })).toBeVisible();
  await expect(page.getByLabel('In one line')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Publish' })).toBeDisabled();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The form is saved.')).toBeVisible();
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('The form is published.')).toBeVisible();
  expect(await violations(page, wcag)).toEqual([]);
  const href = await page.getByRole('link', { name: 'Open the page' }).getAttribute('href');
  await page.goto('/settings/forms');
  await expect(page.getByRole('link', { name })).toBeVisible();
  await page.goto(new URL(href ?? '').pathname);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tell us');
});

test('what was held back is looked at beside the cases, and let in or deleted', async ({ suki }) => {
  const form = await publishedForm(suki.api);
  const [kept, gone] = [unique('Kept'), unique('Gone')];
  for (const name of [kept, gone]) expect(await heldBack(form, name)).toEqual({ thanks: 'We have it.' });
  const page = await suki.as('natthapol');
  await page.goto('/cases');
  await expect(page.getByRole('radio', { name: /Held back \d+/ })).toBeVisible();
  await page.getByRole('radio', { name: 'Held back' }).check({ force: true });
  const card = (name: string) => page.getByRole('article').filter({ hasText: name });
  await expect(card(kept)).toContainText('a hidden field was filled in');
  await expect(card(kept)).toContainText(`<b>${kept}</b>?`);
  await expect(page.getByText('Each ends by itself after 30 days.')).toBeVisible();
  expect(await violations(page, wcag)).toEqual([]);
  await card(gone).getByRole('button', { name: 'Delete' }).click();
  await expect(card(gone)).toHaveCount(0);
  await card(kept).getByRole('button', { name: 'Not spam' }).click();
  await expect(page.getByText('A case was opened.')).toBeVisible();
  await expect(card(kept)).toHaveCount(0);
  const { data } = await suki.api.get<{ data: { subject: string }[] }>('/v1/cases?state=new&limit=200');
  expect(data.map(({ subject }) => subject)).toContain(`<b>${kept}</b>?`);
});
