import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { CircuitBreakerError } from './circuit-breaker-error.js';
import { CircuitOpenError, type CircuitOpenErrorFacts } from './circuit-open-error.js';
import { CircuitStorageError, type CircuitStorageErrorFacts } from './circuit-storage-error.js';
import { CircuitTimeoutError } from './circuit-timeout-error.js';
import { CircuitTrippedError } from './circuit-tripped-error.js';

const OPEN: CircuitOpenErrorFacts = { state: 'open', reason: 'open', retryAfterMs: 30 };
const down = new TypeError('fetch failed');

const ERRORS: [string, string | undefined, CircuitBreakerError & { code?: string }][] = [
  ['CircuitBreakerError', undefined, new CircuitBreakerError('orders', 'odd')],
  ['CircuitOpenError', 'ERR_CIRCUIT_OPEN', new CircuitOpenError('orders', OPEN)],
  [
    'CircuitStorageError',
    'ERR_CIRCUIT_STORAGE',
    new CircuitStorageError('orders', { reason: 'timeout', mayHaveBeenApplied: true }),
  ],
  ['CircuitTimeoutError', 'ERR_CIRCUIT_TIMEOUT', new CircuitTimeoutError('orders', 250)],
  ['CircuitTrippedError', 'ERR_CIRCUIT_TRIPPED', new CircuitTrippedError('orders', down)],
];

describe.each(ERRORS)('%s', (name, code, error) => {
  it('has its name, its code and the name of the breaker', () => {
    expect([error.name, error.code, error.circuit]).toEqual([name, code, 'orders']);
  });

  it('shows its name where it is printed', () => {
    expect(String(error)).toBe(`${name}: ${error.message}`);
    expect(inspect(error)).toContain(`${name}: ${error.message}`);
    expect(error.stack).toMatch(new RegExp(`^${name}: `));
  });

  it('lists its facts, and neither name nor brand, as its own', () => {
    expect(Object.keys(error)).toContain('circuit');
    expect(Object.keys(error)).not.toContain('name');
    expect(Object.getOwnPropertySymbols(error)).toEqual([]);
  });

  it('has its name as the errors of the language have theirs, and can be given another', () => {
    const { prototype } = error.constructor;
    const likeTypeError = { ...Object.getOwnPropertyDescriptor(TypeError.prototype, 'name'), value: name };
    expect(Object.getOwnPropertyDescriptor(prototype, 'name')).toEqual(likeTypeError);
  });
});

describe('CircuitOpenError', () => {
  it.each<[CircuitOpenErrorFacts, string]>([
    [OPEN, 'Circuit "orders" is open for another 30 ms: the call was not made'],
    [
      { state: 'half-open', reason: 'trial-limit', retryAfterMs: 5 },
      'Circuit "orders" is half-open and its trials are all taken: the call was not made',
    ],
    [
      { state: 'isolated', reason: 'isolated', retryAfterMs: undefined },
      'Circuit "orders" is isolated until it is closed by hand: the call was not made',
    ],
  ])('tells in its fields and its message why: %o', (facts, message) => {
    const error = new CircuitOpenError('orders', facts);
    const { state, reason, retryAfterMs } = error;
    expect({ state, reason, retryAfterMs }).toEqual(facts);
    expect(error.message).toBe(message);
  });
});

describe('CircuitStorageError', () => {
  it.each<[CircuitStorageErrorFacts, string]>([
    [{ reason: 'timeout', mayHaveBeenApplied: true, cause: down }, 'did not answer in time'],
    [{ reason: 'conflict', mayHaveBeenApplied: false, cause: down }, 'lost every race against other writers'],
    [
      { reason: 'unreadable', mayHaveBeenApplied: false, cause: down },
      'holds something that is no record of this version',
    ],
    [{ reason: 'unavailable', mayHaveBeenApplied: true, cause: down }, 'is unavailable'],
  ])('tells in its fields and its message what went wrong: %o', (facts, message) => {
    const error = new CircuitStorageError('orders', facts);
    const { reason, mayHaveBeenApplied, cause } = error;
    expect({ reason, mayHaveBeenApplied, cause }).toEqual(facts);
    expect(error.message).toBe(`Circuit "orders": its storage ${message}`);
  });
});

describe('CircuitTimeoutError', () => {
  it('tells how long the call was given', () => {
    const error = new CircuitTimeoutError('orders', 250);
    expect(error.timeoutMs).toBe(250);
    expect(error.message).toBe('Circuit "orders": the call took longer than 250 ms');
  });
});

describe('CircuitTrippedError', () => {
  it('has what the call failed with as its cause, and in its message', () => {
    const error = new CircuitTrippedError('orders', down);
    expect(error.cause).toBe(down);
    expect(error.message).toBe('Circuit "orders" opened with the failure of this call: TypeError: fetch failed');
  });

  it.each([['text'], [undefined], [null], [{ code: 503 }]])('has as its cause what is no error: %o', (cause) => {
    const error = new CircuitTrippedError('orders', cause);
    expect(error).toHaveProperty('cause', cause);
    expect(error.message).toBe('Circuit "orders" opened with the failure of this call: what was thrown is its cause');
  });
});

describe('CircuitBreakerError', () => {
  it('has a cause only where it was given one', () => {
    expect('cause' in new CircuitBreakerError('orders', 'odd')).toBe(false);
    expect(new CircuitBreakerError('orders', 'odd', { cause: undefined })).toHaveProperty('cause', undefined);
  });
});
