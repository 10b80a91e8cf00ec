// One breaker for each host, so that one that is down does not block the others.

import { CircuitBreakerRegistry } from '@breaker/core';
import { serve } from './support/serve.js';

// #region registry
const breakers = new CircuitBreakerRegistry({ failureThreshold: 2, timeoutMs: 2_000 }, { maxSize: 1_000 });

function get(url: URL): Promise<string> {
  return breakers.get(url.host).execute(async ({ signal }) => {
    const response = await fetch(url, { signal });
    if (response.status >= 500) throw new Error(`HTTP ${response.status}`);
    return response.text();
  });
}
// #endregion

const up = await serve((_, response) => response.end('some text'));
const down = await serve((_, response) => response.writeHead(503).end());

for (const { url } of [up, down]) {
  for (let call = 0; call < 3; call++) console.log(await get(new URL(url)).catch((error: Error) => error.message));
}

// #region iterate
for (const { name, state, counts } of breakers) console.log(name, state, `${counts.failures} failures`);
// #endregion
up.stop();
down.stop();
