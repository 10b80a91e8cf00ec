// Not every error is a failure, and not every value a success.

import { CircuitBreaker } from '@breaker/core';

// #region business-errors
class NotFoundError extends Error {}
class QuotaError extends Error {}

const breaker = new CircuitBreaker('users', {
  exclude: [NotFoundError], // the server did its job: counts as a success
  ignore: [QuotaError, (error) => error instanceof RangeError], // says nothing about the server: counts as neither
  // Looks at values, too: this one did not throw, and still is a failure.
  classify: (outcome) => {
    if (outcome.threw || !(outcome.value instanceof Response)) return undefined;
    return outcome.value.status >= 500 ? 'failure' : 'success';
  },
});
// #endregion

async function count(what: string, call: () => Promise<unknown>): Promise<void> {
  const before = breaker.counts;
  await breaker.execute(call).catch(() => undefined);
  const { successes, failures } = breaker.counts;
  const verdict = successes > before.successes ? 'a success' : failures > before.failures ? 'a failure' : 'ignored';
  console.log(`${what.padEnd(22)}${verdict}`);
}

await count('NotFoundError', () => Promise.reject(new NotFoundError('no such user')));
await count('QuotaError', () => Promise.reject(new QuotaError('try again tomorrow')));
await count('any other error', () => Promise.reject(new Error('connection reset')));
await count('a response with 200', async () => new Response('Ada', { status: 200 }));
await count('a response with 503', async () => new Response('', { status: 503 }));
