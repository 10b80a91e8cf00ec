// One of the shop's processes: tells its parent what has become of a circuit, and ends with it.

import { CircuitBreaker } from '@breaker/core';
import { RedisStorage } from '@breaker/redis';
import { Redis } from 'ioredis';

const [url = '', name = ''] = process.argv.slice(2);
process.on('disconnect', () => process.exit());

const storage = new RedisStorage(new Redis(url), { namespace: 'shop' });
const breaker = new CircuitBreaker(name, { storage });
await breaker.ready();
process.send?.(breaker.state);
breaker.addListener({ onStateChange: ({ to }) => process.send?.(to) });
