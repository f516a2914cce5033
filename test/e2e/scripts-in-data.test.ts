import { expect, type Page, test, unique } from './suki.ts';

const payloads = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(2)>',
  '"><svg onload=alert(3)>',
  "'-alert(4)-'",
  'javascript:alert(5)',
  '{{constructor.constructor("alert(6)")()}}',
  '</title><script>alert(7)</script>',
];
const bad = payloads.join(' ');

/** Goes over everything that shows the customer, and counts elements that only a payload could have made. */
async function look(page: Page): Promise<void> {
  await expect(page.locator('#main')).toBeVisible();
  expect(await page.locator('#root img, #root iframe, #root object, [onerror], [onload], #root script').count()).toBe(0);
}

test('scripts in names, notes, tags and file names stay text wherever they are shown, and the strict policy is in force', async ({
  suki,
}) => {
  const word = unique('Payload');
  const tag = `<b>${word.split(' ')[1]}`;
  const { id } = await suki.api.customer({
    name: `${word} ${bad}`.slice(0, 200),
    jobTitle: payloads[1],
    tags: [tag, '<svg/onload=alert(8)>'],
    emails: [{ address: `${word.replace(' ', '.')}@mail.example`.toLowerCase(), primary: true }],
    addresses: [{ lines: [payloads[2]], city: payloads[0], country: 'PH', primary: true }],
  });
  await suki.api.post(`/v1/customers/${id}/interactions`, {
    channel: 'letter',
    direction: 'in',
    reason: 'complaint',
    subject: payloads[1],
    body: `${bad}\n\n${bad}`,
  });
  await suki.api.post(`/v1/customers/${id}/interactions`, { channel: 'other', sourceWord: payloads[2], body: 'x' });

  const page = await suki.as('grace');
  const refused: string[] = [];
  page.on('console', (message) => message.type() === 'error' && refused.push(message.text()));
  const [response] = await Promise.all([
    page.waitForResponse((one) => one.request().resourceType() === 'document'),
    page.goto(`/customers/${id}`),
  ]);
  const policy = response.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("object-src 'none'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('<script>alert(1)</script>');
  await expect(page.getByRole('article').first()).toBeVisible();
  await look(page);
  await expect(page).toHaveTitle(/<script>/);

  await page.getByRole('button', { name: /^What happened\?/ }).click();
  await page.getByLabel('What happened', { exact: true }).fill('A picture came.');
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(10)"><script>alert(11)</script></svg>';
  await page
    .locator('main input[type=file]')
    .setInputFiles({ name: '<img src=x onerror=alert(12)>.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) });
  await page.getByRole('button', { name: 'Log it' }).click();
  const file = page.getByRole('article').getByRole('button', { name: /onerror=alert\(12\)/ });
  await expect(file).toBeVisible();
  const coming = page.waitForEvent('download');
  await file.click();
  expect((await coming).suggestedFilename(), 'a picture with scripts is saved, never opened').toMatch(/\.svg$/);
  await look(page);

  await page.goto(`/customers/${id}?tab=history`);
  await look(page);
  for (const path of [
    `/customers?q=${word}`,
    `/customers?tag=${encodeURIComponent(tag)}`,
    `/customers?q=${encodeURIComponent(bad)}`,
    '/settings/audit',
    '/',
  ]) {
    await page.goto(path);
    await look(page);
  }
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill(word);
  await expect(page.getByRole('option').first()).toContainText(word, { ignoreCase: true });
  await look(page);
  // An inline script that got in by whatever way would not run: the policy refuses it.
  const unwatched = await page.context().newPage();
  await unwatched.goto('/customers');
  const ran = await unwatched.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
    script.remove();
    return (window as unknown as { ran?: boolean }).ran === true;
  });
  expect(ran).toBe(false);
  expect(refused.filter((text) => !text.includes('Failed to load resource'))).toEqual([]);
});

test('an import with scripts in cells and headings stays text, too', async ({ suki }) => {
  const page = await suki.as('grace');
  await page.goto('/imports');
  await page.locator('input[type=file]').setInputFiles({
    name: '<img src=x onerror=alert(1)>.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`Name,<script>alert(2)</script>\n"${payloads[1]}",${payloads[0]}\n"<svg onload=alert(3)>",x\n`),
  });
  await expect(page.getByText('<script>alert(2)</script>', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  await look(page);
  await page.getByRole('button', { name: 'Check without writing' }).click();
  await expect(page.getByRole('heading', { name: 'The first rows would become' })).toBeVisible({ timeout: 30_000 });
  await look(page);
});
