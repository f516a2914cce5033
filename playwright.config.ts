import { defineConfig } from '@playwright/test';

/** `npm run test:e2e`: the product in a real Chromium. test/e2e/start.ts looks for the browser and starts the product. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '*.test.ts',
  globalSetup: './test/e2e/start.ts',
  outputDir: 'test-results',
  reporter: 'list',
  workers: 2,
  // A browser on a busy machine is late now and then: what passes at the second try is printed as flaky.
  retries: process.env.CI ? 2 : 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    // Known from the environment only after the global setup; the workers read this file anew.
    baseURL: process.env.E2E_BASE_URL ?? 'http://127.0.0.1:4000',
    launchOptions: { executablePath: process.env.E2E_CHROMIUM ?? '', args: JSON.parse(process.env.E2E_CHROMIUM_ARGS ?? '[]') as string[] },
    locale: 'en-GB',
    timezoneId: 'Asia/Manila',
    viewport: { width: 1280, height: 860 },
    actionTimeout: 15_000,
    screenshot: 'only-on-failure',
    trace: 'off',
    contextOptions: { reducedMotion: 'reduce' },
  },
});
