import { describe, expect, it } from 'vitest';
import { thrownBy } from '../test/caught.js';
import {
  type CircuitBreakerOptions,
  failureCount,
  failureRate,
  lastCalls,
  shareOutcomes,
  shareTrips,
} from './index.js';
import { Settings } from './settings.js';
import { MemoryStorage } from './storage/memory-storage.js';

const storage = new MemoryStorage();
const count = failureCount({ threshold: 5, windowMs: 1_000 });

const errorOf = (options: object) => thrownBy(() => Settings.of(options as CircuitBreakerOptions));

describe('the options of a shared circuit', () => {
  it('have the defaults of the contract', () => {
    expect(Settings.of({ storage })).toMatchObject({
      storage,
      sharing: { kind: 'outcomes', flushIntervalMs: 50, hearingMs: 150 },
      leaseTimeoutMs: 100,
      storageTimeoutMs: 500,
      syncIntervalMs: 5_000,
    });
  });

  it('are kept as they are given', () => {
    const given = {
      storage,
      sharing: shareTrips({ quorum: 2 }),
      leaseTimeoutMs: 0,
      storageTimeoutMs: 1,
      syncIntervalMs: 2,
    };
    expect(Settings.of(given)).toMatchObject(given);
  });

  it('make another breaker like it', () => {
    const settings = Settings.of({ storage, leaseTimeoutMs: 7 });
    expect({ ...Settings.of({ ...settings }) }).toEqual({ ...settings });
  });

  it.each([
    [
      { storage: 'redis://' },
      new TypeError('storage must be a storage, such as new MemoryStorage(), but is "redis://"'),
    ],
    [{ storage: {} }, new TypeError('storage.read must be a function, but is undefined')],
    [
      { storage, sharing: 'outcomes' },
      new TypeError('sharing must be shareOutcomes() or shareTrips(), but is "outcomes"'),
    ],
    [
      { storage, leaseTimeoutMs: -1 },
      new RangeError('leaseTimeoutMs must be a finite number of milliseconds of at least 0, but is -1'),
    ],
    [
      { storage, storageTimeoutMs: 0 },
      new RangeError('storageTimeoutMs must be a finite number of milliseconds above 0, but is 0'),
    ],
    [
      { storage, syncIntervalMs: '5' },
      new TypeError('syncIntervalMs must be a finite number of milliseconds above 0, but is "5"'),
    ],
  ])('are refused where they are wrong: %o', (options, error) => {
    expect(errorOf(options)).toEqual(error);
  });

  it('are checked also where nothing is shared, and then not kept', () => {
    expect(errorOf({ syncIntervalMs: -1 })).toBeInstanceOf(RangeError);
    expect(errorOf({ sharing: 5 })).toBeInstanceOf(TypeError);
    const settings = Settings.of({ sharing: shareTrips(), leaseTimeoutMs: 5 });
    expect(Object.keys(settings)).toEqual(Object.keys(Settings.of({})));
  });
});

describe('sharing outcomes', () => {
  it.each([
    ['failureCount', count, 'failure-count:1000'],
    ['lastCalls', lastCalls({ size: 9, threshold: 0.5 }), 'last-calls:9'],
  ])('needs a policy that can be merged, and %s cannot', (_, trip, key) => {
    const hint = `trip must be a mergeable policy where outcomes are shared, but is "${key}": give another, or shareTrips()`;
    for (const sharing of [undefined, shareOutcomes()])
      expect(errorOf({ storage, trip, sharing })).toEqual(new TypeError(hint));
  });

  it('is not needed for such a policy', () => {
    expect(Settings.of({ storage, trip: count, sharing: shareTrips() }).policy).toBe(count);
    expect(Settings.of({ trip: count }).policy).toBe(count);
  });

  it('takes failureRate', () => {
    const trip = failureRate({ threshold: 0.5, windowMs: 1_000 });
    expect(Settings.of({ storage, trip }).policy).toBe(trip);
  });
});

describe('changing options', () => {
  const settings = Settings.of({ storage, storageTimeoutMs: 7 });

  it('keeps those that are not named, and restores the defaults of those that are undefined', () => {
    expect(settings.with({ syncIntervalMs: 9 })).toMatchObject({ storage, storageTimeoutMs: 7, syncIntervalMs: 9 });
    expect(settings.with({ storageTimeoutMs: undefined })).toMatchObject({ storageTimeoutMs: 500 });
  });

  it('leaves what is shared, and with whom, as it is', () => {
    const message = 'must stay as it is while the breaker runs, but is given: an object';
    expect(thrownBy(() => settings.with({ storage } as never))).toEqual(new TypeError(`storage ${message}`));
    expect(thrownBy(() => settings.with({ sharing: shareTrips() } as never))).toEqual(
      new TypeError(`sharing ${message}`),
    );
  });

  it('gives no policy that cannot be merged to who shares outcomes', () => {
    expect(thrownBy(() => settings.with({ trip: count }))).toBeInstanceOf(TypeError);
  });
});
