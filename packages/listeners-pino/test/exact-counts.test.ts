import { array, assert, constant, integer, oneof, property, record } from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fail } from './calls.js';
import { setUp } from './set-up.js';

beforeEach(() => {
  vi.spyOn(console, 'error').mockReturnValue();
});

afterEach(() => {
  vi.restoreAllMocks();
});

const SUMMARY_MS = 100;

const step = oneof(
  record({ type: constant('fail'), times: integer({ min: 1, max: 5 }) }),
  record({ type: constant('wait'), ms: integer({ min: 1, max: 250 }) }),
  record({ type: constant('flush') }),
  record({ type: constant('break') }),
  record({ type: constant('mend') }),
);

it('counts are exact, and lines few, whatever happens', () => {
  const run = property(array(step, { maxLength: 40 }), (steps) => {
    const { breaker, clock, memory, listener } = setUp({
      breaker: { failureThreshold: 1_000_000 },
      listener: { summaryMs: SUMMARY_MS, levels: { 'listener-error': 'silent' } },
    });
    let flushes = 1;
    for (const next of steps) {
      if ('times' in next) fail(breaker, next.times);
      else if ('ms' in next) clock.advance(next.ms);
      else if (next.type === 'flush') listener.flush();
      else memory.fault = next.type === 'break' ? new Error('disk full') : undefined;
      if (next.type === 'flush') flushes += 1;
    }
    memory.fault = undefined;
    listener.dispose();
    const lines = memory.of('failure');
    expect(lines.reduce((sum, { count }) => sum + (count as number), 0)).toBe(breaker.counts.failures);
    // One at the beginning of a flood and one at the end of each of its windows: at most two in any of them.
    expect(lines.length).toBeLessThanOrEqual(flushes + 2 * (1 + (clock.now() - 1_000) / SUMMARY_MS));
    expect(clock.pending).toBe(0);
  });
  assert(run, { numRuns: 300 });
});
