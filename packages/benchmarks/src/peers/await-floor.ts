import { byHand } from './by-hand.js';

/** The breaker that everybody writes first: an async function with `try`. It can do no more than `thenFloor`. */
export const awaitFloor = byHand('by hand, async', (call, threshold, resetTimeoutMs) => {
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
});
