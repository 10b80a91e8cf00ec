import type { CircuitBreaker } from '@breaker/core';
import { checkObject } from './check.js';

/** A policy that so many failures in a row do not convince is taken for one that never trips. */
const MOST_CALLS = 100_000;

/**
 * Opens a breaker the honest way: by failing calls, until its state is `open`. With a storage it opens the process's own
 * circuit; the fleet's follows by its rules.
 *
 * @param error - what the calls throw
 * @throws an error that says why, where failing calls cannot open it. As a rejection
 */
export async function trip(breaker: CircuitBreaker, error: unknown = new Error('Failed by trip()')): Promise<void> {
  checkObject('breaker', breaker, 'a circuit breaker');
  for (let calls = 0; breaker.state !== 'open'; calls++) {
    const { failures, rejected } = breaker.counts;
    if (calls === MOST_CALLS)
      throw cannotTrip(breaker, `${MOST_CALLS} failures in a row are not enough for its policy`);
    if (breaker.state === 'disabled') throw cannotTrip(breaker, 'no failure counts');
    const seen = await seenByCaller(breaker, error);
    if (breaker.counts.rejected > rejected) throw cannotTrip(breaker, 'it rejects calls', { cause: seen });
    if (breaker.counts.failures === failures)
      throw cannotTrip(breaker, 'its options say that this error is no failure', { cause: error });
  }
}

/** What the caller of a call that fails is told. */
async function seenByCaller(breaker: CircuitBreaker, error: unknown): Promise<unknown> {
  return breaker.execute(() => Promise.reject(error)).catch((seen: unknown) => seen);
}

function cannotTrip({ name, state }: CircuitBreaker, why: string, options?: ErrorOptions): Error {
  return new Error(`Failing calls cannot open the circuit "${name}", which is ${state}: ${why}`, options);
}
