import { resolve } from 'node:path';
import { findChromium } from './chromium.ts';
import { demoTold, type LocalJson, readJson, startProduct } from './product.ts';

/**
 * The tests of this folder use Suki as people do: in a real Chromium, against a product of their own that tells the whole demo.
 *
 * - `npm run test:e2e` runs all of them, `npm run test:e2e -- imports` one file.
 * - CHROMIUM_PATH names the browser; else Debian's is taken, else the packaged one. Without any the tests are skipped and say why.
 * - E2E_DATA names the data folder of a product that runs already, which saves the start while writing a test.
 *
 * One product serves all workers, so a test makes the customers that it changes. What is said in `suki.ts` (`as`, `api`) is all a
 * test needs to begin.
 */
export default async function start(): Promise<(() => Promise<void>) | undefined> {
  const browser = await findChromium();
  if (typeof browser === 'string') {
    console.log(`Browser tests are skipped: ${browser}.`);
    process.env.E2E_SKIP = browser;
    return undefined;
  }
  process.env.E2E_CHROMIUM = browser.path;
  process.env.E2E_CHROMIUM_ARGS = JSON.stringify(browser.args);
  const running = process.env.E2E_DATA;
  if (running) {
    const local = readJson<LocalJson>(running, 'local.json');
    if (!local) throw new Error(`No product runs on ${running}.`);
    process.env.E2E_BASE_URL = local.baseUrl;
    process.env.E2E_DATA = resolve(running);
    return undefined;
  }
  const product = await startProduct();
  process.env.E2E_DATA = product.dataDir;
  process.env.E2E_BASE_URL = product.local.baseUrl;
  await demoTold(product.dataDir, product.local.baseUrl);
  return product.stop;
}
