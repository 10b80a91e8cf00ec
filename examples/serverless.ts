// Functions that are frozen between requests: each knows the circuit before it serves, and tells what it saw before it stops.

import { CircuitBreaker, MemoryStorage, shareOutcomes } from '@breaker/core';

const storage = new MemoryStorage(); // between real functions: a storage that all of them reach

async function sendMail(): Promise<string> {
  throw new Error('421 Service not available');
}

// #region serverless
function startFunction(): () => Promise<string> {
  const sharing = shareOutcomes({ hearingMs: 0 }); // whoever is frozen can neither be heard nor end a hearing
  const breaker = new CircuitBreaker('mail', { storage, sharing, failureThreshold: 2 });

  return async () => {
    await breaker.ready(); // what is known of the circuit is here, or the storage is out of reach
    try {
      return await breaker.execute(sendMail);
    } finally {
      await breaker.flush(); // what was seen is committed
    }
  };
}
// #endregion

for (let request = 1; request <= 3; request++) {
  const handle = startFunction();
  console.log(`function ${request}: ${await handle().catch((error: Error) => error.message)}`);
}
