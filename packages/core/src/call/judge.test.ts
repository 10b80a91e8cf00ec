import { expect, it, vi } from 'vitest';
import { CircuitOpenError } from '../errors/circuit-open-error.js';
import { judge } from './judge.js';
import type { Outcome } from './outcome.js';

const jury = { classify: undefined, exclude: [], ignore: [] };
const threw = (error: unknown): Outcome => ({ threw: true, error, durationMs: 1 });
const gave = (value: unknown): Outcome => ({ threw: false, value, durationMs: 1 });

it('goes by the rule where nobody says otherwise', () => {
  const never = { report: vi.fn() };
  expect(judge(gave(undefined), jury, never)).toBe('success');
  expect(judge(threw(undefined), jury, never)).toBe('failure');
  const rejected = new CircuitOpenError('other', { state: 'open', reason: 'open', retryAfterMs: 1 });
  expect(judge(threw(rejected), jury, never)).toBe('ignore');
  expect(never.report).not.toHaveBeenCalled();
});

it('leaves to the rule what the classifier does not name, and takes that for no fault', () => {
  const never = { report: vi.fn() };
  const silent = { ...jury, classify: () => undefined };
  expect(judge(gave(1), silent, never)).toBe('success');
  expect(judge(threw(1), silent, never)).toBe('failure');
  expect(never.report).not.toHaveBeenCalled();
});

it('passes over a classifier that gives a promise, or what is no verdict, and says what it gave', () => {
  const faultOf = (answer: unknown): unknown => {
    const fault = { report: vi.fn() };
    expect(judge(gave(1), { ...jury, classify: () => answer as never }, fault)).toBe('success');
    expect(fault.report).toHaveBeenCalledExactlyOnceWith(expect.any(TypeError), 'classify');
    return fault.report.mock.calls[0]?.[0];
  };
  for (const promise of [Promise.resolve('failure'), Promise.reject(new Error('late'))]) {
    expect(faultOf(promise)).toHaveProperty('message', 'classify must answer at once, but gave a promise');
  }
  for (const [answer, shown] of [
    [true, 'true'],
    ['fail', '"fail"'],
    [null, 'null'],
  ]) {
    const message = `classify must answer 'success', 'failure', 'ignore' or undefined, but gave ${shown}`;
    expect(faultOf(answer)).toHaveProperty('message', message);
  }
});

it.each(['exclude', 'ignore'] as const)(
  'passes over a predicate of %s that gives a promise, which would match everything',
  (option) => {
    const matchers = [(() => Promise.resolve(true)) as never];
    const fault = { report: vi.fn() };
    expect(judge(threw(new Error('down')), { ...jury, [option]: matchers }, fault)).toBe('failure');
    expect(fault.report).toHaveBeenCalledExactlyOnceWith(expect.any(TypeError), option);
  },
);
