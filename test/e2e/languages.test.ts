import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loanWords, ownFields, properNames } from './loan-words.ts';
import { allScreens, openScreen } from './screens.ts';
import { expect, type Language, type Page, type Suki, test } from './suki.ts';

/** The words on the screen that come from the client and not from the data, which stand in bdi, code, dir=auto and dir=ltr. */
const wordsOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const words = new Set<string>();
    const data = 'bdi, code, kbd, time, [dir=auto], [dir=ltr]:not(html), [lang]:not(html), script, style, option, [role=status]';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? '';
      if (node.parentElement && /\p{L}{3}/u.test(text) && !node.parentElement.closest(data)) words.add(text);
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]'))
      for (const name of ['aria-label', 'placeholder', 'title']) {
        const text = element.getAttribute(name)?.trim() ?? '';
        if (/\p{L}{3}/u.test(text) && !element.closest('[dir=auto], [dir=ltr]:not(html), [lang]:not(html)')) words.add(text);
      }
    return [...words, document.title];
  });

/** What does not fit: text cut off without an ellipsis of its own, text beyond the screen's edge, and a page that scrolls sideways. */
const clippedOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const found = document.documentElement.scrollWidth > width + 1 ? [`the page is ${document.documentElement.scrollWidth} wide`] : [];
    const scrolls = (element: Element | null): boolean =>
      element !== null && (/(auto|scroll)/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim().slice(0, 40) ?? '';
      // An option is drawn by the browser; data may end in an ellipsis, a label may not.
      if (
        !element ||
        !text ||
        element.closest('.sr-only, [cmdk-label], option, script, style, title') ||
        !element.checkVisibility({ visibilityProperty: true })
      )
        continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width < 2 || box.height < 2 || scrolls(element)) continue;
      if (element.closest('bdi, [dir=auto]')?.matches('.truncate, .truncate *')) continue;
      if (box.right > width + 1 || box.left < -1) found.push(`outside: ${text}`);
      for (let around: Element | null = element; around && around !== document.body; around = around.parentElement) {
        if (getComputedStyle(around).overflowX === 'visible') continue;
        const frame = around.getBoundingClientRect();
        if (box.right > frame.right + 1.5 || box.left < frame.left - 1.5) found.push(`cut: ${text}`);
      }
    }
    return [...new Set(found)];
  });

const english = new Map<string, Set<string>>();

/** What the screens say in English, gathered once per worker. */
async function sayInEnglish(suki: Suki): Promise<void> {
  if (english.size) return;
  for (const [, pages] of await walkers(suki, 'en'))
    for (const screen of pages.screens) {
      await openScreen(pages.page, screen);
      const words = await wordsOn(pages.page);
      expect(words.length, `${screen.name} says something`).toBeGreaterThan(4);
      english.set(screen.name, new Set(words));
      expect.soft(await clippedOn(pages.page), `at 360 pixels: en, ${screen.name}`).toEqual([]);
    }
}

/** A page for each person whose screens are walked, 360 pixels wide. */
async function walkers(suki: Suki, language: Language) {
  const screens = Map.groupBy(await allScreens(suki), ({ who = 'grace' }) => who);
  const found = new Map<string, { page: Page; screens: typeof screens extends Map<unknown, infer List> ? List : never }>();
  for (const [who, list] of screens) found.set(who, { page: await suki.as(who, { language, phone: 360 }), screens: list });
  return found;
}

for (const language of ['fr', 'fil', 'ur', 'th'] as const)
  test(`every screen speaks ${language}: no word left in English, none cut off at 360 pixels`, async ({ suki }) => {
    test.setTimeout(400_000);
    await sayInEnglish(suki);
    const known = new Set<string>(loanWords[language]);
    for (const [, { page, screens }] of await walkers(suki, language))
      for (const screen of screens) {
        await openScreen(page, screen);
        await expect.soft(page.locator('html'), screen.name).toHaveAttribute('dir', language === 'ur' ? 'rtl' : 'ltr');
        const isKnown = (word: string) =>
          known.has(word.replace(/ (\(\w\)|\d+)$/, '')) ||
          properNames.some((name) => word.includes(name)) ||
          (/^(customer|log)\b/.test(screen.name) && ownFields.has(word));
        const same = (await wordsOn(page)).filter((word) => english.get(screen.name)?.has(word) && !isKnown(word));
        expect.soft(same, `as in English: ${language}, ${screen.name}`).toEqual([]);
        expect.soft(await clippedOn(page), `at 360 pixels: ${language}, ${screen.name}`).toEqual([]);
      }
  });

test('only the language in use is loaded; Nastaliq comes with Urdu, Thai letters with Thai', async ({ suki }) => {
  const page = await suki.as('grace');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const nastaliq = () => asked.some((path) => path.includes('nastaliq'));
  const thai = () => asked.some((path) => path.includes('sans-thai'));
  await page.goto('/settings/workspace');
  await page.locator('#main form').first().waitFor();
  expect(asked.filter((path) => /\/(fr|fil|ur|th)-[^/]+\.js$/.test(path))).toEqual([]);
  expect(nastaliq()).toBe(false);
  await page.locator('aside').getByRole('button', { name: 'Language: English' }).click();
  await page.getByRole('menuitemradio', { name: 'ไทย' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'th');
  await expect.poll(thai).toBe(true);
  await page.locator('aside').getByRole('button', { name: /ไทย/ }).click();
  await page.getByRole('menuitemradio', { name: 'اردو' }).click();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect.poll(nastaliq).toBe(true);
  await page.reload();
  await expect(page.locator('html'), 'the choice stays').toHaveAttribute('lang', 'ur');
});

test('who signs in is greeted in her own language', async ({ page }) => {
  const { signIn } = await import('./suki.ts');
  await signIn(page, 'sana');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('ثنا');
});

const files = (folder: string, ending: RegExp) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

test('styles and classes know a start and an end, no left and no right', () => {
  const root = resolve(import.meta.dirname, '../..');
  const physical =
    /[{;](?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)[a-z-]*|left|right):|text-align:(?:left|right)|float:(?:left|right)/g;
  for (const { name, text } of files(join(root, 'dist/web/assets'), /\.css$/)) expect(text.match(physical), name).toBeNull();
  const classes =
    /(?<=[\s"'`:!-])(?:[mp][lr]|left|right|border-[lr]|rounded-(?:[lr]|tl|tr|bl|br)|text-left|text-right|float-left|float-right|scroll-[mp][lr])-(?:\d|\[|auto|px|full|x?[sl]m?g?\b)|(?<=[\s"'`:])text-(?:left|right)(?=[\s"'`])/g;
  for (const { name, text } of files(join(root, 'web/src'), /\.tsx$/)) expect(text.match(classes), name).toBeNull();
});
