import { expect, it } from 'vitest';
import { halfOpen, open } from '../test/transition-table/circuits.js';
import type { Circuit } from './circuit/circuit.js';
import { rejectionOf } from './rejection.js';

const lease = { id: 'one', expiresAt: 150 };

it.each<[string, Circuit, object]>([
  ['open', open(1, 1, 130), { state: 'open', reason: 'open', retryAfterMs: 30 }],
  ['open, due, and asking for a place', open(1, 1, 100), { state: 'open', reason: 'trial-limit', retryAfterMs: 0 }],
  [
    'half-open and full',
    halfOpen(1, [lease], { limit: 1 }),
    { state: 'half-open', reason: 'trial-limit', retryAfterMs: 50 },
  ],
  ['half-open, asking for a place', halfOpen(1, []), { state: 'half-open', reason: 'trial-limit', retryAfterMs: 0 }],
  [
    'isolated',
    { state: 'isolated', epoch: 1, trips: 0 },
    { state: 'isolated', reason: 'isolated', retryAfterMs: undefined },
  ],
])('says why, and until when, a circuit lets no call pass that is %s', (_, circuit, facts) => {
  const { state, reason, retryAfterMs, name, circuit: of } = rejectionOf('orders', circuit, 100, false);
  expect({ state, reason, retryAfterMs }).toEqual(facts);
  expect([name, of]).toEqual(['CircuitOpenError', 'orders']);
});

it('shows where the call was made only where that is asked for', () => {
  const stackOf = (withStackTrace: boolean) => rejectionOf('orders', open(1, 1, 130), 100, withStackTrace).stack;
  expect(stackOf(true)).toContain('rejection.test.ts');
  expect(stackOf(false)).not.toContain('rejection.test.ts');
});
