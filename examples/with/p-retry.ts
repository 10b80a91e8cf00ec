// p-retry: retry outside, breaker inside. Every attempt is a call, and an open circuit says when to try again.

import { setTimeout } from 'node:timers/promises';
import { CircuitBreaker, CircuitOpenError } from '@breaker/core';
import pRetry from 'p-retry';
import { serve } from '../support/serve.js';

let requests = 0;
const server = await serve((_, response) => response.writeHead(++requests <= 2 ? 503 : 200).end('12 otters'));

// #region p-retry
const breaker = new CircuitBreaker('zoo', { failureThreshold: 2, resetTimeoutMs: 800, timeoutMs: 2_000 });

function count(): Promise<string> {
  return pRetry(() => breaker.execute(({ signal }) => download(signal)), {
    retries: 4,
    minTimeout: 20,
    randomize: true, // or all processes come back at once
    onFailedAttempt: async ({ error, retriesLeft }) => {
      if (!(error instanceof CircuitOpenError)) return;
      const { reason, retryAfterMs = Number.POSITIVE_INFINITY } = error; // isolated: nobody knows
      if (reason === 'trial-limit') return; // a trial is on: it may be decided any moment
      if (retriesLeft === 0 || retryAfterMs > 5_000) throw error; // no further attempt
      await setTimeout(retryAfterMs); // before, an attempt would only be rejected
    },
  });
}
// #endregion

async function download(signal: AbortSignal): Promise<string> {
  const response = await fetch(server.url, { signal });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.text();
}

console.log(await count(), `after ${requests} requests, ${breaker.counts.rejected} rejected`);
await breaker.isolate();
console.log(await count().catch((error: Error) => error.message), `(${breaker.counts.rejected} rejected)`);
server.stop();
