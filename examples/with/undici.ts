// undici: `request` is faster than fetch, and a body that nobody reads holds its connection.

import { CircuitBreaker } from '@breaker/core';
import { Agent, errors, interceptors, request } from 'undici';
import { serve } from '../support/serve.js';

const server = await serve((request, response) => response.writeHead(Number(request.url?.slice(1))).end('some text'));

const agent = new Agent({ connections: 10 });
const dispatcher = agent.compose(interceptors.responseError()); // throws at 4xx and 5xx, with the body read

const breaker = new CircuitBreaker('articles', {
  timeoutMs: 2_000, // of the whole call; undici's own headersTimeout and bodyTimeout are of its parts
  failureThreshold: 3,
  exclude: [(error) => error instanceof errors.ResponseError && error.statusCode < 500], // an answer all the same
});

function get(url: string): Promise<string> {
  return breaker.execute(async ({ signal }) => {
    const { body } = await request(url, { signal, dispatcher });
    return body.text();
  });
}

for (const status of [200, 404, 500, 502, 503, 200]) {
  console.log(await get(`${server.url}/${status}`).catch((error: Error) => error.message), breaker.state);
}
await agent.close();
server.stop();
