import { violations, wcag } from './axe.ts';
import { asAdmin, ownLink } from './own-link.ts';
import { expect, type Suki, test, unique } from './suki.ts';
import { open, wrong } from './visitor.ts';

interface Reader {
  id: string;
  address: string;
  token: string;
}

const topics = async () => (await asAdmin<{ id: string; consentTopics: string[] }>('GET', '/v1/workspace')).consentTopics;

/** Somebody who takes every topic, and the link in a message about the first of them. */
async function reader(suki: Suki, { language, about = true }: { language?: string; about?: boolean } = {}): Promise<Reader> {
  const address = `${unique('r').replace(' ', '').toLowerCase()}@example.com`;
  const { id } = await suki.api.customer({ emails: [{ address }], ...(language && { preferences: { language } }) });
  const { id: tenant, consentTopics } = await asAdmin<{ id: string; consentTopics: string[] }>('GET', '/v1/workspace');
  for (const topic of consentTopics)
    await asAdmin('PUT', `/v1/customers/${id}/consents/email/${encodeURIComponent(topic)}`, { status: 'granted', source: 'counter' });
  return { id, address, token: ownLink(tenant, { customerId: id, address, topic: about ? (consentTopics[0] ?? null) : null }) };
}

const granted = async (id: string) =>
  (await asAdmin<{ data: { topic: string; status: string }[] }>('GET', `/v1/customers/${id}/consents`)).data
    .filter(({ status }) => status === 'granted')
    .map(({ topic }) => topic)
    .sort();

test.describe('the page behind the link of a message', () => {
  test.afterEach(() => expect(wrong.splice(0)).toEqual([]));

  test('unsubscribes by one button, and by none before it is pressed', async ({ browser, suki }) => {
    const her = await reader(suki);
    const [first, ...others] = await topics();
    const page = await open(browser, `/p/u/${her.token}`);
    expect(await granted(her.id)).toContain(first);
    await page.getByRole('button', { name: `Unsubscribe from “${first}”` }).click();
    await expect(page.getByRole('status')).toContainText(`You get nothing about “${first}” any more`);
    expect(await granted(her.id)).toEqual(others.toSorted());
    await page.reload();
    await expect(page.getByText(`You do not get “${first}”.`)).toBeVisible();
  });

  test('takes topics and a pause, and keeps them', async ({ browser, suki }) => {
    const her = await reader(suki);
    const [first = '', second = ''] = await topics();
    const page = await open(browser, `/p/u/${her.token}`);
    await page.getByRole('checkbox', { name: second }).uncheck();
    await page.getByLabel('Pause').selectOption('30');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('status')).toContainText('Saved');
    await page.reload();
    await expect(page.getByRole('checkbox', { name: first })).toBeChecked();
    await expect(page.getByRole('checkbox', { name: second })).not.toBeChecked();
    await expect(page.getByLabel('Pause').locator('option:checked')).toContainText('Until');
  });

  test('ends everything at one press, and begins again at another', async ({ browser, suki }) => {
    const her = await reader(suki, { about: false });
    const page = await open(browser, `/p/u/${her.token}`);
    await page.getByRole('button', { name: 'Unsubscribe from everything' }).click();
    await expect(page.getByText('any more.')).toBeVisible();
    const looked = await suki.api.post<{ data: { reason: string }[] }>('/v1/suppressions/lookup', { address: her.address });
    expect(looked.data.map(({ reason }) => reason)).toEqual(['unsubscribe_all']);
    await page.getByRole('button', { name: 'Take it back' }).click();
    await expect(page.getByRole('button', { name: 'Unsubscribe from everything' })).toBeVisible();
  });

  test('speaks her own Urdu from right to left, on a narrow phone, and changes to another language for good', async ({ browser, suki }) => {
    const her = await reader(suki, { language: 'ur' });
    const page = await open(browser, `/p/u/${her.token}`, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('آپ کو کیا بھیجتا ہے');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.getByLabel('آپ کی زبان').selectOption('th');
    await expect(page.locator('html')).toHaveAttribute('lang', 'th');
    await expect(page.getByRole('status')).toContainText('บันทึกแล้ว');
    const { preferences } = await asAdmin<{ preferences: { language: string } }>('GET', `/v1/customers/${her.id}`);
    expect(preferences.language).toBe('th');
  });

  test('goes by the language of the browser where hers is not known', async ({ browser, suki }) => {
    const her = await reader(suki);
    const page = await open(browser, `/p/u/${her.token}`, { locale: 'fr-CA' });
    await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
    await expect(page.getByRole('button', { name: /Se désabonner de «/ })).toBeVisible();
  });

  test('is shown to a mail program that opens the address for one-click unsubscribing', async ({ browser, suki }) => {
    const her = await reader(suki);
    const before = await granted(her.id);
    const page = await open(browser, `/p/api/unsubscribe/${her.token}`);
    await page.waitForURL(`**/p/u/${her.token}`);
    await expect(page.getByRole('button', { name: 'Unsubscribe from everything' })).toBeVisible();
    expect(await granted(her.id)).toEqual(before);
  });

  test('says the same of every link that is not ours', async ({ browser, suki }) => {
    const { token } = await reader(suki);
    for (const path of ['/p/u/nothing', `/p/u/${token}x`, `/p/u/zzzzzzzz${token.slice(8)}`]) {
      const page = await open(browser, path);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link does not work');
    }
  });

  test('leaves nothing in the browser: no cookie, no storage', async ({ browser, suki }) => {
    const her = await reader(suki);
    const page = await open(browser, `/p/u/${her.token}`);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('status')).toContainText('Saved');
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`can be read by everybody, in the ${colorScheme}`, async ({ browser, suki }) => {
      const her = await reader(suki);
      const page = await open(browser, `/p/u/${her.token}`, { colorScheme });
      expect(await violations(page, wcag)).toEqual([]);
      await page.getByRole('button', { name: 'Unsubscribe from everything' }).click();
      await expect(page.getByRole('button', { name: 'Take it back' })).toBeVisible();
      expect(await violations(page, wcag)).toEqual([]);
    });
});
