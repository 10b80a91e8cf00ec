// Two processes of a fleet share a circuit: what both see counts together, and what one finds out, both know.

import { setTimeout } from 'node:timers/promises';
import { CircuitBreaker, MemoryStorage } from '@breaker/core';

// #region sharing
const storage = new MemoryStorage(); // between real processes: a storage that all of them reach

const makeBreaker = () => new CircuitBreaker('stock', { storage, failureThreshold: 5, resetTimeoutMs: 500 });
// #endregion

function startProcess(city: string): CircuitBreaker {
  const breaker = makeBreaker();
  breaker.addListener({
    onStateChange: ({ from, to, scope }) => console.log(`${city}: ${from} -> ${to} (${scope})`),
    onBeforeCall: ({ trial }) => trial && console.log(`${city}: makes the trial`),
  });
  return breaker;
}

let isDown = true;
async function countBoxes(): Promise<number> {
  await setTimeout(5);
  if (isDown) throw new Error('503 Service Unavailable');
  return 12;
}

const breakers = ['Oslo', 'Rome'].map(startProcess);
async function callFromBoth(): Promise<void> {
  await Promise.allSettled(breakers.map((breaker) => breaker.execute(countBoxes)));
  await setTimeout(5);
}

for (let call = 1; call <= 3; call++) await callFromBoth();
console.log('3 failures in each process: alone, both would go on');
while (breakers.some(({ state }) => state !== 'open')) await setTimeout(10);

isDown = false;
while (breakers.some(({ state }) => state !== 'closed')) await callFromBoth();
for (const { counts } of breakers) console.log(`${counts.calls - counts.rejected} calls made`);
