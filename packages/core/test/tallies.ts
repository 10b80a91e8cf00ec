import type { Tally } from '../src/policy/trip-policy.js';

export const NOTHING: Tally = Object.freeze({ successes: 0, failures: 0, slow: 0, streak: 0, ageMs: 0 });
export const SUCCESS: Tally = Object.freeze({ ...NOTHING, successes: 1 });
export const FAILURE: Tally = Object.freeze({ ...NOTHING, failures: 1, streak: 1 });
export const SLOW_SUCCESS: Tally = Object.freeze({ ...SUCCESS, slow: 1 });
export const SLOW_FAILURE: Tally = Object.freeze({ ...FAILURE, slow: 1 });
