import { afterEach, beforeEach, expect } from 'vitest';

/** Fails every test of the file that leaves a rejection unhandled. */
export function expectNoUnhandledRejection(): void {
  const reasons: unknown[] = [];
  const keep = (reason: unknown): void => void reasons.push(reason);

  beforeEach(() => {
    reasons.length = 0;
    process.on('unhandledRejection', keep);
  });

  afterEach(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', keep);
    expect(reasons).toEqual([]);
  });
}
