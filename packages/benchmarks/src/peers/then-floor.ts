import { byHand } from './by-hand.js';

/** The least that a breaker can cost that counts: `.then` with handlers made once, and no fence against late results. */
export const thenFloor = byHand('by hand, .then', (call, threshold, resetTimeoutMs) => {
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
});
