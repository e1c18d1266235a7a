import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Some tests start programs, and machines may be busy.
    testTimeout: 60_000,
    // Tests of servers wait most of their time, so that they take nothing from the others.
    maxWorkers: '100%',
    hookTimeout: 120_000,
  },
});
