import { describe, expect, it } from 'vitest';
import { FAILURE } from '../../test/tallies.js';
import { consecutiveFailures } from '../policy/consecutive-failures.js';
import { failureCount } from '../policy/failure-count.js';
import type { TripPolicy } from '../policy/trip-policy.js';
import { closedCircuit, failuresIn, remember, withPolicy } from './closed.js';

const inARow = consecutiveFailures(3) as TripPolicy;
const inTime = failureCount({ threshold: 3, windowMs: 100 }) as TripPolicy;
const bare: TripPolicy = { key: 'bare', initial: () => null, record: (memory) => memory, trips: () => false };

describe('withPolicy', () => {
  it('keeps the circuit where the policy has the same key', () => {
    const circuit = remember(closedCircuit(4, inARow), FAILURE, 0, inARow);
    expect(withPolicy(circuit, consecutiveFailures(9) as TripPolicy)).toBe(circuit);
  });

  it('starts empty, in the same epoch, where it has another', () => {
    const circuit = remember(closedCircuit(4, inARow), FAILURE, 0, inARow);
    expect(withPolicy(circuit, inTime)).toStrictEqual(closedCircuit(4, inTime));
  });
});

describe('failuresIn', () => {
  it('is what the policy remembers', () => {
    const circuit = remember(closedCircuit(0, inARow), FAILURE, 0, inARow);
    expect(failuresIn(circuit, 0, inARow)).toBe(1);
  });

  it('leaves out what has left the window', () => {
    const circuit = remember(closedCircuit(0, inTime), FAILURE, 50, inTime);
    expect(failuresIn(circuit, 149, inTime)).toBe(1);
    expect(failuresIn(circuit, 150, inTime)).toBe(0);
  });

  it('is 0 under a policy that does not say, and under one that has remembered nothing', () => {
    expect(failuresIn(closedCircuit(0, bare), 0, bare)).toBe(0);
    expect(failuresIn(remember(closedCircuit(0, inARow), FAILURE, 0, inARow), 0, inTime)).toBe(0);
  });
});

describe('remember', () => {
  it('gives the same object where the policy has nothing to note', () => {
    const circuit = closedCircuit(0, bare);
    expect(remember(circuit, FAILURE, 0, bare)).toBe(circuit);
  });
});
