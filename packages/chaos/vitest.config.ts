import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: '@breaker/redis-server-for-tests/find-redis',
    reporters: ['default', ['json', { outputFile: '.reports/vitest.json' }]],
    // Every fleet has processes enough of its own.
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
