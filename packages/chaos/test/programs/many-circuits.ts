import { type CircuitBreaker, CircuitBreakerRegistry } from '@breaker/core';
import { RedisStorage } from '@breaker/redis';
import { Redis } from 'ioredis';

/** What the program is given, as JSON. */
export interface ManyCircuitsSettings {
  readonly port: number;
  readonly names: readonly string[];
  /** How many times longer than by default storage operations may take. */
  readonly pace: number;
}

/** What it tells: that it follows all circuits, and then, when all are open for all, what that took. */
export type ManyCircuitsNews = 'ready' | { readonly opened: number; readonly degraded: readonly string[] };

// Follows many circuits, and lets all of them fail at once, after they have succeeded, when it is told to.
const { port, names, pace } = JSON.parse(process.argv[2] ?? '') as ManyCircuitsSettings;
const client = new Redis({ host: '127.0.0.1', port, lazyConnect: true });
const storage = new RedisStorage(client, { namespace: 'many', timeoutMs: 400 * pace });
const degraded: string[] = [];
let opened = 0;
const registry = new CircuitBreakerRegistry({
  storage,
  storageTimeoutMs: 500 * pace,
  listeners: [
    {
      onStorageDegraded: ({ error }) => void degraded.push(String(error)),
      onStateChange: ({ scope, origin, reason }) => {
        if (scope === 'fleet' && origin === 'local' && reason === 'tripped') opened++;
      },
    },
  ],
});
const breakers = names.map((name) => registry.get(name));
process.on('disconnect', () => process.exit());
process.on('message', () => void failAll());
void Promise.all(breakers.map((breaker) => breaker.ready())).then(() => tell('ready'));

async function failAll(): Promise<void> {
  await Promise.all(breakers.map((breaker) => breaker.execute(async () => 'up')));
  for (let call = 0; call < 5; call++) await Promise.all(breakers.map(fail));
  while (degraded.length === 0 && !breakers.every((breaker) => breaker.snapshot().scope === 'fleet')) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  tell({ opened, degraded });
}

async function fail(breaker: CircuitBreaker): Promise<void> {
  await breaker.execute(() => Promise.reject(new Error('down'))).catch(() => undefined);
}

function tell(news: ManyCircuitsNews): void {
  process.send?.(news);
}
