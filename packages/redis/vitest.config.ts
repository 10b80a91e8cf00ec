import { defineConfig } from 'vitest/config';

const isWithoutRedis = process.env.WITHOUT_REDIS === '1';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: '@breaker/redis-server-for-tests/find-redis',
    typecheck: { enabled: true, include: ['**/*.test-d.ts'] },
    reporters: ['default', ['json', { outputFile: '.reports/vitest.json' }]],
    // They wait for servers more than they compute.
    maxWorkers: 3,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    coverage: {
      enabled: !isWithoutRedis,
      include: ['src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.test-d.ts', '**/redis-server-for-tests/**'],
      reporter: [['text', { skipFull: true }]],
      reportsDirectory: '.reports/coverage',
      thresholds: { lines: 100, functions: 100, branches: 100, statements: 100 },
    },
  },
});
