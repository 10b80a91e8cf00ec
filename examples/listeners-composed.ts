// Several listeners on one breaker: told in order, and what one of them throws disturbs neither the others nor the call.

import { CircuitBreaker, type CircuitListener } from '@breaker/core';

// #region composed
const metrics: CircuitListener = {
  onSuccess: ({ durationMs }) => console.log(`first: a success (${typeof durationMs})`),
};
const broken: CircuitListener = {
  onSuccess: () => {
    throw new Error('disk full');
  },
};
const faults: CircuitListener = {
  onListenerError: ({ source, error }) => console.log(`last: ${source} threw ${error}`),
};

const breaker = new CircuitBreaker('search', { listeners: [metrics, broken, faults] });
// #endregion

console.log(await breaker.execute(async () => 'found'));

// #region later
const audit: CircuitListener = { onStateChange: ({ to, reason }) => console.log(`audit: ${to} (${reason})`) };

breaker.addListener(audit); // at any time, after those that are there
breaker.removeListener(broken); // the very object that was given
// #endregion

console.log(await breaker.execute(async () => 'found again'));
await breaker.isolate();
