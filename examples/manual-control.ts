// The circuit in your hands: for maintenance, incidents and tuning.

import { CircuitBreaker } from '@breaker/core';

const breaker = new CircuitBreaker('search', { failureThreshold: 1 });
const search = breaker.wrap(async (words: string) => {
  if (words === '') throw new Error('nothing to search for');
  return `found ${words}`;
});

async function attempt(words: string): Promise<void> {
  const outcome = await search(words).catch((error: Error) => error.message);
  console.log(`${breaker.state.padEnd(10)}${outcome}`);
}

// #region manual-control
await breaker.isolate(); // no call passes, until close()
await attempt('otters');

await breaker.disable(); // every call passes, and no failure trips
await attempt('');

await breaker.close(); // back to normal, with nothing remembered
await attempt('otters');

await breaker.open(); // as if it had tripped: a trial after resetTimeoutMs
await attempt('otters');

await breaker.halfOpen(); // the next call is a trial
await attempt('otters');
// #endregion

// #region configure
breaker.configure({ failureThreshold: 10 }); // while it runs, and its state stays
await attempt('');
console.log(breaker.snapshot());
// #endregion
