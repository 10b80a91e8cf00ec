import { defineConfig } from 'vitest/config';

/** For mutation runs: without the tests of the package, which try what is built, and without the search, which is slow. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/package/**', 'test/exhaustive-search/**'],
    testTimeout: 10_000,
  },
});
