import { checkBoolean, checkDurationMs, checkName, checkSynchronous, optional, shape } from '../check.js';
import type { TripPolicy } from './trip-policy.js';

/** Checks a policy of the user's own, as far as it can be seen from outside. */
export const checkTripPolicy = shape<TripPolicy>('a trip policy, such as consecutiveFailures(5)', {
  key: checkName,
  initial: checkSynchronous,
  record: checkSynchronous,
  trips: checkSynchronous,
  ...optional({
    failures: checkSynchronous,
    windowMs: checkDurationMs,
    slowCallMs: checkDurationMs,
    mergeable: checkBoolean,
  }),
});
