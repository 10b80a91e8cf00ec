// One breaker for each host, so that one that is down does not block the others.

import { CircuitBreakerRegistry } from '@breaker/core';

// #region registry
const breakers = new CircuitBreakerRegistry({ failureThreshold: 2, timeoutMs: 2_000 }, { maxSize: 1_000 });

function get(url: URL): Promise<string> {
  return breakers.get(url.host).execute(({ signal }) => download(url, signal));
}
// #endregion

async function download(url: URL, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  if (url.host === 'down.example') throw new Error('connection refused');
  return `contents of ${url}`;
}

for (const host of ['up.example', 'down.example']) {
  for (let call = 0; call < 3; call++) {
    console.log(await get(new URL(`http://${host}/`)).catch((error: Error) => error.message));
  }
}

// #region iterate
for (const { name, state, counts } of breakers) console.log(name, state, `${counts.failures} failures`);
// #endregion
