// From the command line, for all processes at once: takes a dependency out of service, and puts it back.
//
//     REDIS_URL=redis://127.0.0.1:6379 npx tsx examples/operations-script.ts isolate payments

import { CircuitBreaker, CircuitStorageError } from '@breaker/core';
import { RedisStorage } from '@breaker/redis';
import { Redis } from 'ioredis';

const [command, circuit] = process.argv.slice(2);
if ((command !== 'isolate' && command !== 'close') || circuit === undefined) {
  console.log('Usage: operations-script isolate|close <circuit>');
  process.exit(2);
}

// #region script
const client = new Redis(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379', { lazyConnect: true });
const storage = new RedisStorage(client, { namespace: 'shop' }); // that of the application
const breaker = new CircuitBreaker(circuit, { storage });

try {
  await breaker[command]();
  console.log(`${circuit} is ${breaker.state}: all processes follow`);
} catch (error) {
  if (!(error instanceof CircuitStorageError)) throw error;
  console.log(`${error.message} (${error.mayHaveBeenApplied ? 'perhaps done all the same' : 'not done'})`);
  process.exitCode = 1;
}
await breaker.dispose();
await storage.close();
// #endregion
