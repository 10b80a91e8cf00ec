import { beforeEach, describe, expect, it } from 'vitest';
import { rejectionOf } from '../test/caught.js';
import { deferred } from '../test/deferred.js';
import { FakeClock } from '../test/fake-clock.js';
import { letPromisesRun } from '../test/let-promises-run.js';
import { watchSignal } from '../test/watched-signal.js';
import { Patience } from './patience.js';

let clock: FakeClock;

beforeEach(() => {
  clock = new FakeClock();
});

function never(): Promise<void> {
  return deferred<void>().promise;
}

describe('patience', () => {
  it('waits for a promise', async () => {
    const patience = new Patience(clock, 100, undefined);
    const slow = deferred<void>();
    let isOver = false;
    const waiting = patience.waitFor(slow.promise).then(() => (isOver = true));
    await letPromisesRun();
    expect(isOver).toBe(false);
    slow.resolve();
    await waiting;
  });

  it('ends after its time, for all that it waits for together', async () => {
    const patience = new Patience(clock, 100, undefined);
    clock.advance(60);
    await patience.waitFor(Promise.resolve());
    let isOver = false;
    const waiting = patience.waitFor(never()).then(() => (isOver = true));
    await clock.advanceAsync(39);
    expect(isOver).toBe(false);
    await clock.advanceAsync(1);
    await waiting;
  });

  it('ends when the caller aborts, with the reason, also while nothing is waited for', async () => {
    const controller = new AbortController();
    const patience = new Patience(clock, 100, controller.signal);
    const waiting = rejectionOf(patience.waitFor(never()));
    controller.abort('enough');
    expect(await waiting).toBe('enough');
    expect(await rejectionOf(patience.waitFor(never()))).toBe('enough');
  });

  it('leaves no timer, and nothing at the signal', () => {
    const { signal } = new AbortController();
    const watched = watchSignal(signal);
    const patience = new Patience(clock, 100, signal);
    expect([clock.pending, watched.attached]).toEqual([1, 1]);
    patience.end();
    expect([clock.pending, watched.attached]).toEqual([0, 0]);
  });
});
