import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    typecheck: { enabled: true, include: ['**/*.test-d.ts'] },
    reporters: ['default', ['json', { outputFile: '.reports/vitest.json' }]],
    // Some start processes of their own.
    testTimeout: 30_000,
    coverage: {
      enabled: true,
      include: ['src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.test-d.ts'],
      reporter: [['text', { skipFull: true }]],
      reportsDirectory: '.reports/coverage',
      thresholds: { 100: true },
    },
  },
});
