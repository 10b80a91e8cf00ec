import {
  checkBoolean,
  checkCount,
  checkDurationMs,
  checkDurationOrZeroMs,
  checkSynchronous,
  listOf,
  optional,
} from './check.js';
import { checkClock } from './clock.js';
import { resolveSharing } from './fleet/sharing.js';
import { checkListener } from './listener/check-listener.js';
import type { ChangeableOptions, CircuitBreakerOptions } from './options.js';
import { checkTripPolicy } from './policy/check-trip-policy.js';
import { checkStorage } from './storage/check-storage.js';

const CHANGEABLE = optional<ChangeableOptions>({
  failureThreshold: checkCount,
  trip: checkTripPolicy,
  resetTimeoutMs: (name, value) =>
    (typeof value === 'function' ? checkSynchronous : checkDurationOrZeroMs)(name, value),
  successThreshold: checkCount,
  maxTrials: checkCount,
  trialTimeoutMs: checkDurationMs,
  timeoutMs: checkDurationMs,
  exclude: listOf(checkSynchronous),
  ignore: listOf(checkSynchronous),
  classify: checkSynchronous,
  throwNewErrorOnTrip: checkBoolean,
  rejectionStackTrace: checkBoolean,
  leaseTimeoutMs: checkDurationOrZeroMs,
  storageTimeoutMs: checkDurationMs,
  syncIntervalMs: checkDurationMs,
});

/** What `configure` cannot change. */
export const FIXED_OPTIONS = optional<Omit<CircuitBreakerOptions, keyof ChangeableOptions>>({
  listeners: listOf(checkListener),
  storage: checkStorage,
  sharing: resolveSharing,
  clock: checkClock,
  random: checkSynchronous,
});

/** Every option, and what it must be. */
export const OPTIONS = { ...CHANGEABLE, ...FIXED_OPTIONS };
