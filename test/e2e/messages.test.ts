import { comesIn, control, newAddress } from './mail-in.ts';
import { asAdmin } from './own-link.ts';
import { expect, type Page, type Suki, test, unique } from './suki.ts';

interface SentMail {
  messageId: string;
  to: string[];
  replyTo: string[];
  subject: string;
  text: string;
}
const sentTo = async (address: string) => (await control<SentMail[]>('/local/mail')).filter(({ to }) => to.includes(address));
/** A moment later, by the product's clock: what is due goes. */
const later = () => control('/local/clock', { advance: 'PT1M' });

async function reader(suki: Suki, fields: Record<string, unknown> = {}) {
  const address = newAddress();
  const customer = await suki.api.customer({ givenName: 'Ana', emails: [{ address, primary: true }], ...fields });
  return { ...customer, address };
}
const open = async (page: Page, { id, name }: { id: string; name: string }) => {
  await page.goto(`/customers/${id}`);
  await page.getByRole('heading', { level: 1, name }).waitFor();
};
const dialog = (page: Page) => page.locator('dialog[open]');

test.describe('writing to a customer', () => {
  test('goes by keyboard alone, with her name set in, and stands on her timeline', async ({ suki }) => {
    const her = await reader(suki);
    const page = await suki.as('grace');
    await open(page, her);
    await page.keyboard.press('m');
    await expect(dialog(page).getByLabel('Subject')).toBeFocused();
    await page.keyboard.type('Your order');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Dear {{customer.givenName}}, it is ready.');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('It goes out within a minute.')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Not sent yet' })).toBeVisible();
    await later();
    await expect.poll(async () => (await sentTo(her.address)).map(({ subject }) => subject), { timeout: 30_000 }).toEqual(['Your order']);
    await expect(page.getByText('Dear Ana, it is ready.')).toBeVisible();
    await expect(page.getByText(/^(Sent|Delivered)$/).first()).toBeVisible();
  });

  test('is taken back within ten seconds, and then nobody gets anything', async ({ suki }) => {
    const her = await reader(suki);
    const page = await suki.as('grace');
    await open(page, her);
    await page.getByRole('button', { name: 'Write', exact: true }).click();
    await dialog(page).getByLabel('Subject').fill('Too soon');
    await dialog(page).getByLabel('Text').fill('Wait');
    await dialog(page).getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('The message was taken back.')).toBeVisible();
    await later();
    await later();
    expect(await sentTo(her.address)).toEqual([]);
  });

  test('begins with a template in her language, shows it as she gets it, and says what she lacks', async ({ suki }) => {
    const name = unique('Template');
    const texts = {
      en: { subject: 'Ready', body: 'Dear {{customer.givenName}}' },
      th: { subject: 'พร้อมแล้ว', body: 'เรียน {{customer.givenName}}' },
    };
    await asAdmin('POST', '/v1/message-templates', { name, texts });
    const her = await reader(suki, { preferences: { language: 'th' } });
    const page = await suki.as('grace');
    await open(page, her);
    await page.keyboard.press('m');
    await dialog(page).getByLabel('Template').selectOption({ label: name });
    await expect(dialog(page).getByLabel('Subject')).toHaveValue('พร้อมแล้ว');
    await dialog(page).getByText('Preview').click();
    await expect(dialog(page).getByText('เรียน Ana')).toBeVisible();
    await dialog(page).locator('label', { hasText: 'Write' }).click();
    await dialog(page).getByLabel('Text').fill('{{customer.jobTitle}}');
    await dialog(page).getByText('Preview').click();
    await expect(dialog(page).getByRole('alert')).toContainText('has no value for');
  });

  test('fits a phone in Urdu, from right to left', async ({ suki }) => {
    const her = await reader(suki);
    const page = await suki.as('grace', { language: 'ur', phone: 360 });
    await open(page, her);
    await page.getByRole('button', { name: 'لکھیں', exact: true }).click();
    await dialog(page).waitFor();
    const box = await dialog(page).evaluate((element) => [element.scrollWidth, element.clientWidth]);
    expect(box[0]).toBeLessThanOrEqual((box[1] ?? 0) + 1);
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  });
});

