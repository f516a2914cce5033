import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

export interface Browser {
  path: string;
  args: string[];
}

const sandboxless = ['--no-sandbox', '--disable-dev-shm-usage'];

/** Chromium as the package brings it, unpacked into the temporary folder. */
async function packaged(): Promise<Browser> {
  const { default: bundled } = await import('@sparticuz/chromium');
  // Its own list is made for a Lambda function: one process only, and no caches. Here it is a browser like any other.
  const unwanted = ['--single-process', '--no-zygote', '--headless'];
  const args = bundled.args.filter((arg) => !unwanted.some((each) => arg.startsWith(each)));
  return { path: await bundled.executablePath(), args: [...args, ...sandboxless] };
}

/** What is wrong with a browser: undefined where it opens a page. */
async function complaint({ path, args }: Browser): Promise<string | undefined> {
  try {
    const browser = await chromium.launch({ executablePath: path, args, timeout: 30_000 });
    await (await browser.newPage()).goto('data:text/html,<p>Suki');
    await browser.close();
    return undefined;
  } catch (error) {
    return `${path}: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}`;
  }
}

/** The first browser that works: the one named in CHROMIUM_PATH, Debian's, the packaged one. A string says why there is none. */
export async function findChromium(): Promise<Browser | string> {
  const reasons: string[] = [];
  const installed = [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].filter((path) => path !== undefined);
  for (const path of installed) {
    const found = { path, args: sandboxless };
    const wrong = existsSync(path) ? await complaint(found) : `${path} is not there`;
    if (!wrong) return found;
    reasons.push(wrong);
  }
  try {
    const found = await packaged();
    const wrong = await complaint(found);
    if (!wrong) return found;
    reasons.push(wrong);
  } catch (error) {
    reasons.push(String(error));
  }
  return `no Chromium works here (${reasons.join('; ')}). Name one with CHROMIUM_PATH`;
}
