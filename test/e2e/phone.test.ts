import { allScreens, openScreen } from './screens.ts';
import { expect, type Page, test, unique } from './suki.ts';

test('a call is logged with a few taps, beside the customer', async ({ suki }) => {
  const { id } = await suki.api.customer({ name: unique('Tita') });
  const page = await suki.as('natthapol', { phone: true });
  await page.goto(`/customers/${id}`);
  let taps = 0;
  const tap = async (target: ReturnType<Page['locator']>) => {
    taps++;
    await target.tap();
  };
  await tap(page.getByRole('navigation').getByRole('button', { name: 'Log an interaction' }));
  const sheet = page.getByRole('dialog', { name: 'Log an interaction' });
  await tap(sheet.getByRole('radio', { name: 'Call' }).locator('xpath=..'));
  await sheet.getByLabel('What happened').fill('Wants to be called on Friday.');
  await tap(sheet.getByRole('button', { name: 'Log it' }));
  await expect(page.getByRole('article').filter({ hasText: 'called on Friday' })).toBeVisible();
  expect(taps).toBe(3);
});

test('everything is reached from the bar at the bottom', async ({ suki }) => {
  const page = await suki.as('grace', { phone: true });
  await page.goto('/');
  const bar = page.getByRole('navigation', { name: 'Main navigation' });
  await bar.getByRole('link', { name: 'Customers' }).tap();
  await expect(page).toHaveURL(/\/customers$/);
  await bar.getByRole('button', { name: 'More' }).tap();
  await page.getByRole('menuitem', { name: 'Settings' }).tap();
  await expect(page).toHaveURL(/\/settings\/workspace$/);
  await bar.getByRole('button', { name: 'Search' }).tap();
  await page.getByRole('dialog').getByRole('combobox').fill('Fournier');
  await page
    .getByRole('option', { name: /Fournier/ })
    .first()
    .tap();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Fournier');
});

/** What a finger may miss: controls less than 44 pixels high or wide, unless they stand in a line of text. */
const small = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>(
      'a[href], button, select, input:not([type=hidden]), textarea, summary, [role^=menuitem], [role=option]',
    )) {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.closest('.sr-only, [hidden], [inert]'))
        continue;
      // A tick or a radio button is as large as the label around it.
      const target = element.matches('input[type=checkbox], input[type=radio]') ? (element.closest('label') ?? element) : element;
      // A link may stretch over its card.
      const after = getComputedStyle(target, '::after');
      const spread = after.position === 'absolute' ? target.closest('[data-rowbox]') : null;
      const { width, height } = (spread ?? target).getBoundingClientRect();
      if (width < 1 || height < 1 || element.matches('.sr-only')) continue;
      const inText = getComputedStyle(element).display === 'inline';
      if (!inText && (height < 43.5 || width < 43.5))
        found.push(
          `${Math.round(width)}×${Math.round(height)} ${(element.ariaLabel ?? element.textContent ?? element.tagName).trim().slice(0, 40)}`,
        );
    }
    return [...new Set(found)];
  });

test('whatever can be pressed is 44 pixels high and wide', async ({ suki }) => {
  test.setTimeout(300_000);
  const page = await suki.as('grace', { phone: true });
  for (const screen of (await allScreens(suki)).filter(({ who }) => !who)) {
    await openScreen(page, screen);
    expect.soft(await small(page), screen.name).toEqual([]);
  }
});
