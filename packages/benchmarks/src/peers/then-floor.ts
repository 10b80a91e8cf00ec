import { type Call, type Guarded, nothingToDispose, type Peer } from './peer.js';

/**
 * The least that a breaker can cost that counts: `.then` with handlers made once. Consecutive failures only, and no listener,
 * no time-out, no fence against late results.
 */
export const thenFloor: Peer = {
  name: 'by hand, .then',
  reopensByTimer: false,
  guard(call, { trip, staysClosed, resetTimeoutMs, timeoutMs, onSuccess, onStateChange }): Guarded | undefined {
    if (trip.kind !== 'consecutive' || timeoutMs !== undefined || onSuccess || onStateChange) return undefined;
    const made = guardByHand(call, staysClosed ? Number.POSITIVE_INFINITY : trip.failures, resetTimeoutMs);
    return { call: made, made, dispose: nothingToDispose };
  },
};

function guardByHand(call: Call, threshold: number, resetTimeoutMs: number): Call {
  let failures = 0;
  let openedAt = 0;
  let isOpen = false;
  let isTrying = false;
  const onSuccess = (value: number): number => {
    failures = 0;
    isOpen = isTrying = false;
    return value;
  };
  const onFailure = (error: unknown): never => {
    if (++failures >= threshold) {
      openedAt = performance.now();
      isOpen = true;
      isTrying = false;
    }
    throw error;
  };
  return () => {
    if (isOpen) {
      if (isTrying || performance.now() - openedAt < resetTimeoutMs) return Promise.reject(new Error('open'));
      isTrying = true;
    }
    return call().then(onSuccess, onFailure);
  };
}
