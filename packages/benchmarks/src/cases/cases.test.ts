import { describe, expect, it } from 'vitest';
import { cases } from './cases.js';

it('have ids of their own', () => {
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
});

const small = cases.filter(({ id }) => !id.endsWith('-10000') && !id.endsWith('-100000'));

describe.each(small)('$title', ({ contenders }) => {
  it('starts with the bare call, and everybody does the work', async () => {
    const all = await contenders();
    expect(all.length).toBeGreaterThan(1);
    expect(all[0]?.name).toBe('bare call');
    for (const contender of all) {
      await contender.prepare?.();
      await contender.run(3);
      contender.dispose();
    }
  });
});
