import type { Tally } from '../policy/trip-policy.js';
import type { OutcomeEvent } from './event.js';

const SUCCESS = { successes: 1, failures: 0, slow: 0, streak: 0, ageMs: 0 };
const FAILURE = { successes: 0, failures: 1, slow: 0, streak: 1, ageMs: 0 };

// Made once: a call should allocate nothing.
const OUTCOMES = {
  success: outcome(SUCCESS),
  failure: outcome(FAILURE),
  slowSuccess: outcome({ ...SUCCESS, slow: 1 }),
  slowFailure: outcome({ ...FAILURE, slow: 1 }),
};

/** The outcome of a single call: a tally of one. */
export function outcomeOfCall(verdict: 'success' | 'failure', isSlow: boolean): OutcomeEvent {
  if (verdict === 'success') return isSlow ? OUTCOMES.slowSuccess : OUTCOMES.success;
  return isSlow ? OUTCOMES.slowFailure : OUTCOMES.failure;
}

function outcome(tally: Tally): OutcomeEvent {
  return { type: 'outcome', tally };
}
