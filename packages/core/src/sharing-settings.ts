import { checkDurationMs, checkDurationOrZeroMs, show } from './check.js';
import { resolveSharing, type Sharing, shareOutcomes } from './fleet/sharing.js';
import {
  type CircuitBreakerOptions,
  DEFAULT_LEASE_TIMEOUT_MS,
  DEFAULT_STORAGE_TIMEOUT_MS,
  DEFAULT_SYNC_INTERVAL_MS,
} from './options.js';
import type { TripPolicy } from './policy/trip-policy.js';
import { checkStorage } from './storage/check-storage.js';
import type { CircuitStorage } from './storage/circuit-storage.js';
import { withDefault } from './with-default.js';

/** What only a shared circuit needs. */
export interface SharingSettings {
  readonly storage: CircuitStorage;
  readonly sharing: Sharing;
  readonly leaseTimeoutMs: number;
  readonly storageTimeoutMs: number;
  readonly syncIntervalMs: number;
}

const DEFAULT_SHARING = shareOutcomes();

/**
 * Checks what a shared circuit needs; a breaker that shares nothing keeps none of it.
 *
 * @throws TypeError or RangeError that names the option, its value and what was expected
 */
export function sharingSettings(given: CircuitBreakerOptions, policy: TripPolicy): SharingSettings | undefined {
  const { storage, sharing, leaseTimeoutMs, storageTimeoutMs, syncIntervalMs } = given;
  const resolved = {
    storage: withDefault('storage', storage, undefined, checkStorage),
    sharing: sharing === undefined ? DEFAULT_SHARING : resolveSharing('sharing', sharing),
    leaseTimeoutMs: withDefault('leaseTimeoutMs', leaseTimeoutMs, DEFAULT_LEASE_TIMEOUT_MS, checkDurationOrZeroMs),
    storageTimeoutMs: withDefault('storageTimeoutMs', storageTimeoutMs, DEFAULT_STORAGE_TIMEOUT_MS, checkDurationMs),
    syncIntervalMs: withDefault('syncIntervalMs', syncIntervalMs, DEFAULT_SYNC_INTERVAL_MS, checkDurationMs),
  };
  if (resolved.storage === undefined) return undefined;
  if (resolved.sharing.kind === 'outcomes' && policy.mergeable !== true) {
    throw new TypeError(
      `trip must be a mergeable policy where outcomes are shared, but is ${show(policy.key)}: give another, or shareTrips()`,
    );
  }
  return resolved as SharingSettings;
}
