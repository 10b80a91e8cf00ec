import { CircuitTrippedError } from '@breaker/core';
import { expect, it } from 'vitest';
import { Lots } from './lots.js';
import { simulateFleet } from './simulate-fleet.js';
import { SimulatedCall } from './simulated-call.js';
import type { SimulatedProcess } from './simulated-process.js';
import { type RejectionSource, watchRejections } from './unhandled-rejections.js';

it('cannot draw among choices without weight', () => {
  expect(() => new Lots(1).weighted([[0, 'never']])()).toThrow('At least one weight must be above 0');
});

it("tells a call's own outcome from what is none", () => {
  const ends = (settle: (call: SimulatedCall) => void) => {
    const call = new SimulatedCall({ pauses: 0 } as SimulatedProcess, 0, false);
    settle(call);
    return call.result;
  };
  expect(ends((call) => call.resolve(1, call))).toBe('success');
  expect(ends((call) => call.resolve(1, 'something'))).toBe('strange');
  expect(ends((call) => call.reject(1, call.error))).toBe('failure');
  expect(ends((call) => call.reject(1, new CircuitTrippedError('a', call.error)))).toBe('failure');
  expect(ends((call) => call.reject(1, new CircuitTrippedError('a', new Error('of the storage'))))).toBe('strange');
  expect(ends((call) => call.reject(1, call.abortion))).toBe('ignored');
  expect(ends((call) => call.reject(1, undefined))).toBe('strange');
});

it('reports rejections that nobody handles, until it is told to stop', () => {
  const listeners = new Set<(reason: unknown) => void>();
  const source: RejectionSource = {
    on: (_, listener) => listeners.add(listener),
    off: (_, listener) => listeners.delete(listener),
  };
  const reports: unknown[] = [];
  const stop = watchRejections((...report) => reports.push(report), source);
  for (const listener of listeners) listener(new Error('lost'));
  expect(reports).toEqual([[12, 'a rejection that nobody handles: Error: lost']]);
  stop();
  expect(listeners.size).toBe(0);
});

it('takes a step that throws for a violation', async () => {
  const { violations, steps } = await simulateFleet({
    seed: 1,
    processes: 1,
    schedule: [
      { action: 'remake', process: 0 },
      { action: 'configure', process: 0, options: { maxTrials: 0 } },
    ],
  });
  expect(steps).toBe(1);
  expect(violations).toMatchObject([
    { invariant: 12, step: 1, at: 0, schedule: [{ action: 'configure', process: 0, options: { maxTrials: 0 } }] },
  ]);
});
