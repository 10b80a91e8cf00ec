import { checkBoolean, checkDurationMs, checkFunction, checkName, checkObject } from '../check.js';
import type { TripPolicy } from './trip-policy.js';

/** Checks a policy of the user's own, as far as it can be seen from outside. */
export function checkTripPolicy(name: string, value: unknown): asserts value is TripPolicy {
  checkObject(name, value, 'a trip policy, such as consecutiveFailures(5)');
  const policy = value as TripPolicy;
  checkName(`${name}.key`, policy.key);
  checkFunction(`${name}.initial`, policy.initial);
  checkFunction(`${name}.record`, policy.record);
  checkFunction(`${name}.trips`, policy.trips);
  if (policy.failures !== undefined) checkFunction(`${name}.failures`, policy.failures);
  if (policy.windowMs !== undefined) checkDurationMs(`${name}.windowMs`, policy.windowMs);
  if (policy.slowCallMs !== undefined) checkDurationMs(`${name}.slowCallMs`, policy.slowCallMs);
  if (policy.mergeable !== undefined) checkBoolean(`${name}.mergeable`, policy.mergeable);
}
