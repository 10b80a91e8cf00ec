import fc from 'fast-check';
import type { Tally } from '../src/policy/trip-policy.js';
import { FAILURE, SLOW_FAILURE, SLOW_SUCCESS, SUCCESS } from './tallies.js';

/** The outcome of one call, just now. */
export const oneOutcome: fc.Arbitrary<Tally> = fc.constantFrom(SUCCESS, FAILURE, SLOW_SUCCESS, SLOW_FAILURE);

/** Outcomes one after the other, as they were and summed up. */
export const manyOutcomes = fc
  .array(fc.record({ failed: fc.boolean(), slow: fc.boolean() }), { minLength: 1, maxLength: 6 })
  .map((outcomes) => ({ outcomes, tally: sumUp(outcomes) }));

function sumUp(outcomes: readonly { readonly failed: boolean; readonly slow: boolean }[]): Tally {
  const failures = outcomes.filter(({ failed }) => failed).length;
  return {
    successes: outcomes.length - failures,
    failures,
    slow: outcomes.filter(({ slow }) => slow).length,
    streak: outcomes.length - 1 - outcomes.findLastIndex(({ failed }) => !failed),
    ageMs: 0,
  };
}
