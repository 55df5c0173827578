import { defineConfig } from 'vitest/config';

const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // Two cores: real processes under test and the tests themselves share them.
    maxWorkers: 2,
    minWorkers: 1,
    pool: 'forks',
    projects: [
      // One after the other: side by side they would have twice the workers, and browsers beside tests of the load's timing.
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'webview/**/*.test.ts'],
          sequence: { groupOrder: 0 },
          ...timeouts,
        },
      },
      // What needs more than one file runs what users run: the bundles, built before the first of them.
      {
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          globalSetup: ['test/globalSetup.ts'],
          sequence: { groupOrder: 1 },
          ...timeouts,
        },
      },
    ],
  },
});
