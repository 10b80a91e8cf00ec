import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Operation } from './operation.js';
import { Setback } from './setback.js';

const STORED = { record: { count: 1 }, now: 5 };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** An operation of 100 ms, and what becomes of it. */
function begin() {
  const operation = new Operation(100);
  const outcome = operation.result.then(
    (stored) => stored,
    (error) => error,
  );
  return { operation, outcome };
}

it('is settled once, by whatever comes first', async () => {
  const { operation, outcome } = begin();
  operation.resolve(STORED);
  operation.reject(new Error('late'));
  operation.resolve({ record: undefined, now: 6 });
  expect(operation.survives(new Setback('lost', { cause: new Error('lost') }), true)).toBe(false);
  operation.waitAnew();
  expect(await outcome).toBe(STORED);
  expect(vi.getTimerCount()).toBe(0);
});

it('times out, where nothing was sent that may be applied', async () => {
  const { operation, outcome } = begin();
  await vi.advanceTimersByTimeAsync(99);
  expect(operation.isSettled).toBe(false);
  await vi.advanceTimersByTimeAsync(2);
  expect(await outcome).toMatchObject({ reason: 'timeout', mayHaveBeenApplied: false });
});

it('starts to wait anew while others come through, but not once it has lost a race', async () => {
  const { operation, outcome } = begin();
  await vi.advanceTimersByTimeAsync(80);
  operation.waitAnew();
  await vi.advanceTimersByTimeAsync(80);
  operation.loseRace();
  operation.waitAnew();
  await vi.advanceTimersByTimeAsync(19);
  expect(operation.isSettled).toBe(false);
  await vi.advanceTimersByTimeAsync(2);
  expect(await outcome).toMatchObject({ reason: 'conflict', mayHaveBeenApplied: false });
});

it('waits a quarter longer for an answer that tells what it was all about', async () => {
  const { operation, outcome } = begin();
  operation.isInDoubt = true;
  await vi.advanceTimersByTimeAsync(120);
  expect(operation.isSettled).toBe(false);
  await vi.advanceTimersByTimeAsync(7);
  expect(await outcome).toMatchObject({ reason: 'timeout', mayHaveBeenApplied: true });
});

it('ends at once where the answer that it waited longer for is a lost race', async () => {
  const { operation, outcome } = begin();
  operation.isInDoubt = true;
  await vi.advanceTimersByTimeAsync(110);
  operation.loseRace();
  expect(await outcome).toMatchObject({ reason: 'conflict', mayHaveBeenApplied: false });
});

it.each([
  ['lost', 2],
  ['moved', 5],
  ['ask', 5],
  ['split', 5],
  ['refused', 0],
] as const)('is tried again where it was %s, %i times at most', async (kind, times) => {
  const { operation, outcome } = begin();
  const setback = new Setback(kind, { cause: new Error('why') });
  for (let time = 0; time < times; time++) expect(operation.survives(setback, true)).toBe(true);
  expect(operation.survives(setback, true)).toBe(false);
  expect(await outcome).toMatchObject({ reason: 'unavailable', mayHaveBeenApplied: false, cause: { message: 'why' } });
});

it('is never tried again where it may have been applied', async () => {
  const { operation, outcome } = begin();
  operation.isInDoubt = true;
  expect(operation.survives(new Setback('lost', { mayHaveBeenApplied: true, cause: 'gone' }), true)).toBe(false);
  expect(await outcome).toMatchObject({ message: 'Redis cannot be reached: gone', mayHaveBeenApplied: true });
});

it('is in doubt no more once it is known that nothing was applied', async () => {
  const { operation, outcome } = begin();
  operation.isInDoubt = true;
  operation.survives(new Setback('moved', { cause: new Error('MOVED') }), true);
  await vi.advanceTimersByTimeAsync(101);
  expect(await outcome).toMatchObject({ reason: 'timeout', mayHaveBeenApplied: false });
});

it('goes alone where its group was split, and then where it is sent', () => {
  const { operation } = begin();
  const ask = new Setback('ask', { address: 'host:1', cause: new Error('ASK') });
  operation.survives(ask, false);
  expect(operation).toMatchObject({ isAlone: true, askAt: undefined });
  operation.survives(ask, true);
  expect(operation).toMatchObject({ isAlone: true, askAt: 'host:1' });
  operation.survives(new Setback('moved', { address: 'host:2', cause: new Error('MOVED') }), true);
  expect(operation).toMatchObject({ isAlone: true, askAt: undefined });
  operation.resolve(STORED);
});
