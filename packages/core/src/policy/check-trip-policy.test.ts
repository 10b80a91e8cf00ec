import { describe, expect, it } from 'vitest';
import { checkTripPolicy } from './check-trip-policy.js';

const bare = { key: 'mine', initial: () => 0, record: (memory: number) => memory, trips: () => false };

describe('checkTripPolicy', () => {
  it('takes a policy that has just what it must have', () => {
    expect(() => checkTripPolicy('trip', bare)).not.toThrow();
  });

  it('takes one that has everything', () => {
    const policy = { ...bare, failures: () => 0, windowMs: 0.5, slowCallMs: 1, mergeable: false };
    expect(() => checkTripPolicy('trip', policy)).not.toThrow();
  });

  it('takes one whose optional parts are undefined, or that has parts of its own', () => {
    const policy = { ...bare, failures: undefined, windowMs: undefined, slowCallMs: undefined, mergeable: undefined };
    expect(() => checkTripPolicy('trip', { ...policy, threshold: 3 })).not.toThrow();
  });

  it('takes an instance of a class', () => {
    class Mine {
      readonly key = 'mine';
      initial = () => 0;
      record(memory: number): number {
        return memory;
      }
      trips(): boolean {
        return false;
      }
    }
    expect(() => checkTripPolicy('trip', new Mine())).not.toThrow();
  });

  it.each([
    [5, TypeError, 'trip must be a trip policy, such as consecutiveFailures(5), but is 5'],
    [null, TypeError, 'trip must be a trip policy, such as consecutiveFailures(5), but is null'],
    [[bare], TypeError, 'trip must be a trip policy, such as consecutiveFailures(5), but is an array'],
    [() => bare, TypeError, 'trip must be a trip policy, such as consecutiveFailures(5), but is a function'],
    [{ ...bare, key: undefined }, TypeError, 'trip.key must be a non-empty string, but is undefined'],
    [{ ...bare, key: '' }, TypeError, 'trip.key must be a non-empty string, but is ""'],
    [{ ...bare, initial: 0 }, TypeError, 'trip.initial must be a function, but is 0'],
    [{ ...bare, record: undefined }, TypeError, 'trip.record must be a function, but is undefined'],
    [{ ...bare, trips: true }, TypeError, 'trip.trips must be a function, but is true'],
    [{ ...bare, failures: 3 }, TypeError, 'trip.failures must be a function, but is 3'],
    [{ ...bare, windowMs: 0 }, RangeError, 'trip.windowMs must be a finite number of milliseconds above 0, but is 0'],
    [
      { ...bare, windowMs: '1s' },
      TypeError,
      'trip.windowMs must be a finite number of milliseconds above 0, but is "1s"',
    ],
    [
      { ...bare, slowCallMs: Number.NaN },
      RangeError,
      'trip.slowCallMs must be a finite number of milliseconds above 0, but is NaN',
    ],
    [{ ...bare, mergeable: 1 }, TypeError, 'trip.mergeable must be true or false, but is 1'],
  ])('refuses %o', (policy, Failure, message) => {
    const check = () => checkTripPolicy('trip', policy);
    expect(check).toThrow(Failure);
    expect(check).toThrow(message);
  });
});
