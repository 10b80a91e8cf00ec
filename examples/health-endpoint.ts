// What the breakers have to say, at an address that probes, dashboards and people can ask.

import { CircuitBreakerRegistry } from '@breaker/core';
import { serve } from './support/serve.js';

const breakers = new CircuitBreakerRegistry({ failureThreshold: 2 });

// #region health-endpoint
const server = await serve((_, response) => {
  const circuits = [...breakers].map((breaker) => breaker.snapshot()); // plain data
  const isWell = circuits.every(({ state, degraded }) => state === 'closed' && !degraded);
  // Always 200: this process is well. A probe that fails with a dependency takes all its callers out of service.
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ status: isWell ? 'well' : 'impaired', circuits }));
});
// #endregion

async function showHealth(): Promise<void> {
  const response = await fetch(server.url);
  const { status, circuits } = (await response.json()) as {
    status: string;
    circuits: { name: string; state: string }[];
  };
  console.log(response.status, status, circuits.map(({ name, state }) => `${name} ${state}`).join(', '));
}

await breakers.get('payments').execute(async () => 'paid');
await showHealth();
for (let call = 1; call <= 2; call++) {
  await breakers
    .get('mail')
    .execute(() => Promise.reject(new Error('421 Service not available')))
    .catch(() => undefined);
}
await showHealth();
server.stop();
