import { checkBoolean, checkDurationMs, checkName, checkObject, checkSynchronous } from '../check.js';
import type { TripPolicy } from './trip-policy.js';

/** Checks a policy of the user's own, as far as it can be seen from outside. */
export function checkTripPolicy(name: string, value: unknown): asserts value is TripPolicy {
  checkObject(name, value, 'a trip policy, such as consecutiveFailures(5)');
  const policy = value as TripPolicy;
  checkName(`${name}.key`, policy.key);
  checkSynchronous(`${name}.initial`, policy.initial);
  checkSynchronous(`${name}.record`, policy.record);
  checkSynchronous(`${name}.trips`, policy.trips);
  if (policy.failures !== undefined) checkSynchronous(`${name}.failures`, policy.failures);
  if (policy.windowMs !== undefined) checkDurationMs(`${name}.windowMs`, policy.windowMs);
  if (policy.slowCallMs !== undefined) checkDurationMs(`${name}.slowCallMs`, policy.slowCallMs);
  if (policy.mergeable !== undefined) checkBoolean(`${name}.mergeable`, policy.mergeable);
}
