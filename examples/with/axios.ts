// axios: it throws at every status that is not 2xx, and 4xx are answers.

import { CircuitBreaker } from '@breaker/core';
import axios, { type AxiosResponse, isAxiosError } from 'axios';
import { serve } from '../support/serve.js';

const server = await serve((request, response) => response.writeHead(Number(request.url?.slice(1))).end('some text'));

const client = axios.create({ baseURL: server.url });

const breaker = new CircuitBreaker('articles', {
  timeoutMs: 2_000,
  failureThreshold: 3,
  exclude: [(error) => isAxiosError(error) && error.response !== undefined && error.response.status < 500],
  throwNewErrorOnTrip: false, // callers look at error.response: it shall be there, also when the circuit opens
});

function get(path: string): Promise<AxiosResponse<string>> {
  return breaker.execute(({ signal }) => client.get(path, { signal }));
}

for (const status of [200, 404, 500, 502, 503, 200]) {
  const outcome = await get(`/${status}`).catch((error: Error) => error);
  if (isAxiosError(outcome)) console.log('threw', outcome.response?.status, breaker.state);
  else console.log(outcome instanceof Error ? outcome.message : outcome.data, breaker.state);
}
server.stop();
