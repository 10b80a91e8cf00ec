import { expect, it, vi } from 'vitest';
import { CircuitOpenError } from '../errors/circuit-open-error.js';
import { compileMatchers } from './error-matcher.js';
import { judge } from './judge.js';
import type { Outcome } from './outcome.js';

const jury = { classify: undefined, excluded: [], ignored: [] };
const threw = (error: unknown): Outcome => ({ threw: true, error, durationMs: 1 });
const gave = (value: unknown): Outcome => ({ threw: false, value, durationMs: 1 });

it('goes by the rule where nobody says otherwise', () => {
  const never = vi.fn();
  expect(judge(gave(undefined), jury, never)).toBe('success');
  expect(judge(threw(undefined), jury, never)).toBe('failure');
  const rejected = new CircuitOpenError('other', { state: 'open', reason: 'open', retryAfterMs: 1 });
  expect(judge(threw(rejected), jury, never)).toBe('ignore');
  expect(never).not.toHaveBeenCalled();
});

it('passes over a classifier that gives a promise, or what is no verdict', () => {
  for (const answer of [Promise.resolve('failure'), Promise.reject(new Error('late')), true, 'fail', null]) {
    const fault = vi.fn();
    expect(judge(gave(1), { ...jury, classify: () => answer as never }, fault)).toBe('success');
    expect(fault).toHaveBeenCalledExactlyOnceWith(expect.any(TypeError), 'classify');
  }
});

it('passes over a predicate that gives a promise, which would match everything', () => {
  const excluded = compileMatchers('exclude', [(() => Promise.resolve(true)) as never]);
  const fault = vi.fn();
  expect(judge(threw(new Error('down')), { ...jury, excluded }, fault)).toBe('failure');
  expect(fault).toHaveBeenCalledExactlyOnceWith(expect.any(TypeError), 'exclude');
});
