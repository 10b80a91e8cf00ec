// Gives the last known answer while there is no new one.

import { CircuitBreaker, CircuitOpenError } from '@breaker/core';

let isDown = false;
let requests = 0;

async function fetchRate(): Promise<number> {
  requests++;
  if (isDown) throw new Error('503 Service Unavailable');
  return 11.5;
}

// #region fallback
const breaker = new CircuitBreaker('exchange-rates', { failureThreshold: 2 });
let lastRate = 11;

async function rate(): Promise<number> {
  lastRate = await breaker.execute(fetchRate, {
    fallback: (error) => {
      console.log(error instanceof CircuitOpenError ? 'not asked:' : 'asked in vain:', (error as Error).message);
      return lastRate;
    },
  });
  return lastRate;
}
// #endregion

console.log('rate', await rate());
isDown = true;
for (let call = 0; call < 4; call++) console.log('rate', await rate());
console.log(`${requests} requests for ${breaker.counts.calls} calls`);
