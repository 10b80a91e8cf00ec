import { type Call, type Guarded, nothingToDispose, type Peer } from './peer.js';

/** The breaker that everybody writes first: an async function with `try`. It can do no more than `thenFloor`. */
export const awaitFloor: Peer = {
  name: 'by hand, async',
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
  return async () => {
    if (isOpen) {
      if (isTrying || performance.now() - openedAt < resetTimeoutMs) throw new Error('open');
      isTrying = true;
    }
    try {
      const value = await call();
      failures = 0;
      isOpen = isTrying = false;
      return value;
    } catch (error) {
      if (++failures >= threshold) {
        openedAt = performance.now();
        isOpen = true;
        isTrying = false;
      }
      throw error;
    }
  };
}
