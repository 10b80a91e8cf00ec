import { expect, it } from 'vitest';
import { matches } from './error-matcher.js';

it('takes for a class what begins as one, not a predicate that speaks of one', () => {
  expect(matches(class Problem {}, 'problem')).toBe(false);
  expect(matches((error) => error === 'second class', 'second class')).toBe(true);
});

it('refuses a promise for an answer, and says whose it was', () => {
  expect(() => matches((() => Promise.resolve(true)) as never, 'problem')).toThrow(
    'a predicate must answer at once, but gave a promise',
  );
});
