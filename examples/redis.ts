// The processes of a fleet share their circuits through Redis. Where no server answers at REDIS_URL, this one goes on alone.

// #region redis
import { CircuitBreaker } from '@breaker/core';
import { RedisStorage } from '@breaker/redis';
import { Redis } from 'ioredis';

const client = new Redis(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379');
client.on('error', () => {}); // the client is the application's, and so are its errors
const storage = new RedisStorage(client, { namespace: 'shop' });

const breaker = new CircuitBreaker('payments', { storage, failureThreshold: 3 });
await breaker.ready(); // before you serve: then the first call knows a circuit that others have opened
// #endregion

async function pay(amount: number): Promise<string> {
  if (amount > 100) throw new Error('503 Service Unavailable');
  return `paid ${amount}`;
}

for (const amount of [20, 500, 500, 500, 20]) {
  await breaker.execute(() => pay(amount)).then(console.log, ({ message }) => console.log(message));
}

// #region closing
await breaker.close(); // by hand, for the whole fleet
await breaker.dispose(); // sends what is pending, and follows no more
await storage.close(); // the storage's own connections: the client stays yours
client.disconnect();
// #endregion
