// Told of everything that happens: for logs, metrics and alerts.

import { CircuitBreaker, type CircuitListener } from '@breaker/core';

// #region listener
const log: CircuitListener = {
  onStateChange: ({ circuit, from, to, reason }) => console.log(`${circuit}: ${from} -> ${to} (${reason})`),
  onReject: ({ circuit, reason }) => console.log(`${circuit}: call rejected (${reason})`),
};

const breaker = new CircuitBreaker('payments', { failureThreshold: 2, listeners: [log] });
// #endregion

// #region every-event
const metrics = new Map<string, number>();

breaker.addListener({
  onEvent: (event) => {
    const key = event.type === 'state-change' ? `to-${event.to}` : event.type;
    metrics.set(key, (metrics.get(key) ?? 0) + 1);
  },
});
// #endregion

let isDown = true;
const pay = breaker.wrap(async () => {
  if (isDown) throw new Error('down');
});

for (let call = 0; call < 3; call++) await pay().catch(() => undefined);
isDown = false;
await breaker.halfOpen();
await pay();
console.log(Object.fromEntries(metrics));
