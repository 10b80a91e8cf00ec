import { CircuitBreaker, type CircuitBreakerOptions, failureRate, shareTrips } from '@breaker/core';
import { RedisStorage } from '@breaker/redis';
import type { Figure } from '../report/figure.js';
import { clientOf, keysOf, type Server } from '../server/server.js';

const WINDOW_MS = 500;
const BUCKETS = 10;
const VOTES = 3;

type Make = (name: string, options?: CircuitBreakerOptions) => CircuitBreaker;

/** How the records come about, by what they are. */
const RECORDS: Readonly<Record<string, (make: Make, name: string) => Promise<unknown>>> = {
  'closed, some failures in a row': async (make, name) => fail(make(name), 2),
  open: (make, name) => make(name).open(),
  'half-open, with a lease': async (make, name) => {
    const breaker = make(name);
    await breaker.halfOpen();
    await breaker.acquire();
  },
  'closed, a window of ten buckets': async (make, name) => {
    const trip = failureRate({ threshold: 1, windowMs: WINDOW_MS, minimumCalls: 1_000 });
    const breaker = make(name, { trip });
    for (let bucket = 0; bucket <= BUCKETS; bucket++) {
      await fail(breaker, 2);
      await new Promise((resolve) => setTimeout(resolve, WINDOW_MS / BUCKETS));
    }
  },
  [`closed, ${VOTES} votes`]: async (make, name) => {
    const sharing = shareTrips({ quorum: VOTES + 1 });
    for (let voter = 0; voter < VOTES; voter++) await fail(make(name, { sharing }), 5);
  },
};

/** What a circuit takes on the server. Its channel takes nothing: it is no key, and exists while somebody listens. */
export async function measureMemory(server: Server): Promise<Figure[]> {
  const { administrator } = server;
  const namespace = `${server.namespace}-memory`;
  const topic = 'Memory of a key, its name included';
  const storage = new RedisStorage(clientOf(server.address), { namespace });
  const breakers: CircuitBreaker[] = [];
  const make: Make = (name, options = {}) => {
    const breaker = new CircuitBreaker(name, { storage, ...options });
    breakers.push(breaker);
    return breaker;
  };
  try {
    const figures: Figure[] = [];
    for (const [index, [what, bring]] of Object.entries(RECORDS).entries()) {
      await bring(make, `circuit-${index}`);
      const bytes = await administrator.call('MEMORY', 'USAGE', `breaker:{${namespace}}:circuit-${index}`);
      figures.push({ topic, what, value: Number(bytes), unit: 'bytes' });
    }
    const keys = await keysOf(administrator, namespace);
    const value = keys.length / figures.length;
    return [...figures, { topic, what: 'keys of a circuit', value, unit: 'keys', goal: { exactly: 1 } }];
  } finally {
    await Promise.all(breakers.map((breaker) => breaker.dispose()));
    await storage.close();
  }
}

async function fail(breaker: CircuitBreaker, times: number): Promise<void> {
  for (let call = 0; call < times; call++) {
    await breaker.execute(() => Promise.reject(new Error('down'))).catch(() => undefined);
  }
  await breaker.flush();
}
