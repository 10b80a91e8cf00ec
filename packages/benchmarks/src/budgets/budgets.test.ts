import { expect, it } from 'vitest';
import { makeReport } from '../../test/report.js';
import { judge } from './budget.js';
import { budgets } from './budgets.js';

it('judges each, met at its limit and not above', () => {
  const budget = { what: 'a call', limit: 2, unit: 'x' };
  const judged = judge(makeReport(), [
    { ...budget, measured: () => 2.004 },
    { ...budget, measured: () => 2.006 },
  ]);
  expect(judged).toEqual([
    { ...budget, measured: 2, isMet: true },
    { ...budget, measured: 2.01, isMet: false },
  ]);
});

it('meets all of them where everything is cheap', () => {
  expect(judge(makeReport(), budgets).filter(({ isMet }) => !isMet)).toEqual([]);
});

it('misses those of calls where calls are dear', () => {
  const missed = judge(makeReport(20), budgets).filter(({ isMet }) => !isMet);
  expect(missed.map(({ what }) => what)).toEqual([
    'closed success',
    'closed success, time window',
    'closed success, wrap',
    'closed success, classify',
    'closed success, a permit',
    'closed success, a listener to successes',
    'closed success, timeoutMs',
    'closed failure',
    'closed failure, 0 calls in its window',
    'closed failure, 1,000 calls in its window',
    'closed failure, 10,000 calls in its window',
    'closed failure, 100,000 calls in its window',
    'half-open cycle',
    'rejection',
    'rejection, 10 frames deep',
    'rejection, 30 frames deep',
  ]);
});

it('looks at the breaker with a window of time where it says so', () => {
  const verdicts = judge(makeReport(), budgets);
  expect(verdicts.find(({ what }) => what === 'heap of a breaker with a time window')?.measured).toBe(699);
});

it('says what is missing', () => {
  expect(() => judge({ ...makeReport(), imports: [] }, budgets)).toThrow('"@breaker/core" was not measured');
});
