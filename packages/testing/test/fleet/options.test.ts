import {
  CircuitBreaker,
  type CircuitBreakerOptions,
  failureCount,
  failureRate,
  lastCalls,
  MemoryStorage,
  shareOutcomes,
  shareTrips,
  type TripPolicy,
} from '@breaker/core';
import { describe, expect, it } from 'vitest';

const storage = new MemoryStorage();
const oneOfOnesOwn: TripPolicy<number> = {
  key: "one of one's own",
  initial: () => 0,
  record: (memory, { failures }) => memory + failures,
  trips: (memory) => memory > 2,
};

function make(options: unknown): () => CircuitBreaker {
  return () => new CircuitBreaker('orders', options as CircuitBreakerOptions);
}

describe('the defaults of a shared circuit', () => {
  it('are those of the contract', () => {
    expect(make({ storage })().options).toMatchObject({
      leaseTimeoutMs: 100,
      storageTimeoutMs: 500,
      syncIntervalMs: 5_000,
    });
    expect(make({ storage })().options.storage).toBe(storage);
  });

  it('hold for what is undefined', () => {
    const names = ['sharing', 'leaseTimeoutMs', 'storageTimeoutMs', 'syncIntervalMs'] as const;
    const { options } = make({ storage, ...Object.fromEntries(names.map((name) => [name, undefined])) })();
    for (const name of names) expect(options[name]).toEqual(make({ storage })().options[name]);
    expect(make({ storage: undefined })().options.storage).toBeUndefined();
  });

  it('are enough to make a breaker like it', () => {
    for (const sharing of [shareOutcomes({ hearingMs: 90 }), shareTrips({ quorum: 3 }), undefined]) {
      const { options } = make({ storage, sharing, leaseTimeoutMs: 30 })();
      expect(Object.isFrozen(options)).toBe(true);
      expect(new CircuitBreaker('users', options).options).toEqual(options);
    }
  });
});

describe('an option of a shared circuit that is no good', () => {
  it.each([
    [
      'storage',
      [null, 5, 'redis://', {}, { read() {} }, { read() {}, update: 5 }, { read() {}, update() {}, subscribe: 1 }],
    ],
    ['sharing', [null, 5, 'outcomes', {}, [], () => shareOutcomes()]],
    ['leaseTimeoutMs', [-1, Number.NaN, Number.POSITIVE_INFINITY, '100', null]],
    ['storageTimeoutMs', [0, -1, Number.NaN, Number.POSITIVE_INFINITY, '500', null]],
    ['syncIntervalMs', [0, -1, Number.NaN, Number.POSITIVE_INFINITY, '5000', null]],
  ])('%s is refused by name', (name, values) => {
    for (const value of values) {
      let thrown: unknown;
      try {
        make({ storage, [name]: value })();
      } catch (error) {
        thrown = error;
      }
      expect(thrown instanceof TypeError || thrown instanceof RangeError, `${name}: ${String(value)}`).toBe(true);
      expect((thrown as Error).message).toContain(name);
    }
  });

  it('may be 0 where 0 means at once', () => {
    expect(
      make({ storage, leaseTimeoutMs: 0, sharing: shareOutcomes({ flushIntervalMs: 0, hearingMs: 0 }) }),
    ).not.toThrow();
  });

  it.each([
    ['flushIntervalMs', () => shareOutcomes({ flushIntervalMs: -1 })],
    ['flushIntervalMs', () => shareOutcomes({ flushIntervalMs: Number.NaN })],
    ['hearingMs', () => shareOutcomes({ hearingMs: -1 })],
    ['hearingMs', () => shareOutcomes({ hearingMs: '150' as never })],
    ['quorum', () => shareOutcomes({ quorum: 1 } as never)],
    ['quorum', () => shareTrips({ quorum: 0 })],
    ['quorum', () => shareTrips({ quorum: 1.5 })],
    ['quorum', () => shareTrips({ quorum: '2' as never })],
    ['hearingMs', () => shareTrips({ hearingMs: 1 } as never)],
  ])('%s of a way of sharing too', (name, run) => {
    expect(run).toThrow(new RegExp(name));
  });
});

describe('a policy that cannot be merged', () => {
  const policies = [
    failureCount({ threshold: 2, windowMs: 100 }),
    lastCalls({ size: 4, threshold: 0.5 }),
    oneOfOnesOwn,
  ];

  it('is refused with shareOutcomes, by default and when given', () => {
    for (const trip of policies) {
      expect(make({ storage, trip })).toThrow(/trip|mergeable/);
      expect(make({ storage, trip, sharing: shareOutcomes() })).toThrow(/trip|mergeable/);
    }
  });

  it('is welcome with shareTrips, and without a storage', () => {
    for (const trip of policies) {
      expect(make({ storage, trip, sharing: shareTrips() })).not.toThrow();
      expect(make({ trip })).not.toThrow();
    }
  });

  it('is refused by configure, which then changes nothing', () => {
    const breaker = make({ storage, failureThreshold: 3 })();
    for (const trip of policies) {
      expect(() => breaker.configure({ trip, resetTimeoutMs: 10 })).toThrow(/trip|mergeable/);
    }
    expect(breaker.options).toMatchObject({ failureThreshold: 3, resetTimeoutMs: 60_000 });
    breaker.configure({ trip: failureRate({ threshold: 0.5, windowMs: 1_000 }) });
    expect(breaker.options.failureThreshold).toBeUndefined();
  });
});

describe('configure', () => {
  it('refuses another storage and another way of sharing', () => {
    const breaker = make({ storage })();
    for (const changes of [{ storage: new MemoryStorage() }, { sharing: shareTrips() }, { storage }]) {
      expect(() => breaker.configure(changes as never)).toThrow(TypeError);
    }
    expect(breaker.options.storage).toBe(storage);
  });

  it('changes the times', () => {
    const breaker = make({ storage })();
    breaker.configure({ leaseTimeoutMs: 50, storageTimeoutMs: 60, syncIntervalMs: 70 });
    expect(breaker.options).toMatchObject({ leaseTimeoutMs: 50, storageTimeoutMs: 60, syncIntervalMs: 70 });
    expect(() => breaker.configure({ storageTimeoutMs: 0 })).toThrow(RangeError);
  });
});
