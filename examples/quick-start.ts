// Guards a call: once it has failed three times in a row, it is not made for a while, and the server is left in peace.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// #region quick-start
import { CircuitBreaker, CircuitOpenError } from '@breaker/core';

const breaker = new CircuitBreaker('weather', { failureThreshold: 3, resetTimeoutMs: 10_000, timeoutMs: 2_000 });
const url = new URL('http://weather.example/oslo');

async function forecast() {
  return breaker.execute(async ({ signal }) => {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return response.text();
  });
}
// #endregion

const server = createServer((_, response) => response.writeHead(503).end()).listen(0, '127.0.0.1');
await once(server, 'listening');
url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

for (let call = 1; call <= 5; call++) {
  // #region catch
  try {
    console.log(await forecast());
  } catch (error) {
    console.log(error instanceof CircuitOpenError ? 'Not asked.' : 'Asked in vain.', String(error));
  }
  // #endregion
}
server.close();
