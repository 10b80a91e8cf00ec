// Fastify: what the circuit does not let pass becomes a 503 that says when to come back.

import { CircuitBreaker, CircuitOpenError } from '@breaker/core';
import fastify from 'fastify';
import { serve } from '../support/serve.js';
import { visit } from '../support/visit.js';

const prices = await serve((_, response) => response.writeHead(500).end());

const breaker = new CircuitBreaker('prices', {
  timeoutMs: 2_000,
  failureThreshold: 2,
  throwNewErrorOnTrip: false, // the error that trips keeps its statusCode
});

const app = fastify();
app.get('/price', () => breaker.execute(({ signal }) => fetchPrice(signal)));

app.setErrorHandler((error, _request, reply) => {
  if (!(error instanceof CircuitOpenError)) return reply.send(error);
  const { retryAfterMs } = error; // none while the circuit is isolated: nobody knows for how long
  if (retryAfterMs !== undefined) reply.header('Retry-After', Math.ceil(retryAfterMs / 1_000));
  return reply.code(503).send({ error: error.code });
});

async function fetchPrice(signal: AbortSignal): Promise<unknown> {
  const response = await fetch(prices.url, { signal });
  if (!response.ok) throw Object.assign(new Error('no price today'), { statusCode: 502 });
  return response.json();
}

const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/price`;
for (let call = 1; call <= 3; call++) await visit(url);
await breaker.isolate();
await visit(url);
await app.close();
prices.stop();
