import { contrast, violations, wcag } from './axe.ts';
import { allScreens, openScreen } from './screens.ts';
import { expect, type Page, test } from './suki.ts';

/** Colours run over to the new ones; a contrast measured on the way is that of neither. */
const painted = (page: Page) =>
  page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {})));
  });

for (const language of ['en', 'ur'] as const)
  test(`axe finds nothing on any screen, in light and in dark colours: ${language === 'en' ? 'English' : 'Urdu, right to left'}`, async ({
    suki,
  }) => {
    test.setTimeout(400_000);
    const pages = new Map<string, Page>();
    for (const screen of await allScreens(suki)) {
      const who = screen.who ?? 'grace';
      const page = pages.get(who) ?? (await suki.as(who, { language }));
      pages.set(who, page);
      await page.emulateMedia({ colorScheme: 'light' });
      await openScreen(page, screen);
      expect.soft(await violations(page, wcag), `light: ${language}, ${screen.name}`).toEqual([]);
      // Nothing but colours changes in the dark.
      await page.emulateMedia({ colorScheme: 'dark' });
      await painted(page);
      const inTheDark = expect
        .configure({ soft: true })
        .poll(() => violations(page, contrast), { message: `dark: ${language}, ${screen.name}` });
      await inTheDark.toEqual([]);
    }
  });

test('axe finds nothing on the pages before one is signed in', async ({ page }) => {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    expect.soft(await violations(page, wcag), `the door, ${scheme}`).toEqual([]);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('button', { name: /Grace/ }).waitFor();
    expect.soft(await violations(page, wcag), `the demo people, ${scheme}`).toEqual([]);
  }
});

test('text twice as large fits: nothing is lost and the page does not scroll sideways', async ({ suki }) => {
  // A browser at 200 % on a desk is one with half the pixels.
  const page = await suki.as('grace');
  await page.setViewportSize({ width: 640, height: 430 });
  for (const path of ['/', '/customers', `/customers/${suki.told.fournier}`, '/imports', '/settings/members', '/settings/roles']) {
    await openScreen(page, { name: path, path });
    const [wide, width] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    expect.soft(wide, path).toBeLessThanOrEqual(width + 1);
  }
});
