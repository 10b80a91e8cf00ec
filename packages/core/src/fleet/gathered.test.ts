import { describe, expect, it } from 'vitest';
import { NOTHING } from '../../test/tallies.js';
import { consecutiveFailures } from '../policy/consecutive-failures.js';
import { failureRate } from '../policy/failure-rate.js';
import type { TripPolicy } from '../policy/trip-policy.js';
import { Gathered } from './gathered.js';

const streaks = () => new Gathered(consecutiveFailures(5) as TripPolicy);
/** Outcomes count for a second, and are told to a tenth of it. */
const windows = () => new Gathered(failureRate({ threshold: 0.5, windowMs: 1_000 }) as TripPolicy);

function add(gathered: Gathered, ...verdicts: readonly ('success' | 'failure')[]): void {
  for (const verdict of verdicts) gathered.add(verdict, false, 0);
}

describe('outcomes without a window', () => {
  it('are one tally, of no age, with the failures since the last success', () => {
    const gathered = streaks();
    add(gathered, 'failure', 'success', 'failure', 'failure');
    gathered.add('failure', true, 0);
    expect(gathered.tallies(0)).toEqual([{ successes: 1, failures: 4, slow: 1, streak: 3, ageMs: 0 }]);
  });

  it('are none at first', () => {
    const gathered = streaks();
    expect(gathered.tallies(0)).toEqual([]);
    gathered.add('success', false, 0);
    expect(gathered.tallies(0)).toEqual([{ ...NOTHING, successes: 1 }]);
  });

  it('keep only the failures since the last success when successes are dropped', () => {
    const gathered = streaks();
    add(gathered, 'failure', 'success', 'failure');
    gathered.dropSuccesses();
    expect(gathered.tallies(0)).toEqual([{ ...NOTHING, failures: 1, streak: 1 }]);
    expect(gathered.hasSuccesses(0)).toBe(false);
  });
});

describe('outcomes with a window', () => {
  it('are told by their age', () => {
    const gathered = windows();
    gathered.add('failure', false, 5_000);
    gathered.add('success', false, 5_099);
    gathered.add('success', true, 5_100);
    expect(gathered.tallies(5_150)).toEqual([
      { successes: 1, failures: 1, slow: 0, streak: 0, ageMs: 150 },
      { successes: 1, failures: 0, slow: 1, streak: 0, ageMs: 50 },
    ]);
  });

  it('are not told when they are beyond it', () => {
    const gathered = windows();
    gathered.add('failure', false, 5_000);
    gathered.add('failure', false, 5_500);
    expect(gathered.tallies(6_000)).toEqual([{ ...NOTHING, failures: 1, streak: 1, ageMs: 500 }]);
  });

  it('do not pile up', () => {
    const gathered = windows();
    for (let now = 0; now < 60_000; now += 100) gathered.add('success', false, now);
    gathered.add('success', false, 60_000);
    // Told at an instant of before they came, they would all be in the window.
    expect(gathered.tallies(0).length).toBeLessThanOrEqual(11);
  });

  it('have no negative age where the clock went back', () => {
    const gathered = windows();
    gathered.add('success', false, 5_000);
    expect(gathered.tallies(4_000)).toEqual([{ ...NOTHING, successes: 1 }]);
  });
});

it.each([
  ['a failure', (gathered: Gathered) => gathered.add('failure', false, 0), true, false],
  ['a slow failure', (gathered: Gathered) => gathered.add('failure', true, 0), true, false],
  ['a slow success', (gathered: Gathered) => gathered.add('success', true, 0), true, true],
  ['a success', (gathered: Gathered) => gathered.add('success', false, 0), false, true],
] as const)('%s is trouble, a success, or both', (_, addIt, hasTrouble, hasSuccesses) => {
  const gathered = streaks();
  addIt(gathered);
  expect([gathered.hasTrouble, gathered.hasSuccesses(0)]).toEqual([hasTrouble, hasSuccesses]);
});

it('a success beyond the window is none any more', () => {
  const gathered = windows();
  gathered.add('success', false, 5_000);
  expect([gathered.hasSuccesses(5_999), gathered.hasSuccesses(6_000)]).toEqual([true, false]);
});
