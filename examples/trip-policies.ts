// When does the circuit trip? The same calls, judged by four policies.

import {
  CircuitBreaker,
  consecutiveFailures,
  failureCount,
  failureRate,
  lastCalls,
  type TripPolicy,
} from '@breaker/core';

// #region trip-policies
const policies = {
  'three failures in a row': consecutiveFailures(3),
  'half of the calls in 10 s': failureRate({ threshold: 0.5, windowMs: 10_000, minimumCalls: 6 }),
  'four failures in 10 s': failureCount({ threshold: 4, windowMs: 10_000 }),
  '60 % of the last five calls': lastCalls({ size: 5, threshold: 0.6 }),
};
// #endregion

/** Says with which call the circuit opens: `x` is one that fails. */
function tripsWith(calls: string, trip: TripPolicy): string {
  const breaker = new CircuitBreaker('example', { trip });
  for (const [index, call] of [...calls].entries()) {
    try {
      breaker.executeSync(() => {
        if (call === 'x') throw new Error('down');
      });
    } catch {
      if (breaker.state === 'open') return `trips with call ${index + 1}`;
    }
  }
  return 'does not trip';
}

for (const calls of ['..x.x.x.', 'xx.xx.xx', 'x..xxx']) {
  console.log(calls);
  for (const [name, trip] of Object.entries(policies)) console.log(`  ${name.padEnd(30)}${tripsWith(calls, trip)}`);
}
