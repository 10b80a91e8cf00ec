// fetch: it resolves whatever the status is, and before the body is there.

import { type CallContext, CircuitBreaker } from '@breaker/core';
import { serve } from '../support/serve.js';

const server = await serve((request, response) => response.writeHead(Number(request.url?.slice(1))).end('some text'));

// #region fetch
class Answer {
  constructor(
    readonly status: number,
    readonly body: string,
  ) {}
}

const breaker = new CircuitBreaker('articles', {
  timeoutMs: 2_000,
  failureThreshold: 3,
  classify: (outcome) => {
    if (outcome.threw || !(outcome.value instanceof Answer)) return undefined; // no answer is a failure anyway
    const { status } = outcome.value;
    return status >= 500 || status === 429 ? 'failure' : 'success'; // the rest of 4xx is the caller's mistake
  },
});

function get(url: string, visitor?: AbortSignal): Promise<Answer> {
  const ask = async ({ signal }: CallContext) => {
    const response = await fetch(url, { signal }); // the signal ends the request at timeoutMs, and with the visitor
    return new Answer(response.status, await response.text()); // within the call: a body can fail, or hang, too
  };
  return breaker.execute(ask, { signal: visitor });
}
// #endregion

for (const status of [200, 404, 500, 429, 503, 200]) {
  const outcome = await get(`${server.url}/${status}`).catch((error: Error) => error);
  console.log(outcome instanceof Error ? outcome.message : outcome.status, breaker.state);
}
server.stop();
