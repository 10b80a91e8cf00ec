import { CircuitBreaker, failureRate } from '@breaker/core';

const TIMEOUT_MS = 1_000;

// #region breaker
export function makeBreaker(pace: number): CircuitBreaker {
  return new CircuitBreaker('server', {
    timeoutMs: TIMEOUT_MS * pace,
    trip: failureRate({ threshold: 0.5, windowMs: 800 * pace, minimumCalls: 10, slowCallMs: 200 * pace }),
    classify: (outcome) => (!outcome.threw && outcome.value === 503 ? 'failure' : undefined),
    resetTimeoutMs: 1_000 * pace,
    successThreshold: 3,
  });
}

/** The call that is guarded: gives the status of the server's answer. */
async function ask(url: string, signal: AbortSignal): Promise<number> {
  const response = await fetch(url, { signal });
  await response.arrayBuffer();
  return response.status;
}

export function askGuarded(breaker: CircuitBreaker, url: string): Promise<number> {
  return breaker.execute(({ signal }) => ask(url, signal));
}
// #endregion

/** The same call with the same time-out, and no breaker. */
export function askUnguarded(url: string, pace: number): Promise<number> {
  return ask(url, AbortSignal.timeout(TIMEOUT_MS * pace));
}
