import { type CircuitStorage, MemoryStorage } from '@breaker/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { collectContract, failuresOf } from '../../test/contract/run-contract.js';
import { describeStorageContract, type StorageContractFactory } from './index.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

const factory = () => ({ storage: new MemoryStorage() });

describe('the test runner', () => {
  it('is the global one', () => {
    const described: string[] = [];
    const tests: string[] = [];
    vi.stubGlobal('describe', (name: string, body: () => void) => {
      described.push(name);
      body();
    });
    vi.stubGlobal('it', (name: string) => tests.push(name));
    describeStorageContract('Mine', factory);
    expect(described).toEqual(['Mine keeps the storage contract']);
    expect(tests).toEqual(collectContract(factory).map(({ name }) => name));
    expect(tests[0]).toBe('has a factory that gives a storage');
  });

  it.each([{}, { describe }, { it }, { describe, it: 'it' as never }])('must be there: %o', (runner) => {
    expect(() => describeStorageContract('Mine', factory, runner)).toThrow(
      new TypeError('describe and it must be functions: those of a test runner, global or as the third argument'),
    );
  });
});

describe('the factory', () => {
  it('is asked by every test, and its storage is let go of after each', async () => {
    const cleanup = vi.fn();
    const create = vi.fn(async () => ({ ...factory(), cleanup }));
    expect(await failuresOf(create)).toEqual({});
    const { length } = collectContract(factory);
    expect([create.mock.calls.length, cleanup.mock.calls.length]).toEqual([length, length]);
  });

  it('has its storage let go of after a test that failed', async () => {
    const cleanup = vi.fn();
    const storage: CircuitStorage = { read: () => Promise.reject('down'), update: () => Promise.reject('down') };
    const [, test] = collectContract(() => ({ storage, cleanup }));
    await expect(test?.run()).rejects.toBe('down');
    expect(cleanup).toHaveBeenCalledTimes(1);
  });

  it('is a function', () => {
    expect(() => describeStorageContract('Mine', new MemoryStorage() as never, { describe, it })).toThrow(
      new TypeError('factory must be a function, but is an object'),
    );
  });

  const { read, update } = new MemoryStorage();
  const storage = new MemoryStorage();
  it.each<[unknown, string]>([
    [undefined, 'factory() must be an object with a storage, but is undefined'],
    [storage, 'storage must be a storage, but is undefined'],
    [{ storage: { read } }, 'storage.update must be a function, but is undefined'],
    [{ storage: { update } }, 'storage.read must be a function, but is undefined'],
    [{ storage: { read, update, subscribe: true } }, 'storage.subscribe must be a function, but is true'],
    [{ storage: { read, update, close: 1 } }, 'storage.close must be a function, but is 1'],
    [{ storage, another: 'another' }, 'another must be a storage, but is another'],
    [{ storage, another: storage }, 'another must be a second storage on the same data, but is the first one'],
    [{ storage, now: 5 }, 'now must be a function, but is 5'],
    [{ storage, now: () => 'noon' }, 'now() must be a finite number, but is noon'],
    [{ storage, cleanup: {} }, 'cleanup must be a function, but is an object'],
  ])('gives something of use, not %o', async (given, message) => {
    const [test] = collectContract((() => given) as StorageContractFactory);
    await expect(test?.run()).rejects.toThrow(new TypeError(message));
  });
});
