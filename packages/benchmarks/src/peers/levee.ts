import library from 'levee';
import { nothingToDispose, type Peer } from './peer.js';

/**
 * levee guards functions with callbacks, so a promise is made around each call, and its command calls back as its documents
 * show. It knows failures in a row only, and cannot be without a time-out: 10 s by default.
 */
export const levee: Peer = {
  name: 'levee',
  reopensByTimer: true,
  guard(call, { trip, staysClosed, resetTimeoutMs, timeoutMs = 10_000, onSuccess, onStateChange }) {
    if (trip.kind !== 'consecutive') return undefined;
    const breaker = library.createBreaker(
      (callback) => {
        call().then((value) => callback(null, value), callback);
      },
      {
        maxFailures: staysClosed ? Number.MAX_SAFE_INTEGER : trip.failures,
        timeout: timeoutMs,
        resetTimeout: resetTimeoutMs,
      },
    );
    if (onSuccess) breaker.on('success', onSuccess);
    if (onStateChange) for (const change of ['open', 'half_open', 'close']) breaker.on(change, onStateChange);
    const run = () =>
      new Promise<number>((resolve, reject) => {
        breaker.run((error, value) => (error ? reject(error) : resolve(value as number)));
      });
    return { call: run, made: breaker, dispose: nothingToDispose };
  },
};
