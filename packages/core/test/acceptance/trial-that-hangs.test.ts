import { describe, expect, it } from 'vitest';
import { CircuitOpenError, CircuitTimeoutError, CircuitTrippedError } from '../../src/index.js';
import { rejectionOf } from '../caught.js';
import { FakeTimer } from '../fake-clock.js';
import { setUp } from '../set-up.js';

const TRIAL_MS = 50;
const never = (): Promise<never> => new Promise(() => undefined);

describe('A trial that is still running at its deadline', () => {
  function setUpDue() {
    const setting = setUp({ failureThreshold: 1, resetTimeoutMs: 10, trialTimeoutMs: TRIAL_MS });
    void setting.breaker.open();
    setting.clock.advance(10);
    return setting;
  }

  // As where the event loop has more to do than to run timers: somebody asks when the deadline is over, and its timer has not run.
  it('has failed, though a call comes between its deadline and its timer', async () => {
    const { breaker, clock, recorder } = setUpDue();
    let between: Promise<unknown> | undefined;
    clock.setTimeout(() => {
      between = rejectionOf(breaker.execute(() => 1));
    }, TRIAL_MS);
    const hanging = rejectionOf(breaker.execute(never));
    clock.advance(TRIAL_MS);
    const error = await hanging;
    expect(error).toBeInstanceOf(CircuitTrippedError);
    expect(error).toHaveProperty('cause', expect.any(CircuitTimeoutError));
    expect(recorder.last('failure')).toMatchObject({ trial: true, late: false });
    expect(breaker.snapshot()).toMatchObject({ state: 'open', trips: 2 });
    const rejection = await between;
    expect(rejection).toBeInstanceOf(CircuitOpenError);
    expect(rejection).toMatchObject({ reason: 'trial-limit', retryAfterMs: 0 });
  });

  it('gives its place to the next call all the same, where its timer never comes', async () => {
    const { breaker, clock } = setUpDue();
    clock.setTimeout = (run) => new FakeTimer(Number.POSITIVE_INFINITY, run);
    void breaker.execute(never);
    clock.advance(2 * TRIAL_MS - 1);
    expect(await rejectionOf(breaker.execute(() => 1))).toBeInstanceOf(CircuitOpenError);
    clock.advance(1);
    expect(await breaker.execute(() => 1)).toBe(1);
    expect(breaker.state).toBe('closed');
  });
});
