import type { Browser, Page } from '@playwright/test';
import { startProduct, type TestProduct } from './product.ts';
import { type Api, apiOf, expect, signIn, test, unique, watch } from './suki.ts';

/**
 * The closed loop as the member, the customer and the desk see it: a visit, the question in the morning, an unhappy answer, a case, its
 * closing, the second question a month later, and what has moved. On a product of its own: its clock is moved by a month.
 */
test.describe.configure({ mode: 'serial', timeout: 400_000 });

type Mail = { messageId: string; to: string[]; subject: string; text?: string };
type Her = { id: string; name: string; address: string };

let product: TestProduct;
let api: Api;
const wrong: string[] = [];

test.beforeAll(async () => {
  if (process.env.E2E_SKIP) return;
  product = await startProduct({ empty: true });
  api = apiOf(product.local);
});
test.afterAll(() => product?.stop());
test.afterEach(() => expect(wrong.splice(0)).toEqual([]));

const patient = { timeout: 60_000 };
async function pageOf(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    baseURL: product.local.baseUrl,
    locale: 'en-GB',
    timezoneId: 'Asia/Manila',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  watch(page, wrong);
  return page;
}
async function local<T>(path: string, body?: object): Promise<T> {
  const init = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return (await fetch(`${product.local.baseUrl}/local${path}`, init)).json() as Promise<T>;
}
const now = async () => Date.parse((await local<{ now: string }>('/clock')).now);
const advance = (seconds: number) => local('/clock', { advance: `PT${Math.max(1, Math.ceil(seconds))}S` });
const hour = 3_600_000;
/** Nine in the morning in Manila, so many days after a moment. */
const morning = (from: number, days: number) => {
  const midnight = Math.floor((from + 8 * hour) / (24 * hour)) * 24 * hour - 8 * hour;
  return midnight + days * 24 * hour + 9 * hour;
};
const to = async (moment: number) => advance((moment - (await now())) / 1_000);

const mailsTo = async ({ address }: Her) => (await local<Mail[]>('/mail?limit=1000')).filter((mail) => mail.to.includes(address));
const linksTo = async (her: Her) =>
  (await mailsTo(her)).flatMap(({ messageId, text }) => {
    const path = /\/p\/s\/[\w.-]+/.exec(text ?? '')?.[0];
    return path ? [{ messageId, path }] : [];
  });
/** The so manieth question that came to her, once it is there; the first is 1. */
async function question(her: Her, nth: number): Promise<{ messageId: string; path: string }> {
  await expect.poll(async () => (await linksTo(her)).length, { timeout: 90_000 }).toBe(nth);
  const [newest] = await linksTo(her);
  if (!newest) throw new Error('no question came');
  return newest;
}
async function handIn({ path }: { path: string }, answers: object): Promise<void> {
  const url = `${product.local.baseUrl}${path.replace('/p/s/', '/p/api/s/')}/complete`;
  const body = JSON.stringify({ rev: 0, language: 'en', answers });
  const { status } = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect(status).toBe(200);
}
const customer = async (ownerId: string): Promise<Her> => {
  const name = unique('Loop');
  const address = `${name.replace(' ', '.').toLowerCase()}@reader.example`;
  const emails = [{ address, primary: true }];
  const { id } = await api.customer({ name, ownerId, timeZone: 'Asia/Manila', preferences: { language: 'en' }, emails });
  return { id, name, address };
};

/** Until a ready-made rule has acted so often: what it plans goes by the clock, which is moved after that. */
const acted = (ready: string, times: number) =>
  expect
    .poll(
      async () => {
        const rules = await api.get<{ data: { ready: string; counts: { done: number } }[] }>('/v1/rules');
        return rules.data.find((rule) => rule.ready === ready)?.counts.done;
      },
      { timeout: 90_000 },
    )
    .toBe(times);

/** Around the clock: an unhappy answer is dealt with within four hours. */
const always = {
  calendars: [
    {
      ...{ key: 'always', name: 'Always', zone: 'UTC' },
      hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' })),
    },
  ],
  targets: [{ priority: 'high', calendar: 'always', firstResponseMinutes: 240, resolutionMinutes: 2_880 }],
};

