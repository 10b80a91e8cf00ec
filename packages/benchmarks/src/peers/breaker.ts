import {
  CircuitBreaker,
  type CircuitBreakerOptions,
  consecutiveFailures,
  failureRate,
  type TripPolicy,
} from '@breaker/core';
import type { Call, Demands, Guarded, Peer, Trip } from './peer.js';

/** `@breaker/core`: this project's own. */
export const breaker: Peer = {
  name: '@breaker/core',
  reopensByTimer: false,
  guard: (call, demands) => guardBy(call, optionsFor(demands)),
};

/** The same with more options, such as no other library has. */
export function guardBy(call: Call, options: CircuitBreakerOptions): Guarded {
  const made = new CircuitBreaker('benchmark', options);
  return { call: () => made.execute(call), made, dispose: () => void made.dispose() };
}

/** The demands in the options of `@breaker/core`. */
export function optionsFor({
  trip,
  staysClosed = false,
  resetTimeoutMs,
  timeoutMs,
  onSuccess,
  onStateChange,
}: Demands): CircuitBreakerOptions {
  const listens = onSuccess !== undefined || onStateChange !== undefined;
  return {
    trip: policyFor(trip, staysClosed),
    resetTimeoutMs,
    timeoutMs,
    listeners: listens ? [{ ...(onSuccess && { onSuccess }), ...(onStateChange && { onStateChange }) }] : [],
  };
}

function policyFor(trip: Trip, staysClosed: boolean): TripPolicy {
  if (trip.kind === 'consecutive') return consecutiveFailures(staysClosed ? Number.MAX_SAFE_INTEGER : trip.failures);
  const { share, windowMs, minimumCalls } = trip;
  return failureRate({
    threshold: share,
    windowMs,
    minimumCalls: staysClosed ? Number.MAX_SAFE_INTEGER : minimumCalls,
  });
}
