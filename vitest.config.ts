import { defineConfig } from 'vitest/config';

/** One project a folder of test/, so that `npm run test:unit` and its kin pick theirs by name. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
