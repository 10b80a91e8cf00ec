// Express: what the circuit does not let pass becomes a 503 that says when to come back.

import { CircuitBreaker, CircuitOpenError, CircuitTimeoutError } from '@breaker/core';
import express, { type ErrorRequestHandler } from 'express';
import { serve } from '../support/serve.js';
import { visit } from '../support/visit.js';

const prices = await serve(() => {}); // accepts requests, and never answers

// #region express
const breaker = new CircuitBreaker('prices', {
  timeoutMs: 50,
  failureThreshold: 2,
  throwNewErrorOnTrip: false, // errors are told apart below: the one that trips shall look like those before it
});

const onError: ErrorRequestHandler = (error, _request, response, next) => {
  if (error instanceof CircuitTimeoutError) return void response.status(504).json({ error: error.code });
  if (!(error instanceof CircuitOpenError)) return next(error);
  const { retryAfterMs } = error; // none while the circuit is isolated: nobody knows for how long
  if (retryAfterMs !== undefined) response.set('Retry-After', String(Math.ceil(retryAfterMs / 1_000)));
  response.status(503).json({ error: error.code });
};

const app = express();
app.get('/price', async (_, response) => {
  response.json(await breaker.execute(async ({ signal }) => (await fetch(prices.url, { signal })).json()));
});
app.use(onError); // after the routes. Express 5 hands it what they reject with; in Express 4, catch it and call next(error)
// #endregion

const shop = await serve(app);
for (let call = 1; call <= 3; call++) await visit(`${shop.url}/price`);
await breaker.isolate();
await visit(`${shop.url}/price`);
shop.stop();
prices.stop();
