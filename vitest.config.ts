import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Some tests start programs, and machines may be busy.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
