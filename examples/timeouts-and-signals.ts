// A call that takes too long is aborted, and counts as a failure. One that its caller gives up counts for nothing.

import { CircuitBreaker, CircuitTimeoutError } from '@breaker/core';

function slowQuery(signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, 60_000, 'rows');
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      console.log('query cancelled');
      reject(signal.reason);
    });
  });
}

// #region timeout
const breaker = new CircuitBreaker('database', { timeoutMs: 50 });

try {
  await breaker.execute(({ signal }) => slowQuery(signal));
} catch (error) {
  if (error instanceof CircuitTimeoutError) console.log(`gave up after ${error.timeoutMs} ms`);
}
// #endregion

// #region caller-signal
const visit = new AbortController();
const query = breaker.execute(({ signal }) => slowQuery(signal), { signal: visit.signal });
visit.abort(new Error('the visitor has left'));
await query.catch((error: Error) => console.log(error.message));
// #endregion

const { failures, timeouts, ignored } = breaker.counts;
console.log({ failures, timeouts, ignored });
