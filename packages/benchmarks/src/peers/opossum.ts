import type CircuitBreaker from 'opossum';
import { newest } from './newest.js';
import type { Demands, Peer, Trip } from './peer.js';

const { default: Opossum } = await newest<{ default: typeof CircuitBreaker }>(
  () => import('opossum-10'),
  () => import('opossum'),
);

/**
 * opossum knows shares of a window of time only: failures in a row become more than half of at least so many calls, its default
 * in its default window of ten seconds.
 */
export const opossum: Peer = {
  name: 'opossum',
  reopensByTimer: true,
  guard(call, demands) {
    const breaker = new Opossum(call, optionsFor(demands));
    const { onSuccess, onStateChange } = demands;
    if (onSuccess) breaker.on('success', onSuccess);
    if (onStateChange) listenToStates(breaker, onStateChange);
    return { call: () => breaker.fire(), made: breaker, dispose: () => breaker.shutdown() };
  },
};

function listenToStates(breaker: CircuitBreaker<[], number>, listener: () => void): void {
  breaker.on('open', listener);
  breaker.on('halfOpen', listener);
  breaker.on('close', listener);
}

function optionsFor({ trip, staysClosed, resetTimeoutMs, timeoutMs }: Demands): CircuitBreaker.Options {
  return { ...windowFor(trip, staysClosed), resetTimeout: resetTimeoutMs, timeout: timeoutMs ?? false };
}

const NEVER = 100; // it opens above its percentage, not at it

function windowFor(trip: Trip, staysClosed = false): CircuitBreaker.Options {
  if (trip.kind === 'consecutive') {
    return { volumeThreshold: trip.failures, ...(staysClosed && { errorThresholdPercentage: NEVER }) };
  }
  const { share, windowMs, minimumCalls } = trip;
  const errorThresholdPercentage = staysClosed ? NEVER : share * 100;
  return { rollingCountTimeout: windowMs, volumeThreshold: minimumCalls, errorThresholdPercentage };
}
