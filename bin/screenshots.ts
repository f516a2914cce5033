import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { campaignNames } from '../local/demo/campaigns.ts';
import { type DemoState, readState } from '../local/demo/demo-state.ts';
import { subOf } from '../local/demo/people.ts';
import { findChromium } from '../test/e2e/chromium.ts';

/**
 * `npm run screenshots`: the README's pictures, taken of the demo by the product itself, into docs/images. It starts on a folder and a
 * port of its own; `--data FOLDER` keeps that folder, and takes a product that already runs on it as it is. `--only NAME` takes one.
 */
const root = resolve(import.meta.dirname, '..');
const images = join(root, 'docs/images');
const maxBytes = 200_000;
const size = { width: 1280, height: 800 };

type Scene = { as: string; path: (state: DemoState) => string; dark?: boolean; prepare?: (page: Page) => Promise<void> };

const scenes: Record<string, Scene> = {
  today: {
    as: 'grace',
    path: () => '/',
    async prepare(page) {
      await page.getByRole('heading', { name: 'What to do now' }).waitFor();
      await page.getByText('Overdue').first().waitFor();
    },
  },
  report: {
    as: 'grace',
    path: () => '/campaigns',
    async prepare(page) {
      await page.getByRole('link', { name: campaignNames.completed }).click();
      await page.getByRole('link', { name: 'Report' }).click();
      await page.getByRole('button', { name: 'Count anew' }).waitFor();
    },
  },
  customer: {
    as: 'grace',
    path: ({ told }) => `/customers/${told.fournier}`,
  },
  urdu: {
    as: 'sana',
    path: ({ told }) => `/customers/${told.gulzar}`,
    dark: true,
  },
  import: {
    as: 'grace',
    path: () => '/imports',
    async prepare(page) {
      await page.getByRole('button', { name: 'Try a messy sample' }).click();
      await page.getByRole('button', { name: 'Check without writing' }).click();
      await page.getByRole('button', { name: 'Yes, repair' }).waitFor();
    },
  },
};

const { values } = parseArgs({ options: { data: { type: 'string' }, only: { type: 'string' } } });
const dataDir = resolve(values.data ?? mkdtempSync(join(tmpdir(), 'suki-pictures-')));
const wanted = Object.entries(scenes).filter(([name]) => values.only === undefined || name === values.only);
if (wanted.length === 0) throw new Error(`There is no picture ${values.only}: ${Object.keys(scenes).join(', ')}`);

const isRunning = existsSync(join(dataDir, 'local.json'));
const product = isRunning ? undefined : start();
try {
  const { baseUrl } = await until(() => read<{ baseUrl: string }>('local.json'));
  const state = await until(() => told(readState(dataDir)));
  await until(async () => (await fetch(baseUrl)).ok);
  const browser = await launch();
  try {
    mkdirSync(images, { recursive: true });
    for (const [name, scene] of wanted) {
      const webp = await compressed(browser, await picture(browser, { baseUrl, scene, state }));
      writeFileSync(join(images, `${name}.webp`), webp);
      console.log(`docs/images/${name}.webp  ${Math.round(webp.length / 1000)} kB`);
    }
  } finally {
    await browser.close();
  }
} finally {
  await stop(product);
  if (!values.data) rmSync(dataDir, { recursive: true, force: true });
}

function start(): ChildProcess {
  const env = { ...process.env, SUKI_DATA: dataDir, SUKI_PORT: '0' };
  return spawn(process.execPath, ['bin/dev.ts'], { cwd: root, env, stdio: 'inherit' });
}

async function stop(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

function read<T>(file: string): T | undefined {
  const path = join(dataDir, file);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : undefined;
}

/** The state of a demo that has been told to its end. */
function told(state: DemoState | undefined): DemoState | undefined {
  return state?.done ? state : undefined;
}

/** What `ask` gives, as soon as it gives something. A demo takes half a minute on a busy machine. */
async function until<T>(ask: () => T | undefined | false | Promise<T | undefined | false>, seconds = 300): Promise<T> {
  for (let waited = 0; waited < seconds * 4; waited++) {
    if (product && product.exitCode !== null) throw new Error('The product ended before the pictures were taken.');
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    await wait(250);
  }
  throw new Error(`The demo was not ready after ${seconds} s.`);
}

async function launch(): Promise<Browser> {
  const found = await findChromium();
  if (typeof found === 'string') throw new Error(found);
  return chromium.launch({ executablePath: found.path, args: found.args });
}

async function picture(browser: Browser, { baseUrl, scene, state }: { baseUrl: string; scene: Scene; state: DemoState }): Promise<Buffer> {
  const context = await browser.newContext({
    viewport: size,
    deviceScaleFactor: 1.5,
    colorScheme: scene.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Asia/Manila',
  });
  const page = await context.newPage();
  const path = scene.path(state);
  await page.goto(`${baseUrl}/sign-in?back=${encodeURIComponent(path)}`);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.locator(`button[name=sub][value="${subOf(scene.as)}"]`).click();
  await page.waitForURL(`${baseUrl}${path}`);
  await scene.prepare?.(page);
  await page.waitForLoadState('networkidle');
  await page.evaluate('document.fonts.ready');
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  await context.close();
  return png;
}

/** WebP by the browser's own encoder, as good as fits. */
async function compressed(browser: Browser, png: Buffer): Promise<Buffer> {
  const page = await browser.newPage();
  try {
    for (const quality of [0.9, 0.8, 0.7, 0.6, 0.5]) {
      const url = await page.evaluate<string, [string, number]>(
        async ([source, how]) => {
          const image = new Image();
          image.src = source;
          await image.decode();
          const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth, height: image.naturalHeight });
          canvas.getContext('2d')?.drawImage(image, 0, 0);
          return canvas.toDataURL('image/webp', how);
        },
        [`data:image/png;base64,${png.toString('base64')}`, quality],
      );
      const webp = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
      if (webp.length < maxBytes) return webp;
    }
    throw new Error(`A picture does not fit into ${maxBytes} bytes.`);
  } finally {
    await page.close();
  }
}
