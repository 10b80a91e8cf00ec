import { expect, it } from 'vitest';
import { openForMs } from './open-for.js';
import type { ResetTimeout } from './options.js';

function ask(resetTimeout: ResetTimeout) {
  const faults: { error: unknown; source: string }[] = [];
  const ms = openForMs(resetTimeout, 2, () => 0.25, { report: (error, source) => faults.push({ error, source }) });
  return { ms, faults };
}

it('is the number that was given, or what the function makes of trips and chance', () => {
  expect(ask(70)).toEqual({ ms: 70, faults: [] });
  expect(ask((trips, random) => trips * 100 + random())).toEqual({ ms: 200.25, faults: [] });
});

it.each([
  ['throws', () => fault(), new Error('boom')],
  [
    'gives what is no duration',
    () => -1,
    new RangeError('what resetTimeoutMs gives must be a finite number of milliseconds of at least 0, but is -1'),
  ],
  [
    'gives a promise, also one that fails',
    () => Promise.reject(new Error('unseen')),
    new TypeError('what resetTimeoutMs gives must be a finite number of milliseconds of at least 0, but is a promise'),
  ],
])('is the default where the function %s, and that is told of', (_, resetTimeout, error) => {
  expect(ask(resetTimeout as never)).toEqual({ ms: 60_000, faults: [{ error, source: 'resetTimeoutMs' }] });
});

function fault(): never {
  throw new Error('boom');
}
