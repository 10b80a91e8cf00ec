// cockatiel: its retry outside, this breaker inside. Every attempt is a call, and an open circuit says when to try again.

import { CircuitBreaker, CircuitOpenError } from '@breaker/core';
import { DelegateBackoff, handleType, type IRetryBackoffContext, retry } from 'cockatiel';
import { serve } from '../support/serve.js';

let requests = 0;
const server = await serve((_, response) => response.writeHead(++requests <= 2 ? 503 : 200).end('12 otters'));

class HttpError extends Error {}

const limits = { failureThreshold: 2, resetTimeoutMs: 800, timeoutMs: 2_000 };
const breaker = new CircuitBreaker('zoo', { ...limits, throwNewErrorOnTrip: false }); // the retry goes by an error's type

const waitMs = ({ reason, retryAfterMs = Number.POSITIVE_INFINITY }: CircuitOpenError) =>
  reason === 'trial-limit' ? 0 : retryAfterMs; // a trial may be decided any moment; isolated: nobody knows

const isWorthIt = handleType(HttpError).orType(CircuitOpenError, (error) => waitMs(error) <= 5_000);

const again = retry(isWorthIt, {
  maxAttempts: 4,
  backoff: new DelegateBackoff(({ attempt, result }: IRetryBackoffContext<unknown>) => {
    const backoff = 10 * 2 ** attempt * (1 + Math.random()); // or all processes come back at once
    const error = 'error' in result ? result.error : undefined;
    return backoff + (error instanceof CircuitOpenError ? waitMs(error) : 0); // before, it would be rejected
  }),
});

const count = () => again.execute(() => breaker.execute(({ signal }) => download(signal)));

async function download(signal: AbortSignal): Promise<string> {
  const response = await fetch(server.url, { signal });
  if (!response.ok) throw new HttpError(`HTTP ${response.status}`);
  return response.text();
}

console.log(await count(), `after ${requests} requests, ${breaker.counts.rejected} rejected`);
await breaker.isolate();
console.log(await count().catch((error: Error) => error.message), `(${breaker.counts.rejected} rejected)`);
server.stop();
