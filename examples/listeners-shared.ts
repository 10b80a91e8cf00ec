// One listener for many breakers and a registry: every event names its circuit, and its type tells what else it has.

import { type BreakerEvent, CircuitBreaker, CircuitBreakerRegistry } from '@breaker/core';

// #region shared
const unwell = new Map<string, string>();

function onEvent(event: BreakerEvent): void {
  switch (event.type) {
    case 'state-change':
      if (event.to === 'closed') unwell.delete(event.circuit);
      else unwell.set(event.circuit, event.to);
      break;
    case 'storage-degraded':
      unwell.set(`${event.circuit} (storage)`, String(event.error));
      break;
    case 'storage-recovered':
      unwell.delete(`${event.circuit} (storage)`);
      break;
  }
}

const options = { failureThreshold: 2, listeners: [{ onEvent }] };
const payments = new CircuitBreaker('payments', options);
const hosts = new CircuitBreakerRegistry(options);
// #endregion

const fail = async () => {
  throw new Error('down');
};
for (const breaker of [payments, hosts.get('a.example'), hosts.get('b.example')]) {
  for (let call = 0; call < 2; call++) await breaker.execute(fail).catch(() => undefined);
}
await hosts.get('b.example').close();
await payments.isolate();
console.log('unwell:', Object.fromEntries(unwell));
