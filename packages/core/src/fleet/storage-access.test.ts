import { beforeEach, describe, expect, it } from 'vitest';
import { rejectionOf } from '../../test/caught.js';
import { FakeClock } from '../../test/fake-clock.js';
import { FaultyStorage } from '../../test/faulty-storage.js';
import { openRecord } from '../../test/fleet-records.js';
import { CircuitStorageError } from '../index.js';
import type { FleetHost } from './fleet-host.js';
import { StorageAccess } from './storage-access.js';

const record = { ...openRecord({ openUntilAt: 9_000, changedAt: 1_000 }) };

let clock: FakeClock;
let storage: FaultyStorage;
let access: StorageAccess;

beforeEach(() => {
  clock = new FakeClock(1_000);
  storage = new FaultyStorage(clock);
  access = accessIn(() => 500);
});

function accessIn(timeoutMs: () => number): StorageAccess {
  const settings = {
    clock,
    storage,
    get storageTimeoutMs() {
      return timeoutMs();
    },
  };
  return new StorageAccess({ name: 'orders', settings } as unknown as FleetHost);
}

const write = () => access.update(() => record, storage);

describe('an operation that the storage does', () => {
  it('gives the record and the time', async () => {
    expect(await access.read()).toEqual({ record: undefined, now: 1_000 });
    expect(await write()).toEqual({ record, now: 1_000 });
    expect(await access.read()).toEqual({ record, now: 1_000 });
  });

  it('leaves no timer behind', async () => {
    await access.read();
    storage.fail();
    await rejectionOf(access.read());
    expect(clock.pending).toBe(0);
  });
});

describe('an operation that takes too long', () => {
  it('fails, a turn after its time: perhaps applied, if it was to write', async () => {
    storage.hang();
    const errors = Promise.all([access.read(), write()].map(rejectionOf));
    await clock.advanceAsync(500);
    expect(clock.pending).toBe(0);
    expect(await errors).toEqual([
      new CircuitStorageError('orders', { reason: 'timeout', mayHaveBeenApplied: false }),
      new CircuitStorageError('orders', { reason: 'timeout', mayHaveBeenApplied: true }),
    ]);
    expect(await errors).toMatchObject([
      { reason: 'timeout', mayHaveBeenApplied: false, cause: { message: 'The storage did not answer in time' } },
      { reason: 'timeout', mayHaveBeenApplied: true },
    ]);
  });

  it('is no failure of the storage where the process was blocked, and the answer is there', async () => {
    storage.delay(600);
    const answer = access.read();
    await clock.advanceAsync(300);
    clock.jump(700);
    await clock.advanceAsync(0);
    expect(await answer).toEqual({ record: undefined, now: 1_300 });
  });

  it('writes nothing when the storage comes to it later', async () => {
    storage.hang();
    const failed = rejectionOf(write());
    await clock.advanceAsync(500);
    await failed;
    storage.heal();
    await clock.advanceAsync(0);
    expect(storage.counts).toMatchObject({ updates: 1, writes: 0 });
    expect(await storage.stored()).toBeUndefined();
  });

  it('goes by the time-out as it is now', async () => {
    let timeoutMs = 500;
    access = accessIn(() => timeoutMs);
    timeoutMs = 20;
    storage.hang();
    const failed = rejectionOf(access.read());
    await clock.advanceAsync(20);
    expect(await failed).toMatchObject({ reason: 'timeout' });
  });
});

describe('an operation that is abandoned', () => {
  it('fails at once, with every other that is under way', async () => {
    storage.hang();
    const errors = Promise.all([access.read(), write()].map(rejectionOf));
    access.abandon();
    expect(await errors).toMatchObject([{ reason: 'timeout' }, { reason: 'timeout' }]);
    expect(clock.pending).toBe(0);
  });
});

describe('an operation that the storage refuses', () => {
  it.each([
    ['nothing of itself', new Error('gone'), 'unavailable', true],
    ['a reason', { reason: 'conflict' }, 'conflict', true],
    ['that it was not applied', { reason: 'timeout', mayHaveBeenApplied: false }, 'timeout', false],
    ['a reason that is none', { reason: 'fatigue', mayHaveBeenApplied: 'perhaps' }, 'unavailable', true],
    ['not even what it is', null, 'unavailable', true],
  ])('fails; where the error says %s, so', async (_, cause, reason, mayHaveBeenApplied) => {
    storage.fail(cause);
    const error = await rejectionOf(write());
    expect(error).toBeInstanceOf(CircuitStorageError);
    expect(error).toMatchObject({ circuit: 'orders', reason, mayHaveBeenApplied, cause });
  });

  it('fails also where the error does not let itself be read', async () => {
    storage.fail(new Proxy({}, { get: () => fault() }));
    expect(await rejectionOf(write())).toMatchObject({ reason: 'unavailable', mayHaveBeenApplied: true });
  });

  it('cannot have been applied where it only reads', async () => {
    storage.fail({ mayHaveBeenApplied: true });
    expect(await rejectionOf(access.read())).toMatchObject({ mayHaveBeenApplied: false });
  });

  it('fails as a rejection where the storage throws at once', async () => {
    const boom = new Error('boom');
    storage.throwAtOnce(boom);
    expect(await rejectionOf(access.read())).toMatchObject({ reason: 'unavailable', cause: boom });
    expect(await rejectionOf(write())).toMatchObject({ reason: 'unavailable', cause: boom });
    expect(clock.pending).toBe(0);
  });

  it('fails with what the change throws', async () => {
    const cause = Object.assign(new Error('strange'), { reason: 'unreadable', mayHaveBeenApplied: false });
    const update = access.update(() => {
      throw cause;
    }, storage);
    expect(await rejectionOf(update)).toMatchObject({ reason: 'unreadable', mayHaveBeenApplied: false, cause });
  });
});

describe('an answer that is none', () => {
  it.each([
    ['undefined', undefined],
    ['a string', 'OK'],
    ['one without a time', { record: undefined }],
    ['one with a record that is none', { record: 'garbage', now: 5 }],
    ['one of a newer version', { record: { ...record, schema: 2 }, now: 5 }],
  ])('is unreadable: %s', async (_, garbage) => {
    storage.answer(garbage);
    const error = await rejectionOf(access.read());
    expect(error).toBeInstanceOf(CircuitStorageError);
    expect(error).toMatchObject({ reason: 'unreadable', cause: { name: 'Error' } });
  });
});

function fault(): never {
  throw new Error('not to be read');
}

it('an operation whose timer cannot be called off has failed, as one has that could not be judged', async () => {
  const fault = new Error('the clock is broken');
  clock.clearTimeout = () => {
    throw fault;
  };
  for (const operation of [access.read(), write()]) {
    const error = await rejectionOf(operation);
    expect(error).toBeInstanceOf(CircuitStorageError);
    expect(error).toMatchObject({ reason: 'unavailable', cause: fault });
  }
});
