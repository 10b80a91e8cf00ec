// From the command line, for all processes at once: take a dependency out of service, and put it back.

import { CircuitBreaker, CircuitStorageError, MemoryStorage } from '@breaker/core';

const storage = new MemoryStorage(); // between real processes: a storage that all of them reach

const shop = new CircuitBreaker('payments', { storage });
await shop.ready();

// #region script
async function run(command: 'isolate' | 'close'): Promise<void> {
  await using breaker = new CircuitBreaker('payments', { storage });
  try {
    await breaker[command]();
    console.log('all processes follow:', breaker.state);
  } catch (error) {
    if (!(error instanceof CircuitStorageError)) throw error;
    console.log(error.message, error.mayHaveBeenApplied ? '(perhaps done all the same)' : '(not done)');
  }
}
// #endregion

async function buy(): Promise<void> {
  console.log(await shop.execute(async () => 'sold').catch((error: Error) => error.message));
}

await buy();
await run('isolate');
await buy();
await run('close');
await buy();
await shop.dispose();