test('a visit leads over an unhappy answer and a case to a happy second answer, and the report shows what has moved', async ({
  browser,
}, info) => {
  test.skip(Boolean(process.env.E2E_SKIP), process.env.E2E_SKIP);
  const shot = (page: Page, name: string) => page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true });
  await api.patch('/v1/service-levels', 1, always);
  const grace = await pageOf(browser);
  await signIn(grace, 'grace');
  await grace.evaluate(() => localStorage.setItem('suki.language', 'en'));
  const me = await api.get<{ member: { id: string } }>('/v1/me');
  const ana = await customer(me.member.id);
  const others = await Promise.all(Array.from({ length: 5 }, () => customer(me.member.id)));

  await test.step('Grace switches the ready-made rules on', async () => {
    for (const name of [
      'Ask after a visit',
      'An unhappy answer to a survey',
      'Ask when a case is closed',
      'Ask again 30 days after an unhappy answer',
    ]) {
      await grace.goto('/rules');
      await grace.getByRole('button', { name: `Use “${name}”` }).click();
      await grace.waitForURL(/\/rules\/rul_/);
      await grace.getByRole('heading', { level: 1, name }).waitFor();
      const isOn = grace.getByRole('switch', { name: `“${name}” is on` });
      await isOn.click();
      await grace.getByRole('dialog').getByRole('button', { name: 'Turn on' }).click();
      await expect(isOn).toHaveAttribute('aria-checked', 'true');
    }
    await expect(grace.getByText(/once more|in 30 days/).first()).toBeVisible();
    await shot(grace, '1-rule');
  });

  const visitedAt = await now();
  await test.step('logs a service visit', async () => {
    await grace.goto(`/customers/${ana.id}`);
    await grace.getByRole('button', { name: /^What happened\?/ }).click();
    await grace.getByRole('radio', { name: 'Visit' }).check({ force: true });
    await grace.getByLabel('What happened', { exact: true }).fill('Changed the cartridge.');
    await grace.getByLabel('Reason').selectOption('service');
    await grace.getByRole('button', { name: 'Log it' }).click();
    await expect(grace.getByRole('article').filter({ hasText: 'Changed the cartridge.' })).toBeVisible();
    for (const { id } of others)
      await api.post(`/v1/customers/${id}/interactions`, { channel: 'visit', direction: 'none', reason: 'service' });
  });

  await test.step('and the question comes in the morning: begun, left, and gone on with', async () => {
    expect(await mailsTo(ana)).toEqual([]);
    await acted('visit', 6);
    await to(morning(visitedAt, 1) + 60_000);
    const { messageId, path } = await question(ana, 1);
    const desk = await pageOf(browser);
    await desk.goto('/local?lang=en');
    const box = desk.locator(`details[data-box="${ana.address}"]`);
    await box.locator('summary').first().click();
    const mail = box.locator('article').filter({ has: desk.locator(`input[value="${messageId}"]`) });
    const opened = desk.context().waitForEvent('page', patient);
    await mail.frameLocator('iframe').getByRole('link').first().click();
    const first = await opened;
    await first.getByRole('radio', { name: 'Very dissatisfied' }).check();
    await first.getByLabel('What could we do better?').fill('It leaks <img src=x onerror=alert(1)>');
    await expect(first.getByRole('status')).toContainText('Saved');
    await shot(first, '2-begun');
    await desk.context().close();

    const second = await pageOf(browser);
    await second.goto(path);
    await expect(second.getByRole('radio', { name: 'Very dissatisfied' })).toBeChecked();
    await expect(second.getByLabel('What could we do better?')).toHaveValue('It leaks <img src=x onerror=alert(1)>');
    await second.getByRole('button', { name: 'Send' }).click();
    await expect(second.getByRole('heading', { level: 1 })).toHaveText('Thank you for your answer.');
    await second.context().close();
    for (const [at, her] of others.entries()) await handIn(await question(her, 1), { satisfied: 1 + (at % 2) });
  });

  const answeredAt = await now();
  const caseOf = async (her: Her) =>
    (await api.get<{ data: { id: string; number: number }[] }>(`/v1/cases?customerId=${her.id}&state=any`)).data[0];
  await test.step('a case for Grace counts down, and warns', async () => {
    await expect.poll(async () => (await caseOf(ana))?.number ?? 0, { timeout: 60_000 }).toBeGreaterThan(0);
    await grace.goto(`/customers/${ana.id}`);
    await expect(grace.getByText('Call back: an unhappy answer').first()).toBeVisible();
    const { id } = (await caseOf(ana)) as { id: string };
    await grace.goto(`/cases/${id}`);
    await expect(grace.getByText(/left$/).first()).toBeVisible();
    await shot(grace, '3-case');
    await advance((3 * hour) / 1_000 + 120);
    await expect
      .poll(
        async () => {
          const told = await api.get<{ data: { kind: string; subject: { id: string } }[] }>('/v1/notifications?limit=100');
          return told.data.filter(({ kind, subject }) => kind === 'case.warned' && subject.id === id).length;
        },
        { timeout: 60_000 },
      )
      .toBe(1);
  });

  await test.step('she answers by mail, and the customer’s reply lands on the case', async () => {
    await grace.getByRole('button', { name: 'Answer', exact: true }).first().click();
    const dialog = grace.locator('dialog[open]');
    await dialog.getByLabel('Subject').fill('Your filter');
    await dialog.getByLabel('Text').fill('We come tomorrow.');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(grace.getByText('It goes out within a minute.')).toBeVisible();
    await advance(60);
    await expect.poll(async () => (await mailsTo(ana)).some(({ subject }) => subject === 'Your filter'), { timeout: 60_000 }).toBe(true);
    const answer = (await mailsTo(ana)).find(({ subject }) => subject === 'Your filter');
    const desk = await pageOf(browser);
    await desk.goto('/local?lang=en');
    const box = desk.locator(`details[data-box="${ana.address}"]`);
    await box.locator('summary').first().click();
    const mail = box.locator('article').filter({ has: desk.locator(`input[value="${answer?.messageId}"]`) });
    await mail.locator('details.answer summary').click();
    await mail.locator('details.answer textarea').fill('Thank you, tomorrow is fine.');
    await mail.locator('details.answer button').click();
    await desk.context().close();
    await expect(grace.getByText('Thank you, tomorrow is fine.')).toBeVisible(patient);
    expect(await grace.locator('#root img, [onerror]').count()).toBe(0);
    await shot(grace, '4-reply');
  });

  await test.step('closes it, and what the customer says of it stands on the case and in the report', async () => {
    await grace.getByRole('button', { name: /^Move/ }).first().click();
    await grace.getByRole('menuitem', { name: 'Resolved' }).click();
    await grace.getByRole('dialog').getByLabel('Resolution').fill('A new seal.');
    await grace.getByRole('dialog').getByRole('button', { name: 'Resolve', exact: true }).click();
    await grace.getByRole('button', { name: /^Move/ }).first().click();
    await grace.getByRole('menuitem', { name: 'Closed' }).click();
    await expect(grace.getByText('Closed', { exact: true }).first()).toBeVisible();
    for (const her of others) {
      const { id } = (await caseOf(her)) as { id: string };
      await api.post(`/v1/cases/${id}/state`, { state: 'resolved', resolution: 'A new seal.' });
      await api.post(`/v1/cases/${id}/state`, { state: 'closed' });
    }
    await acted('closed', 6);
    const at = await now();
    await to(morning(at, at < morning(at, 0) ? 0 : 1) + 60_000);
    const { path } = await question(ana, 2);
    const form = await pageOf(browser);
    await form.goto(path);
    await form.getByRole('radio', { name: 'Very satisfied' }).check();
    await form.getByRole('radio', { name: 'Yes' }).check();
    await form.getByRole('button', { name: 'Send' }).click();
    await expect(form.getByRole('heading', { level: 1 })).toHaveText('Thank you for your answer.');
    await form.context().close();
    for (const [nth, her] of others.entries()) await handIn(await question(her, 2), { satisfied: [5, 4, 4, 3, 5][nth], solved: 'yes' });
    await expect(grace.getByRole('heading', { name: 'What the customer says of it' })).toBeVisible(patient);
    await expect(grace.getByText('5 of 5')).toBeVisible();
    await shot(grace, '5-said');
    // The browser's own clock has stayed behind the product's.
    const until = new Date(await now()).toISOString();
    await grace.route('**/v1/case-report?*', (route) => {
      const url = new URL(route.request().url());
      url.searchParams.set('to', until);
      return route.continue({ url: url.href });
    });
    await grace.goto('/cases?view=report');
    // Five of six are satisfied.
    await expect(grace.getByRole('row', { name: /^All/ }).getByText('83%')).toBeVisible(patient);
    await expect(grace.getByRole('row', { name: /^All/ }).getByText('only 6 answers')).toBeVisible();
    await shot(grace, '6-report');
  });

  await test.step('thirty days later the customer is asked once more, and it has become better', async () => {
    await acted('again', 6);
    await to(morning(answeredAt, 30) + 60_000);
    const { path } = await question(ana, 3);
    const form = await pageOf(browser);
    await form.goto(path);
    await form.getByRole('radio', { name: 'Very satisfied' }).check();
    await form.getByRole('button', { name: 'Send' }).click();
    await expect(form.getByRole('heading', { level: 1 })).toHaveText('Thank you for your answer.');
    await form.context().close();
    for (const [at, her] of others.entries()) await handIn(await question(her, 3), { satisfied: [5, 4, 5, 4, 3][at] });
  });

  await test.step('which is told of the customer and of all', async () => {
    await grace.goto(`/customers/${ana.id}?tab=surveys`);
    const moved = grace.locator('section').filter({ has: grace.getByRole('heading', { name: 'Before and after' }) });
    await expect(moved.getByText('CSAT 1')).toBeVisible(patient);
    await expect(moved.getByText('CSAT 5')).toBeVisible();
    await expect(moved.getByText('+4')).toBeVisible();
    await shot(grace, '7-customer');
    const surveys = await api.get<{ data: { id: string; name: string }[] }>('/v1/surveys?limit=100');
    const visit = surveys.data.find(({ name }) => name === 'After a visit');
    await grace.goto(`/surveys/${visit?.id}?tab=results&by=wave`);
    // None of six was satisfied; now five are.
    const again = grace.getByRole('row', { name: /Ask again 30 days/ });
    await expect(grace.getByRole('row', { name: /^Ask after a visit/ }).getByText('0%', { exact: true })).toBeVisible(patient);
    await expect(again.getByText('83%', { exact: true })).toBeVisible();
    await expect(again.getByText('+83.3')).toBeVisible();
    await shot(grace, '8-results');
  });
  await grace.context().close();
});
