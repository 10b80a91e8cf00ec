import type { Call } from './peer.js';

// The least that can be written by hand for what a breaker may be asked for: `.then`, with what a call takes along kept as small as
// can be. None of them rejects a call, trips, or fences late results.

/** Counts outcomes in a window of time, which is one bucket. */
export function windowedByHand(call: Call, windowMs: number): Call {
  let startAt = 0;
  const counts = { successes: 0, failures: 0 };
  const forgetStale = (): void => {
    const now = performance.now();
    if (now - startAt < windowMs) return;
    startAt = now;
    counts.successes = counts.failures = 0;
  };
  const onSuccess = (value: number): number => {
    forgetStale();
    counts.successes++;
    return value;
  };
  const onFailure = (error: unknown): never => {
    forgetStale();
    counts.failures++;
    throw error;
  };
  return () => call().then(onSuccess, onFailure);
}

/** Rejects where the call takes too long. */
export function timedByHand(call: Call, timeoutMs: number): Call {
  const counts = { failures: 0 };
  return () =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('timed out')), timeoutMs).unref();
      call().then(
        (value) => {
          clearTimeout(timer);
          counts.failures = 0;
          resolve(value);
        },
        (error: unknown) => {
          clearTimeout(timer);
          counts.failures++;
          reject(error);
        },
      );
    });
}

/** Hands what is known of a success to a function: how long it took, and what it gave. */
export function toldByHand(
  call: Call,
  tell: (event: { type: 'success'; at: number; durationMs: number; value: number }) => unknown,
): Call {
  const counts = { failures: 0 };
  const onFailure = (error: unknown): never => {
    counts.failures++;
    throw error;
  };
  return () => {
    const startedAt = performance.now();
    return call().then((value) => {
      counts.failures = 0;
      const at = performance.now();
      tell({ type: 'success', at, durationMs: at - startedAt, value });
      return value;
    }, onFailure);
  };
}

/** Asks for a permit, and says how the call went. */
export function permittedByHand(call: Call): Call {
  const counts = { failures: 0 };
  const acquire = async () => ({
    succeed(): void {
      counts.failures = 0;
    },
    fail(): void {
      counts.failures++;
    },
  });
  return async () => {
    const permit = await acquire();
    const value = await call();
    permit.succeed();
    return value;
  };
}