test.describe('mail that comes in', () => {
  test('as an answer stands below what was written, and is answered from there', async ({ suki }) => {
    const her = await reader(suki);
    await suki.api.post(`/v1/customers/${her.id}/messages`, { subject: 'Your order', body: 'It is ready.' });
    await later();
    await expect.poll(async () => (await sentTo(her.address)).length, { timeout: 30_000 }).toBe(1);
    const [mail] = await sentTo(her.address);
    await comesIn(her.address, { to: mail?.replyTo[0] ?? '', subject: 'Re: Your order', text: 'Thank you, I come tomorrow.' });
    const page = await suki.as('grace');
    await open(page, her);
    await expect(page.getByText('Thank you, I come tomorrow.')).toBeVisible();
    await page.getByRole('button', { name: 'Answer', exact: true }).first().click();
    await expect(dialog(page).getByLabel('Subject')).toHaveValue('Re: Your order');
  });

  test('from a stranger waits until somebody makes a customer of it, and its script is text', async ({ suki }) => {
    const from = newAddress();
    const subject = unique('Question');
    await comesIn(from, {
      subject,
      head: '\r\nContent-Type: text/html',
      text: '<p>In blue?</p><script>alert(1)</script><img src=x onerror=alert(2)>',
    });
    const page = await suki.as('grace');
    await page.goto('/mails');
    const waiting = page.getByRole('article', { name: subject });
    await expect(waiting.getByText('In blue?')).toBeVisible();
    await waiting.getByRole('button', { name: 'New customer' }).click();
    const name = unique('Stranger');
    await dialog(page).getByLabel('Name').fill(name);
    await dialog(page).getByRole('button', { name: 'Create and put it on the timeline' }).click();
    await expect(page.getByText(`The mail is on the timeline of ${name}.`)).toBeVisible();
    await expect(waiting).toHaveCount(0);
  });

  test('of doubtful origin is on her timeline only once somebody says so', async ({ suki }) => {
    const her = await reader(suki);
    const subject = unique('Doubt');
    await comesIn(her.address, { subject, verdicts: { spf: 'FAIL' } });
    const page = await suki.as('grace');
    await page.goto('/mails');
    const waiting = page.getByRole('article', { name: subject });
    await expect(waiting.getByText('A check failed')).toBeVisible();
    await waiting.getByRole('button', { name: `It is from ${her.name}` }).click();
    await expect(waiting).toHaveCount(0);
    await open(page, her);
    await expect(page.getByRole('article').filter({ hasText: subject })).toBeVisible();
  });

  test('that is nothing is discarded, and comes back by Undo', async ({ suki }) => {
    const subject = unique('Nothing');
    await comesIn(newAddress(), { subject });
    const page = await suki.as('grace');
    await page.goto('/mails');
    const waiting = page.getByRole('article', { name: subject });
    await waiting.getByRole('button', { name: 'Discard' }).click();
    await expect(waiting).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(waiting).toBeVisible();
  });

  test('shows what was held back, and gives it on a click', async ({ suki }) => {
    const her = await reader(suki);
    const part = `--b\r\nContent-Type: text/plain\r\n\r\nSee the archive.\r\n--b\r\nContent-Type: application/zip\r\nContent-Disposition: attachment; filename="all.zip"\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBA==\r\n--b--`;
    await comesIn(her.address, { head: '\r\nContent-Type: multipart/mixed; boundary=b', text: part });
    const page = await suki.as('grace');
    await open(page, her);
    await expect(page.getByText('held back: an archive')).toBeVisible();
    await page.getByRole('button', { name: 'Show it all the same' }).click();
    await expect(page.getByRole('button', { name: /all\.zip/ })).toBeVisible();
  });
});

test.describe('addresses that are never written to', () => {
  test('are added by hand and lifted with a reason', async ({ suki }) => {
    const address = newAddress();
    const page = await suki.as('grace');
    await page.goto('/settings/suppressions');
    await page.getByRole('button', { name: 'Add an address' }).click();
    await dialog(page).getByLabel('Address').fill(address);
    await dialog(page).getByRole('button', { name: 'Add an address' }).click();
    const row = page
      .getByRole('listitem')
      .filter({ hasText: `${address[0]}…@reader.example` })
      .first();
    await expect(row).toBeVisible();
    await row.getByRole('button', { name: 'Allow again' }).click();
    await dialog(page).getByLabel('Why?').fill('It was a mistake');
    await dialog(page).getByRole('button', { name: 'Allow again' }).click();
    await expect(page.getByText('The address can be written to again.')).toBeVisible();
    const { data } = await suki.api.post<{ data: unknown[] }>('/v1/suppressions/lookup', { address });
    expect(data).toEqual([]);
  });
});
