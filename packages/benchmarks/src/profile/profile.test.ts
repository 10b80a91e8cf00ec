import { expect, it } from 'vitest';
import { profile } from './profile.js';

it('says how much of the time is spent in what, all in all a hundred per cent', async () => {
  let last = 0;
  const shares = await profile(() => {
    for (let i = 0; i < 100; i++) last = Math.sin(last + i);
  }, 200);
  expect(last).not.toBe(0);
  expect(shares[0]?.of).toBe('the call itself, and the benchmark');
  expect(shares.reduce((sum, { percent }) => sum + percent, 0)).toBeCloseTo(100);
});
