import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from '../../src/index.js';
import { rejectionOf } from '../caught.js';
import { FakeClock } from '../fake-clock.js';
import { letPromisesRun } from '../let-promises-run.js';
import { RecordingListener } from '../recording-listener.js';

type Then = (onValue: (value: unknown) => void, onError: (error: unknown) => void) => unknown;

/** A promise of somebody else's making. */
function thenable(then: Then): PromiseLike<unknown> {
  return Object.defineProperty({}, 'then', { value: then }) as PromiseLike<unknown>;
}

const error = new Error('down');

for (const heard of [false, true]) {
  const make = (): CircuitBreaker =>
    new CircuitBreaker('orders', { clock: new FakeClock(), listeners: heard ? [new RecordingListener()] : [] });

  describe(heard ? 'a call that gives, with listeners' : 'a call that gives, without listeners', () => {
    it('a thenable is awaited', async () => {
      const breaker = make();
      expect(await breaker.execute(() => thenable((onValue) => onValue('value')))).toBe('value');
      expect(await rejectionOf(breaker.execute(() => thenable((_, onError) => onError(error))))).toBe(error);
      expect(breaker.counts).toMatchObject({ calls: 2, successes: 1, failures: 1 });
    });

    it('a thenable that throws has failed', async () => {
      const breaker = make();
      const throwing = thenable(() => {
        throw error;
      });
      expect(await rejectionOf(breaker.execute(() => throwing))).toBe(error);
      expect(breaker.counts).toMatchObject({ calls: 1, failures: 1 });
    });

    it('an object whose then cannot be read has failed', async () => {
      const breaker = make();
      const unreadable = Object.defineProperty({}, 'then', {
        get: () => {
          throw error;
        },
      });
      expect(await rejectionOf(breaker.execute(() => unreadable))).toBe(error);
      expect(breaker.counts).toMatchObject({ calls: 1, failures: 1 });
    });

    it('an object whose then is no function is a value', async () => {
      const breaker = make();
      const value = Object.defineProperty({}, 'then', { value: 'later' });
      expect(await breaker.execute(() => value)).toBe(value);
      expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
    });

    it('a thenable that settles twice counts once', async () => {
      const breaker = make();
      const twice = thenable((onValue, onError) => {
        onValue('value');
        onError(error);
        onValue('again');
        throw error;
      });
      expect(await breaker.execute(() => twice)).toBe('value');
      const other = thenable((onValue, onError) => {
        onError(error);
        onValue('value');
      });
      expect(await rejectionOf(breaker.execute(() => other))).toBe(error);
      await letPromisesRun();
      expect(breaker.counts).toMatchObject({ calls: 2, successes: 1, failures: 1 });
    });

    it('a thenable of a thenable is awaited to the end', async () => {
      const breaker = make();
      const good = thenable((onValue) => onValue(Promise.resolve('value')));
      const bad = thenable((onValue) => onValue(Promise.reject(error)));
      expect(await breaker.execute(() => good)).toBe('value');
      expect(await rejectionOf(breaker.execute(() => bad))).toBe(error);
      expect(breaker.counts).toMatchObject({ calls: 2, successes: 1, failures: 1 });
    });

    it('a function with a then is awaited too', async () => {
      const breaker = make();
      const callable = Object.assign(() => 1, {
        // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
        then: (onValue: (value: unknown) => void) => onValue('value'),
      });
      expect(await breaker.execute(() => callable)).toBe('value');
    });

    it('a subclass of Promise is awaited, and the caller gets a plain promise', async () => {
      class Own<Value> extends Promise<Value> {}
      const breaker = make();
      const seen = breaker.execute(() => Own.resolve('value'));
      expect(seen).toBeInstanceOf(Promise);
      expect(Object.getPrototypeOf(seen)).toBe(Promise.prototype);
      expect(await seen).toBe('value');
    });

    it('the same promise for many calls counts for each', async () => {
      const breaker = make();
      const shared = Promise.reject(error);
      const seen = Array.from({ length: 4 }, () => rejectionOf(breaker.execute(() => shared)));
      expect(await Promise.all(seen)).toEqual([error, error, error, error]);
      expect(breaker.counts).toMatchObject({ calls: 4, failures: 4 });
    });
  });
}
