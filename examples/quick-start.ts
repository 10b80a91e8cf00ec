// Guards a call: once it has failed three times in a row, it is not made for a while, and the server is left in peace.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// #region quick-start
import { CircuitBreaker, CircuitOpenError } from '@breaker/core';

const breaker = new CircuitBreaker('weather', { failureThreshold: 3, resetTimeoutMs: 10_000, timeoutMs: 2_000 });

async function forecast(url = 'https://weather.example/oslo') {
  return breaker.execute(async ({ signal }) => {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return response.text();
  });
}
// #endregion

const server = createServer((_, response) => response.writeHead(503).end()).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oslo`;

for (let call = 1; call <= 5; call++) {
  // #region catch
  try {
    console.log(await forecast(url));
  } catch (error) {
    console.log(error instanceof CircuitOpenError ? 'Not asked.' : 'Asked in vain.', String(error));
  }
  // #endregion
}
server.close();
