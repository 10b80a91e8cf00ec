import type { Tally } from '../policy/trip-policy.js';
import type { OutcomeEvent } from './event.js';

const ONE_SUCCESS = { successes: 1, failures: 0, slow: 0, streak: 0, ageMs: 0 };
const ONE_FAILURE = { successes: 0, failures: 1, slow: 0, streak: 1, ageMs: 0 };

// Made once: a call should allocate nothing.
export const SUCCESS = outcome(ONE_SUCCESS);
const FAILURE = outcome(ONE_FAILURE);
const SLOW_SUCCESS = outcome({ ...ONE_SUCCESS, slow: 1 });
const SLOW_FAILURE = outcome({ ...ONE_FAILURE, slow: 1 });

/** The outcome of a single call: a tally of one. */
export function outcomeOfCall(verdict: 'success' | 'failure', isSlow: boolean): OutcomeEvent {
  if (verdict === 'success') return isSlow ? SLOW_SUCCESS : SUCCESS;
  return isSlow ? SLOW_FAILURE : FAILURE;
}

function outcome(tally: Tally): OutcomeEvent {
  return { type: 'outcome', tally };
}
