import { describe, it } from 'vitest';
import { run } from './run.js';

/** Tests examples, of which each prints these things, among others. */
export function describeExamples(expected: Readonly<Record<string, readonly (string | RegExp)[]>>): void {
  describe.concurrent.each(Object.entries(expected))('%s', (file, parts) => {
    it('runs to its end and prints what it shows', async ({ expect }) => {
      const { code, stdout, stderr } = await run(file);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      for (const part of parts) expect(stdout).toMatch(part);
    });
  });
}
