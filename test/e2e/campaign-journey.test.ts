import type { Browser, Page } from '@playwright/test';
import { demoTold, startProduct, type TestProduct } from './product.ts';
import { apiOf, expect, signIn, test, unique, type Who, watch } from './suki.ts';

/**
 * A campaign on the demo's people, from a segment to its report, as the three who have to do with it see it. On a product of its own: its
 * clock is moved by days.
 */
test.describe.configure({ mode: 'serial', timeout: 400_000 });

type Send = Record<
  'state' | 'reason' | 'name' | 'customerId' | 'sentAt' | 'clickedAt' | 'bouncedAt' | 'complainedAt' | 'unsubscribedAt',
  string | null
>;
type Run = { occurrence: string; state: string; recipients: number };

/** Karachi, where Bilal sits: his screens say times by its clock. */
const bilalsZone = 5;

let product: TestProduct;
const wrong: string[] = [];

test.beforeAll(async () => {
  // The demo is made while other tests want the machine too.
  test.setTimeout(400_000);
  if (process.env.E2E_SKIP) return;
  product = await startProduct();
  await demoTold(product.dataDir, product.local.baseUrl);
});
test.afterAll(() => product?.stop());
test.afterEach(() => expect(wrong.splice(0)).toEqual([]));

/** A page of the product's own, signed in as that person and in English. */
async function seat(browser: Browser, who: Who): Promise<Page> {
  const context = await browser.newContext({
    baseURL: product.local.baseUrl,
    locale: 'en-GB',
    timezoneId: 'Asia/Manila',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  watch(page, wrong);
  await signIn(page, who);
  await page.evaluate(() => localStorage.setItem('suki.language', 'en'));
  return page;
}
async function local<T>(path: string, body?: object): Promise<T> {
  const init = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return (await fetch(`${product.local.baseUrl}/local${path}`, init)).json() as Promise<T>;
}
const advance = (duration: string) => local('/clock', { advance: duration });
const productNow = async () => Date.parse((await local<{ now: string }>('/clock')).now);

const section = (page: Page, title: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
/** A number of a list of terms, as it is shown. */
const figure = async (page: Page, title: string, term: string) =>
  Number(
    (await section(page, title).locator('dt', { hasText: term }).locator('xpath=following-sibling::dd[1]').innerText()).replaceAll(
      /\D/g,
      '',
    ),
  );

/** A second product shares the machine with this one. */
const patient = { timeout: 60_000 };

async function save(page: Page, title: string): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === 'PATCH', patient);
  const read = page.waitForResponse(
    (response) => response.request().method() === 'GET' && /\/v1\/campaigns\/cmp_\w+$/.test(response.url()),
    patient,
  );
  await section(page, title).getByRole('button', { name: 'Save' }).click();
  expect((await answered).status()).toBe(200);
  await read;
}

/** A moment of the product as two fields of a form say it: by Manila's clock, or by that of somebody so many hours ahead of UTC. */
function wall(at: number, ahead = 8): { date: string; time: string } {
  const [date = '', time = ''] = new Date(at + ahead * 3_600_000).toISOString().slice(0, 16).split('T');
  return { date, time };
}

test('a campaign goes from a segment to its report', async ({ browser }, info) => {
  test.skip(Boolean(process.env.E2E_SKIP), process.env.E2E_SKIP);
  const api = apiOf(product.local);
  const settings = await api.get<{ version: number; sending: object }>('/v1/workspace');
  await fetch(`${product.local.baseUrl}/v1/workspace`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${product.local.apiKeys.admin}`,
      'content-type': 'application/merge-patch+json',
      'if-match': `"${settings.version}"`,
    },
    body: JSON.stringify({ sending: { ...settings.sending, approvalAbove: 20, quietHours: null } }),
  });
  const shot = (page: Page, name: string) => page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true });
  const bilal = await seat(browser, 'bilal');
  const name = unique('Cartridges in Urdu');

  await test.step('Bilal writes it, for a segment of the demo', async () => {
    await bilal.goto('/segments');
    await bilal.getByRole('link', { name: 'Reads Urdu' }).click();
    await expect(bilal.getByRole('heading', { level: 1, name: 'Reads Urdu' })).toBeVisible();
    await bilal.goto('/campaigns');
    await expect(bilal.getByText('Next cartridge, 10 % off')).toBeVisible();
    await bilal.getByRole('button', { name: 'New campaign' }).first().click();
    await bilal.getByLabel('Name').fill(name);
    await bilal.getByRole('button', { name: 'Make it' }).click();
    const goal = section(bilal, 'Goal and budget');
    await goal.getByLabel('How many').fill('20');
    await goal.getByLabel('Until').fill('2030-01-31');
    await goal.getByLabel(/^Budget/).fill('5000');
    await save(bilal, 'Goal and budget');
    const audience = section(bilal, 'Audience');
    await audience.getByLabel('Who gets it').selectOption({ label: 'Segment: Reads Urdu' });
    await audience.getByLabel('Held out, in percent').fill('20');
    await save(bilal, 'Audience');
    const content = section(bilal, 'Content');
    await content.getByLabel('Consent topic').selectOption('service');
    await content.getByLabel('Subject').fill('نیا کارٹرج');
    await content
      .getByLabel('Text', { exact: true })
      .fill('السلام علیکم {{customer.name}}\n\n[ابھی منگوائیں](https://batis.example/cartridges)');
    await save(bilal, 'Content');
    const { date, time } = wall((await productNow()) + 10 * 60_000);
    await section(bilal, 'Schedule').getByLabel('Date', { exact: true }).fill(date);
    await section(bilal, 'Schedule').getByLabel('Time', { exact: true }).fill(time);
    await save(bilal, 'Schedule');
  });
  const campaignId = /cmp_\w+/.exec(bilal.url())?.[0] ?? '';
  const path = `/v1/campaigns/${campaignId}`;
  const sends = async (occurrence: string) => {
    const all: Send[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const next: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
      const page: { data: Send[]; page: { nextCursor: string | null } } = await api.get(
        `${path}/runs/${occurrence}/sends?limit=200${next}`,
      );
      all.push(...page.data);
      cursor = page.page.nextCursor;
    }
    return all;
  };
  /** Lets the hours pass that some prefer for their mails. */
  const completed = (occurrence: string) =>
    expect(async () => {
      await advance('PT1H');
      expect((await api.get<Run>(`${path}/runs/${occurrence}`)).state).toBe('completed');
    }).toPass({ timeout: 150_000, intervals: [2_000] });
  let messages = 0;
  let control = 0;

  await test.step('tries it dry', async () => {
    await bilal.getByRole('button', { name: 'Try it dry' }).click();
    await expect(section(bilal, 'Dry run').getByText('In the audience')).toBeVisible();
    [messages, control] = [await figure(bilal, 'Dry run', 'Messages'), await figure(bilal, 'Dry run', 'Held out')];
    const dry = await api.get<{ size: number; messages: number; control: number; skipped: Record<string, number> }>(`${path}/dry-run`);
    expect([messages, control, await figure(bilal, 'Dry run', 'In the audience')]).toEqual([dry.messages, dry.control, dry.size]);
    expect(Object.values(dry.skipped).reduce((sum, count) => sum + count, messages + control)).toBe(dry.size);
    expect(messages).toBeGreaterThan(20);
    await expect(section(bilal, 'Dry run').getByText('No consent')).toBeVisible();
    await shot(bilal, '1-dry-run');
  });

  await test.step('starts it, once Claire has said yes', async () => {
    await bilal.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(bilal.getByText('It goes to many, so somebody else has to say yes.')).toBeVisible();
    await expect(bilal.getByRole('button', { name: 'Approve' })).toHaveCount(0);
    await shot(bilal, '2-waits');
    const claire = await seat(browser, 'claire');
    await claire.goto(`/campaigns/${campaignId}?tab=plan`);
    await claire.getByRole('button', { name: 'Approve' }).click();
    await expect(claire.getByText('Approved', { exact: true }).first()).toBeVisible();
    await claire.context().close();
    await bilal.reload();
    await bilal.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(bilal.getByText('No run yet')).toBeVisible();
  });

  await test.step('sees it run to its end', async () => {
    await advance('PT11M');
    await expect(async () => {
      await bilal.reload();
      await bilal.getByRole('link', { name: /^.* of .* sent$/s }).click({ timeout: 2_000 });
    }).toPass({ timeout: 90_000 });
    const occurrence = bilal.url().split('/').at(-1) ?? '';
    await completed(occurrence);
    await expect(bilal.getByText('Completed')).toBeVisible({ timeout: 60_000 });
    const rows = await sends(occurrence);
    expect([rows.filter(({ sentAt }) => sentAt).length, rows.filter(({ reason }) => reason === 'control').length]).toEqual([
      messages,
      control,
    ]);
    await expect(section(bilal, 'Recipients one by one').getByText('Held out').first()).toBeVisible();
    await shot(bilal, '3-run');
  });
  const first = (await api.get<{ data: Run[] }>(`${path}/runs`)).data[0]!.occurrence;
  const mails = (await local<{ messageId: string; to: string[]; tags: Record<string, string> }[]>('/mail?limit=10000')).filter(
    ({ tags }) => tags.run === `${campaignId}-${first}`,
  );
  expect(mails).toHaveLength(messages);

  await test.step('two mails bounce, one is complained of, ten are clicked: at the desk', async () => {
    const desk = await (await browser.newContext({ baseURL: product.local.baseUrl, locale: 'en-GB' })).newPage();
    watch(desk, wrong);
    await desk.goto('/local?lang=en');
    /** One of the campaign's mails in its reader's box. */
    const box = async (at: number) => {
      const { to, messageId } = mails[at]!;
      const found = desk.locator(`details[data-box="${to[0]}"]`);
      if ((await found.getAttribute('open')) === null) await found.locator('summary').first().click();
      return found.locator('article').filter({ has: desk.locator(`input[value="${messageId}"]`) });
    };
    for (const at of [0, 1]) await (await box(at)).getByRole('button', { name: 'Bounce for good' }).click();
    await (await box(2)).getByRole('button', { name: 'Complaint' }).click();
    for (let at = 4; at < 14; at++) {
      const one = await box(at);
      const opened = desk.context().waitForEvent('page', patient);
      await one.frameLocator('iframe').getByRole('link', { name: 'ابھی منگوائیں' }).click();
      await (await opened).close();
    }
    await shot(desk, '4-desk');
    // And one unsubscribes by the link at the end of her mail.
    const her = await box(3);
    const opened = desk.context().waitForEvent('page', patient);
    await her.frameLocator('iframe').locator('a[href*="/p/u/"]').first().click();
    const page = await opened;
    await page.locator('main h1').waitFor();
    await shot(page, '5-unsubscribe');
    await page.locator('main button').first().click();
    await expect(page.getByRole('status')).toBeVisible();
    await desk.context().close();
  });

  await test.step('the run tells of all of it', async () => {
    await expect(async () => {
      const rows = await sends(first);
      const having = (field: keyof Send) => rows.filter((row) => row[field] !== null).length;
      expect([having('bouncedAt'), having('complainedAt'), having('clickedAt'), having('unsubscribedAt')]).toEqual([2, 1, 10, 1]);
    }).toPass({ timeout: 60_000 });
  });

  await test.step('those who did not click are reminded, once Claire has said yes again', async () => {
    await bilal.goto(`/campaigns/${campaignId}?tab=runs`);
    await bilal.getByRole('button', { name: 'Remind' }).click();
    const { date, time } = wall((await productNow()) + 24 * 3_600_000, bilalsZone);
    await bilal.getByLabel('When').fill(`${date}T${time}`);
    await shot(bilal, '6-remind');
    await bilal.getByRole('button', { name: 'Plan it' }).click();
    await expect(bilal.getByRole('dialog')).toHaveCount(0);
    await advance('P1DT1M');
    const claire = await seat(browser, 'claire');
    await expect(async () => {
      await claire.goto(`/campaigns/${campaignId}/runs/wave-1`);
      await claire.getByRole('button', { name: 'Approve' }).click({ timeout: 3_000 });
    }).toPass({ timeout: 120_000 });
    await completed('wave-1');
    const run = await api.get<Run>(`${path}/runs/wave-1`);
    // Without two bounces, a complaint and ten clicks; whoever unsubscribed is named and gets nothing.
    expect(run.recipients).toBe(messages - 13);
    const rows = await sends('wave-1');
    expect([rows.filter(({ sentAt }) => sentAt).length, rows.filter(({ reason }) => reason === 'consent_withdrawn').length]).toEqual([
      messages - 14,
      1,
    ]);
    await claire.goto(`/campaigns/${campaignId}/runs/wave-1`);
    await claire.getByRole('link', { name: 'Consent withdrawn' }).click();
    await expect(section(claire, 'Recipients one by one').getByRole('listitem')).toHaveCount(1);
    await claire.context().close();
  });

  await test.step('the report is the recount of the messages', async () => {
    await bilal.goto(`/campaigns/${campaignId}?tab=report`);
    await bilal.getByRole('button', { name: 'Count anew' }).click();
    await expect(bilal.getByText('Not counted yet.')).toHaveCount(0);
    const rows = [...(await sends(first)), ...(await sends('wave-1'))];
    const having = (field: keyof Send) => rows.filter((row) => row[field] !== null).length;
    const funnel = section(bilal, 'From recipient to click');
    for (const [label, value] of [
      ['Sent', having('sentAt')],
      ['Clicked', having('clickedAt')],
      ['Unsubscribed', having('unsubscribedAt')],
    ] as const)
      await expect(funnel.getByRole('row', { name: label }).locator('td').last()).toHaveText(String(value));
    await expect(section(bilal, 'Goal').getByText('10', { exact: true })).toBeVisible();
    const report = await api.get<{ total: Record<string, number>; conversions: number }>(`${path}/report`);
    expect(report.total).toMatchObject({ accepted: 2 * messages - 14, bounced: 2, complained: 1, clicked: 10, unsubscribed: 1, control });
    expect(report.conversions).toBe(10);
    await shot(bilal, '7-report');
  });

  await test.step('and the reminder of the morning went out at nine, as it was planned', async () => {
    const { data } = await api.get<{ data: { id: string; name: string }[] }>('/v1/campaigns?limit=100');
    const morning = data.find((one) => one.name === 'Cartridge due: a reminder in the morning')!;
    await expect(async () => {
      const [run] = (await api.get<{ data: Run[] }>(`/v1/campaigns/${morning.id}/runs`)).data;
      expect(run?.state).toBeTruthy();
    }).toPass({ timeout: 60_000 });
  });
  await bilal.context().close();
});
